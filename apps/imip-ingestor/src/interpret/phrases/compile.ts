// Makes one regular expression of a list of phrases. Phrases are data: one a line, by language, mail system or meaning,
// in files beside this one. A blank at the end of a phrase is written `[ ]`.
// Called once for each list, when its file is loaded. Every phrase must match in linear time
// (regular-expressions.spec.ts tries each on its worst input).

/**
 * Phrases by language (BCP 47), by the system that writes them, or by their meaning; one a line. Most may hold the syntax
 * of regular expressions.
 */
export type Phrases = Readonly<Record<string, string>>;

/** What stands before and behind every phrase; both are regular expressions. */
export interface Frame {
  before?: string;
  after?: string;
}

/** Matches where any of the phrases stands, in any case. The order of the phrases means nothing. */
export function anyOf(phrases: Phrases | readonly Phrases[], { before = '', after = '' }: Frame = {}): RegExp {
  return new RegExp(`${before}(?:${[phrases].flat().flatMap(everyPhrase).join('|')})${after}`, 'iu');
}

/** The lines of a list without blank ones and without notes, which begin with `#`. */
export const phrasesIn = (list: string): string[] =>
  list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** The phrases of all languages, systems or meanings, as one list. */
export const everyPhrase = (phrases: Phrases): string[] => Object.values(phrases).flatMap(phrasesIn);

/** One pattern out of many; longer phrases first, so that none hides another. `frame` holds `%` where they stand. */
export const oneOf = (phrases: readonly string[], frame = '%', flags = 'iu'): RegExp =>
  new RegExp(
    frame.replace('%', () => `(?:${[...phrases].sort((a, b) => b.length - a.length).join('|')})`),
    flags,
  );
