// Decides which parts of a mail are its own text, and returns their lines as a person would read them; embedded mails
// are left out.
// Called by visible-text.ts (without quotes) and by bounce-prose.ts and auto-reply.ts (all of it).
import { type Mail, type MailPart, textOf } from '../mail';
import { linesOfHtml } from './html-lines';

/** Enough for what a person types and for what a report needs. */
const maxChars = 64 * 1024;
const maxLines = 5_000;
const maxPieces = 20;

const embedding = /^(?:message\/.*|text\/rfc822-headers)$/;

/** Some programs label a plain mail as multipart, with a boundary that does not occur. */
const isPlain = (part: MailPart): boolean =>
  /^text\/(?:plain|(?:x-(?:web-)?)?markdown)$/.test(part.type) ||
  (part.type.startsWith('multipart/') && part.body.length > 0);
const isHtml = (part: MailPart): boolean => part.type === 'text/html';

const isOwnText = (part: MailPart): boolean =>
  part.children.length === 0 &&
  part.disposition !== 'attachment' &&
  (part.filename === null || part.disposition === 'inline') &&
  (isPlain(part) || isHtml(part));

/** `own`: elements of HTML that contain quotes and signatures are left out. Lines have no trailing blanks. */
export const visibleLines = (mail: Mail, own: boolean): string[] => ownPieces(mail, own).flat().slice(0, maxLines);

/**
 * The texts of a mail in order: of each child of a multipart/mixed the best alternative, plain before HTML. A text that
 * repeats an earlier one, such as plain text beside the same HTML, is left out.
 */
export function ownPieces(mail: Mail, own: boolean): string[][] {
  const pieces: string[][] = [];
  const known: string[] = [];
  for (const part of chosen(mail.root).slice(0, maxPieces)) {
    const lines = linesOf(part, own);
    const words = gist(lines);
    if (words === '' || known.some((each) => each.includes(words))) continue;
    known.push(words);
    pieces.push(lines);
  }
  return pieces;
}

/** The leaves that are read, in order. */
function chosen(part: MailPart): MailPart[] {
  if (embedding.test(part.type)) return [];
  if (part.children.length === 0) return isOwnText(part) ? [part] : [];
  const children = part.children.map(chosen);
  return part.type === 'multipart/alternative' ? best(children) : children.flat();
}

/** The first alternative with plain text that is neither empty nor a placeholder for HTML; else the last with words. */
function best(alternatives: readonly MailPart[][]): MailPart[] {
  const hasHtml = alternatives.some((parts) => parts.some(isHtml));
  const plain = alternatives.find(
    (parts) => parts.some((part) => isPlain(part) && isFilled(part)) && !(hasHtml && isStub(parts.filter(isPlain))),
  );
  return plain ?? alternatives.findLast((parts) => parts.some(isFilled)) ?? [];
}

const isFilled = (part: MailPart): boolean => gist(linesOf(part, false)) !== '';

const linesOf = (part: MailPart, own: boolean): string[] => {
  const text = textOf(part).slice(0, maxChars);
  if (isHtml(part)) return linesOfHtml(text, own).slice(0, maxLines);
  return plainLines(isFlowed(part) ? unflowed(text, part.params['delsp']?.toLowerCase() === 'yes') : text);
};

const isFlowed = (part: MailPart): boolean => part.params['format']?.toLowerCase() === 'flowed';

/** RFC 3676 4: a line that ends in a blank goes on with the next one of the same depth of quote. */
function unflowed(text: string, deletesBlank: boolean): string {
  const lines: string[] = [];
  let open: string | null = null;
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\r$/, '');
    const [depth = ''] = /^>*/.exec(line) ?? [];
    const words = line.slice(depth.length).replace(/^ /, '');
    const isDelimiter = words === '-- ';
    const before = lines.at(-1) ?? '';
    if (open === depth && !isDelimiter) lines[lines.length - 1] = (deletesBlank ? before.slice(0, -1) : before) + words;
    else lines.push(depth === '' ? words : `${depth} ${words}`);
    open = words.endsWith(' ') && !isDelimiter ? depth : null;
  }
  return lines.join('\n');
}

const gist = (lines: readonly string[]): string =>
  lines
    .join('')
    .slice(0, 4_000)
    .replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/gu, '');

/** Zero-width characters, marks of direction and soft hyphens are no words; a no-break space is a blank. */
const plainLines = (text: string): string[] =>
  text
    .replaceAll(/[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/g, '')
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .map((line) => line.trimEnd());

const saysNoHtml = new RegExp(
  String.raw`(?:html|mime).{0,60}(?:view|version|format|display|capable|support|reader|client|anzeig|aktivier)` +
    String.raw`|(?:view|read|display).{0,40}html`,
  'i',
);

/** "Your program does not show HTML": a placeholder for the real text. */
function isStub(parts: readonly MailPart[]): boolean {
  const text = parts.flatMap((part) => linesOf(part, false)).join(' ');
  return text.length < 300 && saysNoHtml.test(text);
}
