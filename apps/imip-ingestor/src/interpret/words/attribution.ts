// Recognizes the lines that attribute what follows to a writer: "On Mon, 23 Nov 2026, Meet <a@b.example> wrote:", in
// many languages.
// Called by quote.ts. A sentence such as "As I wrote yesterday, mornings are bad:" is none: it names neither a date, an
// address nor us.
import { everyPhrase, oneOf } from '../phrases/compile';
import { quotePhrases } from '../phrases/quotes';

const verbs = everyPhrase(quotePhrases.wrote);
const wrote = oneOf(verbs, '(?<!\\p{L})%(?!\\p{L})');
/** Han and kana stand without blanks. */
const wroteAnywhere = /写道|寫道|写到|のメッセージ|のメール|書きました|さんが|님이 작성/u;
const endsInVerb = oneOf(verbs, '(?<!\\p{L})%$');
const ownVoice = oneOf(everyPhrase(quotePhrases.ownVoice), '(?<!\\p{L})%(?!\\p{L})');
const begins = oneOf(everyPhrase(quotePhrases.begins), '^%\\b');
const framed = oneOf(verbs, '^[-–—]{2,6} ?.{1,250}(?<!\\p{L})%(?!\\p{L}):? ?[-–—]{2,6}$');

const address = /<?[^\s<>()"']{1,64}@[^\s<>()"',;:]{1,255}>?/;
/** A clock time, a year or a numeric date. */
const dated = /\d{1,2}[:.h時点시]\s?\d{2}|\b(?:19|20)\d{2}\b|(?:19|20)\d{2}\s?[年년]|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/;
const year = /\b(?:19|20)\d{2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}\b/;
const clock = /\d{1,2}[:.h時点시]\s?\d{2}/;

/** A day with its year and a clock time. */
export const isWholeDate = (text: string): boolean => year.test(text) && clock.test(text);
export const holdsAddress = (text: string): boolean => address.test(text);

/** The longest attribution that programs write, folded lines joined. */
const maxLength = 400;
const maxLines = 5;

/** Whether a line is marked as quoted. A `>` may stand behind the quoter's initials. */
export const isMarked = (line: string): boolean => /^[ \t\u00a0]{0,8}(?:[A-Z]{1,4})?(?:>|&gt;|＞)/.test(line);

/** What a program leaves of an address at the beginning of a line: `>:`, `> wrote:`. */
const isTail = (line: string): boolean => {
  const rest = /^ {0,2}> ?(.{0,40})$/.exec(line)?.[1]?.trim() ?? '';
  return /^[:：]$/.test(rest) || (/[:：]$/.test(rest) && endsInVerb.test(rest.slice(0, -1).trim()));
};

/**
 * The number of lines, from `at`, that make an attribution; 0 for none. `names`: the names by which the answered mail
 * may introduce us, in lower case.
 */
export function attributionAt(lines: readonly string[], at: number, names: readonly string[]): number {
  const first = lines[at] ?? '';
  if (first.trim() === '' || first.length > maxLength || isMarked(first)) return 0;
  if (isOneLine(lines, at, names)) return 1;
  const last = endOf(lines, at);
  if (last < 0 || (last > 0 && !opens(first))) return 0;
  const folded = lines.slice(at, at + last + 1);
  if (isBroken(folded)) return 0;
  const quoteBelow = isMarked(nextFilled(lines, at + last) ?? '');
  return isAttribution(folded.join(' '), quoteBelow, names) ? last + 1 : 0;
}

const isOneLine = (lines: readonly string[], at: number, names: readonly string[]): boolean =>
  isAlone(trimmed(lines[at] ?? '')) || isRightAbove(lines, at, names);

/** Whether a quoted line or a blank one stands between; of the last line a program may leave `>:`. */
const isBroken = (folded: readonly string[]): boolean =>
  folded.some(isGap) || folded.some((line, index) => isMarked(line) && !(index === folded.length - 1 && isTail(line)));

/** The line, counted from `at`, that ends in a colon or closes a frame of dashes; -1 where none does. */
const endOf = (lines: readonly string[], at: number): number =>
  lines
    .slice(at, at + maxLines)
    .findIndex(
      (line, index) =>
        /[:：][-–—*\s]{0,8}$/.test(line) || (index > 0 && /(?:^|\s)\S{1,20} ?[-–—]{2,6}\s?$/.test(line.slice(-60))),
    );

const trimmed = (line: string): string =>
  line
    .trim()
    .replace(/^[-–—*]{1,10}\s?/, '')
    .replace(/\s?[-–—*]{1,10}$/, '');

/** Some programs leave a blank line behind the address of a folded attribution; any other blank line ends it. */
const isGap = (line: string, index: number, folded: readonly string[]): boolean =>
  line.trim() === '' && !/@[^\s@]{0,255}$/.test((folded[index - 1] ?? '').trim().slice(-256));

const opens = (line: string): boolean =>
  begins.test(line.trim().replace(/^[-–—* ]{1,10}/, '')) ||
  dated.test(line) ||
  address.test(line) ||
  /^[-–—]{2,6} ?\p{L}/u.test(line.trim());

function isAttribution(joined: string, quoteBelow: boolean, names: readonly string[]): boolean {
  const text = joined.replace(/\s+/g, ' ').trim();
  if (text.length > maxLength) return false;
  if (framed.test(text)) return true;
  const bare = trimmed(text);
  if (!/[:：]$/.test(bare)) return false;
  if (wrote.test(bare) || wroteAnywhere.test(bare)) return isSigned(bare, quoteBelow, names);
  // `Quoting a@b.example:`, `Meet, 5 Jan 2026 15:04:`: what a quote follows needs no verb.
  if (quoteBelow && bare.length < 160) return address.test(bare) || isWholeDate(bare);
  return dated.test(bare) && namesWriter(bare);
}

/** Whether a sentence with the verb names a date or a writer, and is not about its own writer. */
function isSigned(text: string, quoteBelow: boolean, names: readonly string[]): boolean {
  if (address.test(text)) return true;
  if (ownVoice.test(text)) return false;
  if (isWholeDate(text)) return true;
  const plain = text.toLowerCase();
  const isShort = text.length < 120;
  return isShort && (quoteBelow || dated.test(text) || names.some((name) => plain.includes(name)));
}

/** A date and an address in brackets, or `5. Jan. 2026, 15:04 von a@b.example:`, with nothing else. */
const namesWriter = (text: string): boolean =>
  (address.test(text) && /^(?:\S{1,80} ){0,14}\S{0,40}\d/.test(text) && /[>)\]"] ?[:：]$/.test(text)) ||
  /^\S{0,12} ?\d.{4,60} \p{L}{2,4} [^\s@]{1,64}@[^\s@]{1,255}[:：]$/u.test(text);

const dateThenWriter = new RegExp(
  String.raw`^(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2} (?:\S{1,60} ){0,6}(?:<[^\s<>@]{1,64}@[^\s<>@]{1,255}>` +
    String.raw`|GMT[+-]\d\d:\d\d(?: [\p{L}.-]{1,40}){1,3})$`,
  'u',
);

/**
 * Without a colon: `On … a@b.example wrote`, a date with a writer's address or zone behind it, and Notes' `Meet
 * ---01/05/2026 03:04:05 PM---Hello`.
 */
const isAlone = (text: string): boolean =>
  text.length < 160 &&
  ((isWholeDate(text) && address.test(text) && endsInVerb.test(text)) ||
    dateThenWriter.test(text) ||
    /^.{1,60}---\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4} .{4,20}---/.test(text));

/**
 * Between a blank line and the quote, with our name and a whole date or a colon: `Quoting Meet (2026-01-05 15:04:00)`,
 * `Quoth Meet:`. Roundcube ends it without a colon in Armenian, Malay and Slovenian, and begins with it in Hebrew.
 */
function isRightAbove(lines: readonly string[], at: number, names: readonly string[]): boolean {
  const text = (lines[at] ?? '').trim();
  if (text.length >= 160 || !(isWholeDate(text) || text.endsWith(':')) || /[?!]$/.test(text)) return false;
  // "I can on 5.1.2026 15:04, Meet" is a person's.
  if (ownVoice.test(text.split(' ', 1)[0] ?? '')) return false;
  const isApart = (lines[at - 1] ?? '').trim() === '' && isMarked(lines[at + 1] ?? '');
  return isApart && names.some((name) => text.toLowerCase().includes(name));
}

/** The next line that is not blank, at most three below. */
export function nextFilled(lines: readonly string[], at: number): string | null {
  for (let next = at + 1; next < Math.min(lines.length, at + 4); next += 1)
    if ((lines[next] ?? '').trim() !== '') return lines[next] ?? null;
  return null;
}

const inline = oneOf(
  verbs,
  '[.!?…)] {1,3}((?:on|am|le|el|il|em|op|den) .{8,220}?(?<!\\p{L})%(?!\\p{L})[^:]{0,120}:)',
  'iu',
);

/** For a line in which an attribution and its quote follow a sentence: the sentence. Null for any other line. */
export function beforeInline(line: string): string | null {
  if (line.length < 60 || !/[:：]/.test(line)) return null;
  const found = inline.exec(line.slice(0, 4_000));
  const inlineText = found?.[1] ?? '';
  if (found === null || !isWholeDate(inlineText) || ownVoice.test(inlineText)) return null;
  return line.slice(0, found.index + 1);
}
