// Decides which lines of a mail are from one of our own letters, whatever program quotes them.
// Called by quote.ts.
import { ourPhrases } from '../phrases/ours';
import { everyPhrase, oneOf } from '../phrases/compile';

const lead = '^[>|*_ \\t]{0,12}';
const body = oneOf(everyPhrase(ourPhrases.body), `${lead}%`);
const last = oneOf(everyPhrase(ourPhrases.last), '%', 'iu');
const links = oneOf(everyPhrase(ourPhrases.links), '%', 'u');

/** `last`: nothing of the letter comes behind it; then a person may have written on. */
export type OurLine = 'body' | 'last';

export function ourLine(line: string): OurLine | null {
  const begin = line.slice(0, 400);
  if (last.test(begin.trimEnd())) return 'last';
  return body.test(begin.trimEnd()) || links.test(begin) ? 'body' : null;
}
