// Decides which words of a mail its writer typed: without quote and signature.
// Called by interpret for mails that are neither report, calendar answer nor automatic. The words are never relayed.
import type { Mail } from '../mail';
import { withoutQuote } from './quote';
import { saidLines } from './own-text';
import { withoutSignature } from './signature';

/** The visible text, trimmed, line ends as LF, never two blank lines in a row; null where the writer typed nothing. */
export function visibleText(mail: Mail): string | null {
  const own = withoutSignature(withoutQuote(withoutArmour(saidLines(mail, true))));
  const visible = own
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return visible === '' ? null : visible;
}

/** Without what inline OpenPGP puts around and behind a text; an encrypted text is none (RFC 9580 6 and 7). */
function withoutArmour(lines: readonly string[]): string[] {
  const plain: string[] = [];
  let skipTo: RegExp | null = null;
  for (const line of lines) {
    const [, block] = /^-----BEGIN PGP (SIGNED MESSAGE|[A-Z ]{3,30})-----$/.exec(line.trim()) ?? [];
    if (skipTo !== null) {
      if (skipTo.test(line.trim())) skipTo = null;
    } else if (block !== undefined) skipTo = block === 'SIGNED MESSAGE' ? /^$/ : /^-----END PGP [A-Z ]{3,30}-----$/;
    else plain.push(line.replace(/^- (?=-)/, ''));
  }
  return plain;
}
