// Makes one regular expression of a list of phrases. Phrases are data: one a line, by language or mail system, in files beside this one.
// Called once for each list, when its file is loaded. Every phrase must match in linear time (phrases.spec.ts tries each on its worst input).

/** Phrases by language (BCP 47) or by the system that writes them. A phrase may hold the syntax of regular expressions. */
export type Phrases = Readonly<Record<string, readonly string[]>>;

/** What stands before and behind every phrase; both are regular expressions. */
export interface Frame {
  before?: string;
  after?: string;
}

/** Matches where any of the phrases stands, in any case. The order of the phrases means nothing. */
export function anyOf(phrases: Phrases, { before = '', after = '' }: Frame = {}): RegExp {
  return new RegExp(`${before}(?:${Object.values(phrases).flat().join('|')})${after}`, 'iu');
}
