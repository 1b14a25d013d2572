// Decides which words of a mail its writer typed: without quote and signature.
// Called by interpret for mails that are neither report, calendar answer nor automatic. The words are never relayed.
import { type Mail, type MailPart, textOf } from '../mail';
import { unescapedEntities } from '../mime/decode';

const maxChars = 64 * 1024;

/** The visible text, trimmed, line ends as LF; null where the writer typed nothing. */
export function visibleText(mail: Mail): string | null {
  const own = mail.parts.filter(
    (part) => part.disposition !== 'attachment' && part.children.length === 0 && !part.ancestors.some((type) => type.startsWith('message/')),
  );
  const plain = own.find((part) => part.type === 'text/plain' && textOf(part).trim() !== '');
  const html = own.find((part) => part.type === 'text/html');
  const text = plain ? textOf(plain).slice(0, maxChars) : html ? textOfHtml(html) : '';
  const visible = withoutSignature(withoutQuote(text.split('\n'))).join('\n').trim();
  return visible === '' ? null : visible;
}

const quoteBegins = [
  /^-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original)\s*-{2,}\s*$/i,
  /^_{20,}\s*$/,
  /^\s*(?:on|am|le|el|il|op|den)\s.{4,200}(?:wrote|schrieb.{0,80}|écrit|escribió|ha scritto|schreef|skrev.{0,80})\s*:\s*$/i,
];
const headerLine = /^\*?(?:from|von|de|da|van|från|fra)\s*:\*?\s+\S/i;
const nextHeaderLine = /^\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|para|asunto)\s*:\*?\s/i;

function withoutQuote(lines: string[]): string[] {
  const cut = lines.findIndex((line, index) => {
    // Long attributions are folded over two lines.
    const joined = `${line} ${lines[index + 1] ?? ''}`;
    return quoteBegins.some((pattern) => pattern.test(line) || (/^\s*(?:on|am|le|el|il|op|den)\s/i.test(line) && pattern.test(joined)))
      || (headerLine.test(line) && nextHeaderLine.test(lines[index + 1] ?? ''));
  });
  return (cut < 0 ? lines : lines.slice(0, cut)).filter((line) => !/^\s*>/.test(line));
}

const appended = /^(?:sent from my|von meinem .{2,30} gesendet|envoyé de mon|enviado desde mi)\b/i;

function withoutSignature(lines: string[]): string[] {
  // RFC 3676 4.3, and the blank that many relays strip.
  const cut = lines.findIndex((line) => /^-- ?$/.test(line) || appended.test(line.trim()));
  return cut < 0 ? lines : lines.slice(0, cut);
}

const hiding = new Set(['style', 'script', 'head', 'title', 'blockquote']);
const breaking = /^(?:br|p|div|li|tr|h\d)$/;

/** HTML as plain lines: one pass over the tags, quotes of the common clients left out. */
function textOfHtml(part: MailPart): string {
  const html = textOf(part);
  let text = '';
  let hidden: string | null = null;
  for (const [, tagged, closing, name = ''] of html.matchAll(/([^<]*)(?:<(?=[a-zA-Z/!])(\/?)([a-zA-Z0-9]{0,20})[^>]{0,10000}>?|<|$)/g)) {
    const tag = name.toLowerCase();
    if (hidden === null) {
      text += (tagged ?? '').replaceAll(/\s+/g, ' ') + (breaking.test(tag) ? '\n' : '');
      if (closing === '' && hiding.has(tag)) hidden = tag;
    } else if (hidden === tag && closing === '/') hidden = null;
  }
  const lines = unescapedEntities(text).split('\n').map((line) => line.trim());
  return lines.join('\n').replaceAll(/\n{3,}/g, '\n\n');
}
