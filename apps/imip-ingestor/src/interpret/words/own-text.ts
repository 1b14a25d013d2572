// Decides which parts of a mail are its own text, and gives their lines: what a person would read first, embedded mails left out.
// Called by visible-text.ts (without quotes) and by bounce-prose.ts (all of it).
import { type Mail, type MailPart, textOf } from '../mail';
import { linesOfHtml } from './html-lines';

/** More than this nobody typed and no report needs. */
const maxChars = 64 * 1024;

const embedding = /^(?:message\/.*|text\/rfc822-headers)$/;

const isOwnText = (part: MailPart): boolean =>
  part.children.length === 0 &&
  part.disposition !== 'attachment' &&
  !part.ancestors.some((type) => embedding.test(type)) &&
  (isPlain(part) || part.type === 'text/html');

/** A multipart whose boundary nowhere occurs is what some programs leave of a plain mail. */
const isPlain = (part: MailPart): boolean =>
  part.type === 'text/plain' || (part.type.startsWith('multipart/') && part.body.length > 0);

/** `own`: elements of HTML that hold quotes and signatures are left out. Lines have no trailing blanks. */
export function saidLines(mail: Mail, own: boolean): string[] {
  const parts = mail.parts.filter(
    (part) => isOwnText(part) && (part.filename === null || part.disposition === 'inline'),
  );
  const plain = parts.filter((part) => isPlain(part) && textOf(part).trim() !== '');
  const html = parts.filter((part) => part.type === 'text/html');
  const [first] = plain;
  // Apple Mail cuts a text in pieces around its pictures: all of one parent belong together.
  const pieces = first === undefined ? [] : plain.filter((part) => parentOf(part) === parentOf(first));
  const lines = pieces.flatMap((part) => plainLines(textOf(part).slice(0, maxChars)));
  if (lines.length > 0 && !isStub(lines, html)) return lines;
  return html.flatMap((part) => linesOfHtml(textOf(part), own)).slice(0, 5_000);
}

const parentOf = (part: MailPart): string => part.path.slice(0, Math.max(part.path.lastIndexOf('.'), 0));

/** Zero-width characters, marks of direction and soft hyphens are no words; a no-break space is a blank. */
const plainLines = (text: string): string[] =>
  text
    .replaceAll(/[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/g, '')
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .map((line) => line.trimEnd());

/** "Your program does not show HTML": a text that stands in for the real one. */
const isStub = (lines: readonly string[], html: readonly MailPart[]): boolean =>
  html.length > 0 &&
  lines.join(' ').length < 300 &&
  /(?:html|mime).{0,60}(?:view|version|format|display|capable|support|reader|client|anzeig|aktivier)|(?:view|read|display).{0,40}html/i.test(
    lines.join(' '),
  );
