// Splits the texts of a letter into blocks of lines that can be decoded for themselves, and leaves out those that other
// letters have too, once they are known to contain no address.
// Called by holds-address.ts: most of a letter is the same in every letter, and decoding all of it each time is most of
// the cost of its check. What is known of a block does not depend on whose address is searched for.
import { decodedLayers } from './decoded-layers';

/** Bytes of the shortest address that a known block was searched for: `a@b.co` has six. */
export const leastKnown = 6;
/** In how many letters a block is seen before it is decoded for itself. */
const oftenEnough = 4;
/** Letters after which the counts begin anew: the blocks of one room's letters are not worth a decoding of their own. */
const countedLetters = 64;
/** Several times the blocks of all kinds of letters in all languages. */
const mostKnown = 5_000;

export class KnownBlocks {
  /** Whether a block may contain an address. */
  private known = new Map<string, boolean>();
  private counts = new Map<string, number>();
  private letters = 0;

  /** The blocks of a letter's texts that may contain an address of at least `leastKnown` bytes, all of ASCII. */
  suspects(texts: readonly string[]): string[] {
    this.letters += 1;
    if (this.letters % countedLetters === 0) this.counts = new Map();
    return texts.flatMap(blocksOf).filter((block) => this.isSuspect(block));
  }

  private isSuspect(block: string): boolean {
    const known = this.known.get(block);
    if (known !== undefined) return known;
    const count = (this.counts.get(block) ?? 0) + 1;
    this.counts.set(block, count);
    if (count < oftenEnough) return true;
    if (this.known.size === mostKnown) this.known = new Map();
    const suspect = mayContainAddress(block);
    this.known.set(copied(block), suspect);
    return suspect;
  }
}

/** Whether an address may stand in a decoding of the text, or an end of what could begin in another text. */
function mayContainAddress(block: string): boolean {
  for (const text of decodedLayers([block], { shortest: leastKnown, beyondAscii: false })) {
    if (text.length >= leastKnown && suspicious.test(text)) return true;
  }
  return false;
}

const suspicious = /[@\uff20\ufe6b]|<!--|-->|=\?|\?=/;

/** A slice of a letter keeps the whole letter in memory, a copy does not. */
const copied = (text: string): string => Buffer.from(text).toString();

/**
 * The text in parts that no address and no encoding goes over. Where a part ends, a line ends beside a character that no
 * decoding removes, or beside nothing but tags. A comment may go over anything: a text with one is a part of its own.
 */
function blocksOf(text: string): string[] {
  if (text.includes('<!--')) return [text];
  const blocks: string[] = [];
  let from = 0;
  let [openTags, joins] = [0, false];
  for (let begin = 0, end = text.indexOf('\n'); end >= 0; begin = end + 1, end = text.indexOf('\n', begin)) {
    openTags = openTagsAfter(text, begin, end, openTags);
    joins = openTags > 0 || isFold(text.charCodeAt(end + 1)) || mayJoin(text, begin, end, joins);
    if (!joins && (isHardBefore(text, begin, end) || isHardFrom(text, end + 1))) {
      blocks.push(text.slice(from, end + 1));
      from = end + 1;
    }
  }
  blocks.push(text.slice(from));
  return blocks;
}

const [tab, lf, cr, blank, semicolon, less, equals, greater] = [9, 10, 13, 32, 59, 60, 61, 62];
const isFold = (code: number): boolean => code === blank || code === tab;

/** Characters that no decoding removes, and that are none of base64. */
const lasting = new Uint8Array(128);
for (const character of `.,:!()[]"'|*#~$`) lasting[character.charCodeAt(0)] = 1;

/** How many brackets that may begin a tag are open after a line, of those before it and its own. */
function openTagsAfter(text: string, begin: number, end: number, before: number): number {
  let open = before;
  for (let at = begin; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === less) open += 1;
    else if (code === greater && open > 0) open -= 1;
  }
  return open;
}

/** Whether a line ends with a soft break, or with what may be one once it is decoded; a blank line as the one before. */
function mayJoin(text: string, begin: number, end: number, before: boolean): boolean {
  let last = end - 1;
  while (last >= begin && (text.charCodeAt(last) === cr || isFold(text.charCodeAt(last)))) last -= 1;
  if (last < begin) return before;
  const code = text.charCodeAt(last);
  return code === equals || code === semicolon || escapedEquals.test(text.slice(Math.max(begin, last - 8), last + 1));
}

/** Without a semicolon; it may be the end of a longer one. */
const escapedEquals = /(?:3d|61|&[a-z]+)$/i;

/** Whether what stands before a line end, tags aside, is nothing or a lasting character. */
function isHardBefore(text: string, begin: number, end: number): boolean {
  let at = end - 1;
  if (text.charCodeAt(at) === cr) at -= 1;
  while (at >= begin && text.charCodeAt(at) === greater) {
    const tag = text.lastIndexOf('<', at);
    // A bracket within the tag may be what is left of another one.
    if (tag < begin || text.lastIndexOf('>', at - 1) > tag) return false;
    at = tag - 1;
  }
  return at < begin || lasting[text.charCodeAt(at)] === 1;
}

/** Whether what a line begins with, tags aside, is nothing or a lasting character. */
function isHardFrom(text: string, begin: number): boolean {
  let at = begin;
  while (text.charCodeAt(at) === less) {
    const tagEnd = text.indexOf('>', at);
    const [lineEnd, next] = [text.indexOf('\n', at), text.indexOf('<', at + 1)];
    if (tagEnd < 0 || (lineEnd >= 0 && lineEnd < tagEnd) || (next >= 0 && next < tagEnd)) return false;
    at = tagEnd + 1;
  }
  const code = text.charCodeAt(at);
  return at === text.length || code === cr || code === lf || lasting[code] === 1;
}
