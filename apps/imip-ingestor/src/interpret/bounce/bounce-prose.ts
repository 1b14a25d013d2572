// Decides which lines of a report are its own words, which are the mail that came back, and which parts contain status
// fields.
// Called by bounce.ts. Half of the world's bounces are prose: qmail, Exim, old Exchange and Notes, web mailers in
// their own languages.
import { addressesIn, header, type Mail, type MailPart } from '../mail';
import { readHeaders } from '#mime';
import { isCopyDivider } from '../phrases/report-layout';
import { visibleLines } from '../words/own-text';

/** A report's own text, and what it contains of the returned mail. */
export interface Prose {
  /** The report's own lines, without the copy of the mail it is about. */
  lines: string[];
  /** Recipient fields (To, Cc) of the returned mail, as far as the report contains it. */
  returnedTo: string[];
  /** Who wrote it: the sender that a complaint about us names. */
  returnedFrom: string[];
  hasCopy: boolean;
}

const copyField = new RegExp(
  String.raw`^[>\s]{0,3}(?:return-path|received|message-id|mime-version|delivered-to` +
    String.raw`|x-original-to|dkim-signature|content-type|x-[a-z-]+|date|from|to|subject` +
    String.raw`|reply-to|sender)\s?:`,
  'i',
);
const copyBegins =
  /^[>\s]{0,3}(?:return-path|received|message-id|mime-version|dkim-signature|x-[a-z-]+|delivered-to|from|date|to|subject)\s?:/i;
const traceField = /^[>\s]{0,3}(?:return-path|received|message-id|mime-version|dkim-signature)\s?:/im;

/** Separates the report's own text from the returned mail, which is a part of its own or follows in the text. */
export function proseOf(mail: Mail): Prose {
  const all = visibleLines(mail, false);
  const at = copyAt(all);
  const embedded = mail.parts.filter((part) =>
    /^(?:message\/rfc822|message\/global|message\/rfc822-headers|text\/rfc822-headers|message\/global-headers)$/.test(
      part.type,
    ),
  );
  const inText =
    at < all.length
      ? readHeaders(
          all
            .slice(at, at + 200)
            .map((line) => line.replace(/^>\s?/, ''))
            .join('\n'),
          0,
          100_000,
          new Set(),
        ).headers
      : [];
  // Some systems put the returned mail into a part without a header of its own: the part's header is then that of the
  // mail.
  const bare = mail.parts.filter(
    (part) => part !== mail.root && part.children.length === 0 && header(part.headers, 'received') !== undefined,
  );
  const given = [
    ...embedded.flatMap((part) => [...part.headers, ...part.children.flatMap((child) => child.headers)]),
    ...bare.flatMap((part) => part.headers),
    ...inText,
  ];
  return {
    lines: all.slice(0, at),
    returnedTo: ['to', 'cc', 'x-original-to', 'x-envelope-to', 'delivered-to'].flatMap((name) =>
      given.filter((each) => each.name === name).flatMap((each) => addressesIn(each.value)),
    ),
    returnedFrom: given.filter((each) => each.name === 'from').flatMap((each) => addressesIn(each.value)),
    hasCopy: embedded.length > 0 || bare.length > 0 || at < all.length,
  };
}

/** Where the copy of a mail's header begins: fields in a row, trace fields among them. */
function copyAt(lines: readonly string[]): number {
  for (const [at, line] of lines.entries()) {
    if (isCopyDivider(line)) return at;
    if (!copyBegins.test(line)) continue;
    const following = lines.slice(at, at + 14);
    const fields = following.filter((each) => copyField.test(each)).length;
    if (fields >= 3 && traceField.test(following.join('\n'))) return at;
    if (/^[>\s]{0,3}(?:return-path|received)\s?:/i.test(line) && fields >= 2) return at;
  }
  return lines.length;
}

/** The parts with delivery status fields, whatever their content type. */
export function statusParts(mail: Mail, isQuoted: (part: MailPart) => boolean): MailPart[] {
  const labelled = mail.parts.filter(
    (part) => /^message\/(?:global-)?delivery-status$/.test(part.type) && !isQuoted(part),
  );
  if (labelled.length > 0) return labelled;
  return mail.parts.filter(
    (part) =>
      part.children.length === 0 &&
      !isQuoted(part) &&
      /^(?:text\/plain|message\/.*|application\/octet-stream)$/.test(part.type) &&
      part !== mail.root &&
      /^(?:Reporting-MTA|Final-Recipient)\s*:/im.test(part.body.subarray(0, 4_096).toString('latin1')) &&
      /^Final-Recipient\s*:/im.test(part.body.subarray(0, 64 * 1024).toString('latin1')),
  );
}
