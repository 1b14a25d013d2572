// Splits a text into tokens: figures of clocks and dates, known phrases, other words, marks.
// Called by proposed-times.ts. One pass; every pattern is anchored and of bounded length.
import type { Lexicon, Meaning, MeaningKind } from './lexicon';

export type Token = { start: number; end: number; text: string } & (
  | { kind: 'number'; value: number; ordinal: boolean }
  | { kind: 'clock'; hour: number; minute: number; sure: boolean }
  /** A year of null was not written; `order`: whether the figures say which is the day. */
  | { kind: 'date'; year: number | null; first: number; second: number; order: 'day-month' | 'month-day' | 'unknown' }
  | { kind: 'known'; meanings: readonly Meaning[] }
  | { kind: 'word' }
  | { kind: 'mark' }
  | { kind: 'break'; blank: boolean }
);

interface Figure {
  pattern: RegExp;
  token(match: RegExpExecArray): ClockFigure | DateFigure | null;
}

type ClockFigure = Omit<Extract<Token, { kind: 'clock' }>, 'start' | 'end' | 'text'>;
type DateFigure = Omit<Extract<Token, { kind: 'date' }>, 'start' | 'end' | 'text'>;

const century = (year: string | undefined): number | null =>
  year === undefined ? null : year.length === 2 ? 2000 + Number(year) : Number(year);

const ordinals: Readonly<Record<string, RegExp>> = {
  en: /(?:st|nd|rd|th)(?![a-z])/y, fr: /(?:er|ere|eme|e)(?![a-z])/y, nl: /(?:ste|de|e)(?![a-z])/y, sv: /(?::e|:a|e)(?![a-z])/y,
  es: /(?:o|a|er)(?![a-z])/y, it: /(?:o|a)(?![a-z])/y, pt: /(?:o|a)(?![a-z])/y, pl: /(?:-?go|-?ego)(?![a-z])/y,
  de: /(?:\.(?![\d.])|te[nrsm]?(?![a-z]))/y,
}; // prettier-ignore

/** Tried in this order at every figure. */
const figures: readonly Figure[] = [
  {
    pattern: /(20\d\d)([-/.])(\d\d?)\2(\d\d?)(?:t(?=\d)|(?!\d))/y,
    token: (m) => ({ kind: 'date', year: Number(m[1]), first: Number(m[3]), second: Number(m[4]), order: 'month-day' }),
  },
  {
    pattern: /(\d\d?)([./-]) ?(\d\d?)\2(?: ?(20\d\d)|(\d\d))(?![\d:])/y,
    token: (m) => ({
      kind: 'date', year: century(m[4] ?? m[5]), first: Number(m[1]), second: Number(m[3]),
      order: m[2] === '.' ? 'day-month' : 'unknown',
    }), // prettier-ignore
  },
  {
    pattern: /(\d\d?):(\d\d)(?::\d\d)?(?!\d)/y,
    token: (m) => ({ kind: 'clock', hour: Number(m[1]), minute: Number(m[2]), sure: true }),
  },
  {
    pattern: /(\d\d?) ?[hu] ?(\d\d)(?![\p{L}\d])/uy,
    token: (m) => ({ kind: 'clock', hour: Number(m[1]), minute: Number(m[2]), sure: true }),
  },
  {
    pattern: /(\d\d?)h(?![\p{L}\d])/uy,
    token: (m) => ({ kind: 'clock', hour: Number(m[1]), minute: 0, sure: true }),
  },
  {
    pattern: /([01]\d|2[0-3])([0-5]\d) ?(?:hrs|hours|h|uhr|hs)(?![\p{L}\d])/uy,
    token: (m) => ({ kind: 'clock', hour: Number(m[1]), minute: Number(m[2]), sure: true }),
  },
  {
    pattern: /(\d\d?)([0-5]\d)(?= ?[ap]\.?m\b)/y,
    token: (m) => ({ kind: 'clock', hour: Number(m[1]), minute: Number(m[2]), sure: true }),
  },
  {
    pattern: /(\d\d?)\. ?(\d\d?)\.(?!\d)/y,
    token: (m) =>
      Number(m[2]) > 12
        ? null
        : { kind: 'date', year: null, first: Number(m[1]), second: Number(m[2]), order: 'day-month' },
  },
  {
    pattern: /(\d\d?)\.(\d\d)(?![\d,]|\.\d)/y,
    token: (m) => ({ kind: 'clock', hour: Number(m[1]), minute: Number(m[2]), sure: false }),
  },
  {
    // "8.1": a day and month; a clock has two figures behind the dot.
    pattern: /(\d\d?)\.(\d)(?![\d.,])/y,
    token: (m) => ({ kind: 'date', year: null, first: Number(m[1]), second: Number(m[2]), order: 'day-month' }),
  },
  {
    pattern: /(\d\d?)\/(\d\d?)(?![\d/])/y,
    token: (m) => ({ kind: 'date', year: null, first: Number(m[1]), second: Number(m[2]), order: 'unknown' }),
  },
];

export function tokensOf(text: string, plain: string, lexicon: Lexicon): Token[] {
  const tokens: Token[] = [];
  // A phrase may be wrapped at any blank.
  const flat = plain.replaceAll('\n', ' ');
  for (let at = 0; at < plain.length;) {
    const token = tokenAt(text, plain, flat, at, lexicon);
    if (token === null) at += 1;
    else {
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

const letter = /\p{L}/u;

function tokenAt(text: string, plain: string, flat: string, at: number, lexicon: Lexicon): Token | null {
  const character = plain.charAt(at);
  if (character === ' ') return null;
  if (character === '\n') return breakAt(plain, at);
  if (character >= '0' && character <= '9') return figureAt(plain, at, lexicon);
  const known = phraseAt(text, flat, at, lexicon);
  if (known !== null) return known;
  if (letter.test(character)) return wordAt(flat, at, lexicon);
  return { kind: 'mark', start: at, end: at + 1, text: character };
}

function breakAt(plain: string, at: number): Token {
  let end = at;
  let lines = 0;
  while (end < plain.length && (plain.charAt(end) === '\n' || plain.charAt(end) === ' ')) {
    if (plain.charAt(end) === '\n') lines += 1;
    end += 1;
  }
  return { kind: 'break', blank: lines > 1, start: at, end, text: '\n' };
}

function figureAt(plain: string, at: number, { language }: Lexicon): Token {
  for (const { pattern, token } of figures) {
    pattern.lastIndex = at;
    const match = pattern.exec(plain);
    const found = match === null ? null : token(match);
    if (match !== null && found !== null && isPossible(found))
      return { ...found, start: at, end: at + match[0].length, text: match[0] };
  }
  return numberAt(plain, at, ordinals[language]);
}

function numberAt(plain: string, at: number, ordinal: RegExp | undefined): Token {
  const digits = /\d+/y;
  digits.lastIndex = at;
  const [text = ''] = digits.exec(plain) ?? [];
  const end = at + text.length;
  const isAmount = /[$€£#+.,]/.test(plain.charAt(at - 1)) || /^(?:%|€|\$|[.,]\d)/.test(plain.slice(end, end + 2));
  if (text.length > 4 || isAmount) return { kind: 'word', start: at, end, text };
  const ending = text.length > 2 ? '' : endingAt(plain, end, ordinal);
  return {
    kind: 'number',
    value: Number(text),
    ordinal: ending !== '',
    start: at,
    end: end + ending.length,
    text,
  };
}

function endingAt(plain: string, at: number, ordinal: RegExp | undefined): string {
  if (ordinal === undefined) return '';
  ordinal.lastIndex = at;
  return ordinal.exec(plain)?.[0] ?? '';
}

const isPossible = (found: ClockFigure | DateFigure): boolean =>
  found.kind !== 'clock' || (found.hour <= 24 && found.minute < 60);

/** The longest phrase that stands at `at`, as a whole word. */
function phraseAt(text: string, flat: string, at: number, lexicon: Lexicon): Token | null {
  if (lexicon.spaced && isWithinWord(flat, at) && !isPrefix(flat, at)) return null;
  const phrase = lexicon.phrases
    .get(flat.charAt(at))
    ?.find(
      (each) =>
        flat.startsWith(each.text, at) &&
        (each.exact === null || text.startsWith(each.exact, at)) &&
        (!lexicon.spaced || isWhole(flat, at + each.text.length, each.text, lexicon)),
    );
  if (phrase === undefined) return null;
  return { kind: 'known', meanings: phrase.meanings, start: at, end: at + phrase.text.length, text: phrase.text };
}

/** Whether a phrase ends at a word boundary. Arabic writes "and" joined to the next word. */
const isWhole = (flat: string, end: number, phrase: string, lexicon: Lexicon): boolean =>
  !isWithinWord(flat, end) ||
  (phrase === 'و' && lexicon.phrases.get(flat.charAt(end))?.some(({ text }) => flat.startsWith(text, end)) === true);

const isWithinWord = (flat: string, at: number): boolean =>
  letter.test(flat.charAt(at - 1)) && letter.test(flat.charAt(at));

const isPrefix = (flat: string, at: number): boolean =>
  flat.charAt(at - 1) === 'و' && !letter.test(flat.charAt(at - 2));

function wordAt(flat: string, at: number, lexicon: Lexicon): Token {
  let end = at + 1;
  while (lexicon.spaced && inWord.test(flat.charAt(end)) && flat.charAt(end - 1) !== "'") end += 1;
  return { kind: 'word', start: at, end, text: flat.slice(at, end) };
}

const inWord = /[\p{L}\d']/u;

export const meaningIn = (token: Token | undefined, kind: MeaningKind): Meaning | null =>
  token?.kind === 'known' ? (token.meanings.find((meaning) => meaning.kind === kind) ?? null) : null;

export const means = (token: Token | undefined, ...kinds: MeaningKind[]): boolean =>
  token?.kind === 'known' && token.meanings.some((meaning) => kinds.includes(meaning.kind));

export const isMark = (token: Token | undefined, marks: string): boolean =>
  token?.kind === 'mark' && marks.includes(token.text);
