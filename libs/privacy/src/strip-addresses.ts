// Removes from a free text all words that could reveal a mail address.
// Called for every text one party writes that the other will read: notes of the form (scheduling-api), comments of a
// COUNTER (imip-ingestor).
import { encodedAddresses } from './encoded-addresses';

/** The replacement of an address. */
export const removed = '[…]';

const atSigns =
  /[@\uFF20\uFE6B]|%(?:25)*40|&(?:amp;)*(?:#0*64(?!\d);?|#x0*40(?![\da-f]);?|commat;)|=40(?=\p{L})|\\u(?:0040|\{0*40\})|\\x40/giu;
const dots = /[\u3002\uFF0E\uFF61\u2024]|%(?:25)*2e|&#0*46;?|&#x0*2e;?|&period;/gi;
/** Spellings of `@`, in the languages of letters and some others. */
const atWords = [
  'at',
  'at[-\\s]?sign',
  'ät',
  'klammeraffe',
  'affenschwanz',
  'arobase',
  'arobas',
  'arrobase',
  'arroba',
  'chiocciola',
  'chiocciolina',
  'apenstaartje',
  'apestaartje',
  'małpa',
  'malpa',
  'snabel-a',
  'snabela',
  'krøllalfa',
  'アットマーク',
  'アット',
  'آت',
  'ات',
  'собака',
].join('|');
/** Spellings of the dot of a domain. */
const dotWords = [
  'dot',
  'd0t',
  'punkt',
  'point',
  'punto',
  'ponto',
  'punt',
  'kropka',
  'ドット',
  '点',
  'دوت',
  'نقطة',
  'точка',
].join('|');
// In brackets of any kind; one letter and a preposition only there.
const bracketedAt = new RegExp(`[[({<（【［]\\s{0,3}(?:${atWords}|a|chez|@)\\s{0,3}[\\])}>）】］]`, 'giu');
const bracketedDot = new RegExp(`[[({<（【［]\\s{0,3}(?:${dotWords}|\\.)\\s{0,3}[\\])}>）】］]`, 'giu');
// "ann_at_example_dot_org", but not "stay-at-home": only before what can be a domain.
const tie = '[-_*#~|]{1,3}';
const beforeDomain = '(?=[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,62}\\.\\p{L}{2})';
const tiedDot = new RegExp(`(?<=[\\p{L}\\p{N}])${tie}(?:${dotWords})${tie}(?=[\\p{L}\\p{N}])`, 'giu');
const tiedAt = new RegExp(`(?<=[\\p{L}\\p{N}])${tie}(?:${atWords})${tie}${beforeDomain}`, 'giu');
// "annATexampleDOTorg"; Japanese words stand between Latin letters without a blank.
const shoutedDot = /(?<=[\p{Ll}\p{N}])DOT(?=\p{Ll}{2})|(?<=[a-z0-9])ドット(?=[a-z]{2})/gu;
const shoutedAt = new RegExp(`(?<=[\\p{Ll}\\p{N}])AT${beforeDomain}|(?<=[a-z0-9])アット(?:マーク)?(?=[a-z0-9])`, 'gu');
// "a n n @ e x a m p l e . o r g"
const spelledOut = /(?<!\S)(?:\S ){3,64}@(?: \S){3,255}(?!\S)/gu;
/** Standing alone, also between signs ("-at-"). */
const alone = (words: string): RegExp => new RegExp(`^[-_*#~|"'«»]{0,3}(?:${words})[-_*#~|"'«»]{0,3}$`, 'iu');
const atWord = alone(atWords);
const dotWord = alone(`${dotWords}|\\.`);
// Invisible characters: they hide an address from a search, not from a reader.
const invisible =
  /[\u00AD\u034F\u061C\u180E\u200B\u2060-\u2064\uFEFF]|(?<=[!-~])[\u200C\u200D]+|[\u200C\u200D]+(?=[!-~])/g;

interface Word {
  /** As written, and the blanks that follow it. */
  written: string;
  gap: string;
  /** With every way of writing `@` and `.` made one. */
  plain: string;
}

/**
 * A text without anything that reads as a mail address: plain, in angle brackets, as `mailto:`, percent-encoded or as
 * an entity, with full-width signs or invisible characters inside, with blanks around `@` and dots, quoted local parts,
 * and the usual disguises (`ann at example dot org`, `ann[at]example.org`, `annATexampleDOTorg`), and whatever contains an
 * address once it is decoded from base64 or hexadecimal. In: any text. Out: the same text with `[…]` in those places;
 * the rest of it is unchanged but for invisible characters.
 * A function of the text alone. Removes too much rather than too little. Linear in the length; stable: a second pass
 * changes nothing.
 */
export function stripAddresses(text: string): string {
  let before = text.toWellFormed().replace(invisible, '');
  // What is left after one removal can read as an address with its new neighbours.
  for (let pass = 0; pass < 8; pass++) {
    const after = onePass(before);
    if (after === before) return after;
    before = after;
  }
  return before.replace(atSigns, ' ');
}

function onePass(encoded: string): string {
  const text = withoutEncoded(encoded);
  const words = wordsOf(text);
  const gone = new Set<number>();
  for (let at = 0; at < words.length; at++) markAddress(words, at, gone);
  if (gone.size === 0) return text;
  return words
    .map((word, at) => {
      if (!gone.has(at)) return word.written + word.gap;
      // One mark for a run of words, with the punctuation behind it.
      const tail = /[,;:!?]$/.exec(word.written)?.[0] ?? '';
      return gone.has(at + 1) ? '' : removed + tail + word.gap;
    })
    .join('');
}

/** One mark in place of the words that a decoded address lies in. */
function withoutEncoded(text: string): string {
  const spans = encodedAddresses(text).toSorted(([a], [b]) => a - b);
  let [left, done] = ['', 0];
  for (const [from, to] of spans) {
    if (to <= done) continue;
    const begin = edge(text, from, -1, done);
    const end = edge(text, to, 1, text.length);
    left += text.slice(done, begin) + (begin === done && done > 0 ? '' : removed);
    done = end;
  }
  return left + text.slice(done);
}

/** Where the word around a place begins or ends, not beyond `limit`. */
function edge(text: string, from: number, step: 1 | -1, limit: number): number {
  let at = from;
  while (at !== limit && /\S/.test(text.charAt(step > 0 ? at : at - 1))) at += step;
  return at;
}

function wordsOf(text: string): Word[] {
  // Brackets with blanks inside are one word: "ann [ at ] example.org".
  const joined = [spelledOut, bracketedAt, bracketedDot].reduce(
    (all, kind) => all.replace(kind, (sign) => sign.replaceAll(/\s/g, '')),
    text,
  );
  return [...joined.matchAll(/(\S*)(\s*)/g)]
    .filter((match) => match[0] !== '')
    .map(([, written = '', gap = '']) => ({ written, gap, plain: plainOf(written) }));
}

const plainOf = (word: string): string =>
  word
    .replace(bracketedAt, '@')
    .replace(bracketedDot, '.')
    .replace(atSigns, '@')
    .replace(dots, '.')
    .replace(tiedDot, '.')
    .replace(shoutedDot, '.')
    .replace(tiedAt, '@')
    .replace(shoutedAt, '@')
    .normalize('NFKC');

/**
 * A text with the usual disguises of an address taken off, in case it is one: `ann [at] example dot org` reads
 * `ann@example.org`.
 */
export const undisguised = (text: string): string =>
  plainOf(text.replace(invisible, ''))
    .replace(/\([^()]{0,60}\)/g, '')
    .replace(/"([^"@\s]{1,64})"(?=\s*@)/g, '$1')
    .replace(/(?<!\s)\s*@\s*|@\s*|(?<!\s)\s+(?:at|ät|arroba)\s+/gi, '@')
    .replace(/(?<!\s)\s+(?:dot|punkt|point|punto|\.)\s+/gi, '.');

/** Marks the words of the address whose sign is in word `at`, if there is one. */
function markAddress(words: Word[], at: number, gone: Set<number>): void {
  const { plain = '', written = '' } = words[at] ?? {};
  if (inside.test(plain) || inside.test(written.normalize('NFKC')))
    mark(gone, localStart(words, at, plain.slice(0, plain.indexOf('@'))), domainEnd(words, at));
  else if (plain.includes('@') || atWord.test(plain)) markAround(words, at, plain, gone);
}

/** The sign stands alone, or ends the local part's word, or begins the domain's. */
function markAround(words: Word[], at: number, plain: string, gone: Set<number>): void {
  const alone = !/[^@]/.test(plain) || !plain.includes('@');
  const local = alone || plain.startsWith('@') ? at - 1 : at;
  const begin = alone || plain.endsWith('@') ? at + 1 : at;
  const end = local < 0 ? -1 : namedDomainEnd(words, begin, local === at);
  if (end >= begin) mark(gone, localStart(words, local, words[local]?.plain ?? ''), end);
}

/**
 * Last word of what can only be meant as a domain after a sign: "ann@ localhost" is one; "lunch @ noon" and "at
 * 12.30" are none. -1: none.
 */
function namedDomainEnd(words: Word[], begin: number, signAttached: boolean): number {
  for (let end = domainEnd(words, begin); end >= begin; end -= 2) {
    const domain = words
      .slice(begin, end + 1)
      .map((each) => (isDot(each) ? '.' : each.plain))
      .join('')
      .replace(/^@+/, '');
    if (topLevel.test(domain) && (signAttached || /[^.\s]\.[^.\s]/.test(domain))) return end;
  }
  return -1;
}

const inside = /[^@]@+[^@]/;

const mark = (gone: Set<number>, from: number, to: number): void => {
  for (let at = from; at <= to; at++) gone.add(at);
};

const topLevel = /(?:^|\.)(?:xn--[a-z0-9-]+|\p{L}{2,})[^\p{L}\p{N}]*$/iu;

const isDot = (word: Word | undefined): boolean => dotWord.test(word?.plain ?? '');

/**
 * First word of the local part that ends in word `at`: back over free-standing dots and to the quote that opens it, a
 * few words at most.
 */
function localStart(words: Word[], at: number, local: string): number {
  if ((local.split('"').length - 1) % 2 === 1) {
    for (let from = at - 1; from >= Math.max(0, at - 8); from--) if (words[from]?.plain.includes('"')) return from;
  }
  let from = at;
  for (let steps = 0; steps < 8 && from >= 2 && isDot(words[from - 1]); steps++) from -= 2;
  return from;
}

/** Last word of the domain that begins in word `at`: on over free-standing dots. */
function domainEnd(words: Word[], at: number): number {
  let to = at;
  for (let steps = 0; steps < 8 && isDot(words[to + 1]) && words[to + 2] !== undefined; steps++) to += 2;
  return to;
}
