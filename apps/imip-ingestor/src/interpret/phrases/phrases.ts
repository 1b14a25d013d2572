// Decides how lists of phrases become patterns: one phrase a line, compiled once, always linear in the text.
// Used by every reader of words; a phrase is a literal or, where it says so, a small pattern of bounded length.

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
