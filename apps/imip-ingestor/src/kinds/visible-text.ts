// Decides which words of a mail its writer typed: without quote and signature.
// Called by interpret for mails that are neither report, calendar answer nor automatic. The words are never relayed.
import type { Mail } from '../mail';
import { withoutQuote } from './quote';
import { saidLines } from './said';
import { withoutSignature } from './signature';

/** The visible text, trimmed, line ends as LF, never two blank lines in a row; null where the writer typed nothing. */
export function visibleText(mail: Mail): string | null {
  const own = withoutSignature(withoutQuote(saidLines(mail, true)));
  const visible = own.join('\n').replaceAll(/\n{3,}/g, '\n\n').trim();
  return visible === '' ? null : visible;
}
