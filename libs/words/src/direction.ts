// Decides which way text runs, and keeps the direction of text from outside apart from the words around it.
// Called by letters and pages. Unicode Bidirectional Algorithm (UAX 9): without isolation a Hebrew title at the end of
// an English line loses its "!" to the wrong side.

export type Direction = 'ltr' | 'rtl';

/** The direction of a language's script; `language` is one of the letters' (BCP 47, without a region). */
export const directionOf = (language: string): Direction => (language === 'ar' ? 'rtl' : 'ltr');

// FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE.
const open = '\u2068';
const close = '\u2069';

// Embeddings, overrides and isolates. One that is never closed would reach beyond the text that it came with.
const controls = /[\u202a-\u202e\u2066-\u2069]/g;

// Hebrew, Arabic, Syriac, Thaana, N'Ko and the other blocks that UAX 9 gives the classes R and AL.
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const leftToRight = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}])\p{L}/u;

/** Text that a person or the platform gave, between isolates; control characters of direction in it are dropped. */
export const isolated = (given: string): string => `${open}${given.replace(controls, '')}${close}`;

/** The text without its isolates. */
export const bare = (text: string): string => text.replace(/[\u2068\u2069]/g, '');

/** For plain text: isolates stay where the given text contains letters that run against `direction`, else they go. */
export function isolatesWhereNeeded(text: string, direction: Direction): string {
  if (!text.includes(open)) return text;
  const against = direction === 'ltr' ? rightToLeft : leftToRight;
  return text.replace(/\u2068([^\u2068\u2069]*)\u2069/g, (whole, given: string) =>
    against.test(given) ? whole : given,
  );
}

/** An isolate ends with its line (UAX 9, P1): one that spans several lines is closed and opened again at each. */
export function isolatesOfEachLine(lines: string[]): string[] {
  let within = false;
  return lines.map((line) => {
    const start = within ? open : '';
    within = Math.max(line.lastIndexOf(open), within ? 0 : -1) > line.lastIndexOf(close);
    return `${start}${line}${within ? close : ''}`;
  });
}
