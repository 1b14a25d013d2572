// Decides which words of a mail its writer typed, without banners, quote and signature; never empty where the mail has
// a text.
// Called by interpret for mails that are neither report, calendar reply nor automatic. The words are never relayed.
import { all, type Mail } from '../mail';
import { withoutBanners } from './banner';
import { ownPieces } from './own-text';
import { holdsQuote, unmarked, withoutQuote } from './quote';
import { withoutSignature } from './signature';

export interface VisibleText {
  /** Trimmed, line ends as LF, never two blank lines in a row. */
  text: string;
  /**
   * True where these are the writer's own words; false where nothing was left and the text is unstripped (contract
   * 7.2).
   */
  own: boolean;
}

/** Null where the mail contains no words at all. */
export function visibleText(mail: Mail): VisibleText | null {
  const names = namesIn(mail);
  const title = titleIn(mail.subject);
  const stripped = strippedFrom(ownPieces(mail, true), names, title);
  if (stripped !== null) return { text: stripped, own: true };
  const everything = ownPieces(mail, false);
  // Where everything is in quoting elements, the words may still show what is the writer's own.
  const again = strippedFrom(everything, names, title);
  if (again !== null) return { text: again, own: true };
  const lines = withoutArmour(everything.flat());
  const text = tidy(unmarked(lines, names)) ?? tidy(lines);
  return text === null ? null : { text, own: !holdsQuote(lines, names) };
}

function strippedFrom(pieces: readonly (readonly string[])[], names: readonly string[], title: string): string | null {
  const lines = withoutArmour(withoutBanners(pieces).flat());
  const unquoted = withoutQuote(lines, names, title);
  return tidy(withoutSignature(unquoted)) ?? tidy(unquoted);
}

function tidy(lines: readonly string[]): string | null {
  const text = lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return text === '' ? null : text;
}

/** The session's title in "Re: Practice Session — Invitation"; empty where there is none. */
const titleIn = (subject: string): string => {
  const [before = '', kind] = subject.slice(0, 400).split(' — ', 2);
  return kind === undefined ? '' : before.replace(/^(?:\p{L}{1,5}\s?[:：]\s{0,3}){1,4}/u, '').trim();
};

/** The names by which a quote may introduce us: names and local parts in To and Cc, in lower case. */
function namesIn(mail: Mail): string[] {
  const values = [...all(mail.headers, 'to'), ...all(mail.headers, 'cc')].slice(0, 4);
  const shown = values.flatMap((value) =>
    [...value.slice(0, 500).matchAll(/"?([^"<>,@]{3,60}?)"? ?</g)].map((match) => match[1] ?? ''),
  );
  const local = mail.to.slice(0, 4).map((address) => address.split('@', 1)[0]?.split('+', 1)[0] ?? '');
  return [...shown, ...local].map((name) => name.trim().toLowerCase()).filter((name) => name.length >= 3);
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
