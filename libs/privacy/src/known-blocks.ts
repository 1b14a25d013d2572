// Splits the texts of a letter into blocks of lines that can be decoded for themselves, and leaves out those that other
// letters have too, once they are known to contain no address.
// Called by holds-address.ts: most of a letter is the same in every letter, and decoding all of it each time is most of
// the cost of its check. What is known of a block does not depend on whose address is searched for.
import { decodedLayers } from './decoded-layers';

/** Bytes of the shortest address that a known block was searched for: `a@b.co` has six. */
export const leastKnown = 6;
/** How many times a block is seen before it is decoded for itself. */
const oftenEnough = 4;
/** Letters after which the counts begin anew: the blocks of one room's letters are not worth a decoding of their own. */
const countedLetters = 64;
/** Several times the blocks of all kinds of letters in all languages. */
const mostKnown = 5_000;
/** Characters; with `mostKnown` it limits the memory. The blocks that are the same in all letters are shorter. */
const longestKnown = 4_000;

export class KnownBlocks {
  /** Whether a block may contain an address. */
  private known = new Map<string, boolean>();
  private counts = new Map<string, number>();
  private letters = 0;

  /**
   * What may contain an address of at least `leastKnown` bytes, all of ASCII, in the texts of a letter: their blocks,
   * those that follow each other in one piece.
   */
  suspects(texts: readonly string[]): string[] {
    this.letters += 1;
    if (this.letters % countedLetters === 0) this.counts = new Map();
    return texts.flatMap((text) => this.suspectsIn(text));
  }

  private suspectsIn(text: string): string[] {
    const pieces: string[] = [];
    let [from, begin] = [0, 0];
    for (const block of blocksOf(text)) {
      const end = begin + block.length;
      if (!this.isSuspect(block)) {
        if (from < begin) pieces.push(text.slice(from, begin));
        from = end;
      }
      begin = end;
    }
    return from < text.length ? [...pieces, text.slice(from)] : pieces;
  }

  private isSuspect(block: string): boolean {
    if (block.length > longestKnown) return true;
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
 * The text in parts that no address and no encoding goes over. Between two of them stand line ends that no decoding
 * removes. Beside them is a character that no decoding removes either, or there are several: either ends base64.
 */
function blocksOf(text: string): string[] {
  // A comment may go over anything, and so may a tag that shows only once its bracket is decoded.
  if (text.includes('<!--')) return [text];
  const encodedTag = text.search(encodedOpening);
  const limit = encodedTag < 0 ? text.length : encodedTag;
  const cuts = new Cuts();
  let [begin, line, openTags] = [0, 0, 0];
  for (let end = text.indexOf('\n'); end >= 0 && end < limit; end = text.indexOf('\n', line)) {
    openTags = openTagsAfter(text, line, end, openTags);
    line = end + 1;
    if (openTags === 0) {
      cuts.addLine(text.slice(begin, end), line);
      begin = line;
    }
  }
  return split(text, cuts.found);
}

function split(text: string, cuts: readonly number[]): string[] {
  let from = 0;
  const blocks = cuts.map((cut) => text.slice(from, (from = cut)));
  return [...blocks, text.slice(from)];
}

/** Collects where a text can be cut, line by line. */
class Cuts {
  readonly found: number[] = [];
  /** The last line that was more than blanks and tags, without its tags. */
  private before = '';
  /** Behind the line ends since then. */
  private ends: number[] = [];
  /** Whether a decoding may remove one of these line ends. */
  private mayJoin = true;

  /** A line in which every tag ends, so perhaps several lines of the text, and where the next one begins. */
  addLine(line: string, next: number): void {
    const bare = line.includes('<') ? line.replace(plainTag, '') : line;
    const content = bare.trimEnd();
    if (content === '') this.mayJoin ||= isBlank(bare.charCodeAt(0));
    else {
      if (!this.mayJoin && !mayBeginBlank.test(content) && this.isHard(content)) this.found.push(...this.ends);
      this.before = content;
      this.ends = [];
      this.mayJoin = mayEndInEquals.test(content.slice(-longestEscape));
    }
    this.ends.push(next);
  }

  private isHard(content: string): boolean {
    return this.ends.length > 1 || isLasting(this.before, this.before.length - 1) || isLasting(content, 0);
  }
}

const [tab, blank, less, greater] = [9, 32, 60, 62];
const isBlank = (code: number): boolean => code === blank || code === tab;

/** Characters that no decoding removes, and that are none of base64. */
const lasting = new Uint8Array(128);
for (const character of `.,:!()[]"'|*#~$`) lasting[character.charCodeAt(0)] = 1;
const isLasting = (text: string, at: number): boolean => lasting[text.charCodeAt(at)] === 1;

/** A tag without an encoded character, which may be a bracket that ends it too early; `=3D"` is none. */
const plainTag = /<[^<>%&\\=]*(?:(?:=3D["']|=(?![=\s]|[0-7][0-9a-f\s])|%(?![0-7\s]))[^<>%&\\=]*)*>/gi;

/** An encoded `<` that may begin a tag or a comment, also where it is encoded twice. */
const encodedOpening =
  /(?:[=%]3c|\\x3c|u\{?0{0,4}3c\}?|(?:&|&amp;|[=%]26)(?:lt|#0{0,5}60|#x0{0,4}3c);?)(?=[a-z/!=%&\\])/i;

/** What a fold begins with, now or once it is decoded. Bytes of letters beyond ASCII are no blanks. */
const mayBeginBlank = /^(?:[ \t\0<\\^]|&(?!#[1-9]\d\d)|[=%](?![89a-f][0-9a-f]))/i;

/** A soft break without its line end, now or once it is decoded. */
const mayEndInEquals = /(?:[=%](?![89a-f][0-9a-f])|[&\\])\S{0,24}$|[>\0]$/i;
const longestEscape = 25;

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
