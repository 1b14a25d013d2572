// Makes one regular expression of a list of phrases. Phrases are data: one a line, by language or mail system, in
// files beside this one. A list is text where each phrase is a whole line, and an array where one begins or ends with a
// blank, or is put together from others.
// Called once for each list, when its file is loaded. Every phrase must match in linear time
// (regular-expressions.spec.ts tries each on its worst input).

/**
 * Phrases by language (BCP 47) or by the system that writes them. A phrase may hold the syntax of regular
 * expressions.
 */
export type Phrases = Readonly<Record<string, string | readonly string[]>>;

/** What stands before and behind every phrase; both are regular expressions. */
export interface Frame {
  before?: string;
  after?: string;
}

/** Matches where any of the phrases stands, in any case. The order of the phrases means nothing. */
export function anyOf(phrases: Phrases, { before = '', after = '' }: Frame = {}): RegExp {
  const all = Object.values(phrases).flatMap((list) => (typeof list === 'string' ? phrasesIn(list) : list));
  return new RegExp(`${before}(?:${all.join('|')})${after}`, 'iu');
}

/** The lines of a list without blank ones and without notes, which begin with `#`. */
export const phrasesIn = (list: string): string[] =>
  list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** Every line of lists by language, as one list. */
export const everyPhrase = (lists: Readonly<Record<string, string>>): string[] =>
  Object.values(lists).flatMap(phrasesIn);

/** One pattern out of many; longer phrases first, so that none hides another. `frame` holds `%` where they stand. */
export const oneOf = (phrases: readonly string[], frame = '%', flags = 'iu'): RegExp =>
  new RegExp(
    frame.replace('%', () => `(?:${[...phrases].sort((a, b) => b.length - a.length).join('|')})`),
    flags,
  );
