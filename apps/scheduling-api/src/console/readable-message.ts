// A mail as an operator may see it. It is rendered without scripts, links and loaded content. The source is shown with
// every encoding decoded, so that the magic links in it are found and removed.
// Called by messages.controller.ts. mailparser reads what is rendered; libs/mime takes the source apart.
// mailparser and sanitize-html are loaded when the first mail is looked at: a tenth of what the app takes to start.
import libmime from 'libmime';
import type { ParsedMail } from 'mailparser';
import type sanitizeHtml from 'sanitize-html';
import { type MailPart, splitMessage, textFrom } from '#mime';
import { withoutTokens } from '#tokens';

export interface ReadableMessage {
  subject: string;
  from: string;
  to: string;
  /** The words as plain text; null where there are none. */
  text: string | null;
  /** Whether there is HTML to be shown in a frame. */
  hasHtml: boolean;
  source: string;
}

/** A larger mail is not rendered; the beginning of its source is shown. */
const mostRenderedBytes = 2 * 1024 * 1024;
const mostSourceChars = 256 * 1024;
const bounds = { maxParts: 100, maxDepth: 8 };

export async function readableMessage(raw: Buffer): Promise<ReadableMessage> {
  const source = sourceOf(raw);
  if (raw.length > mostRenderedBytes)
    return { subject: '', from: '', to: '', text: 'This mail is too large to be rendered.', hasHtml: false, source };
  const parsed = await parse(raw);
  const to = [parsed.to ?? []].flat().map((each) => each.text);
  return {
    subject: withoutTokens(parsed.subject ?? ''),
    from: parsed.from?.text ?? '',
    to: to.join(', '),
    text: parsed.text === undefined ? null : withoutTokens(parsed.text),
    hasHtml: typeof parsed.html === 'string',
    source,
  };
}

/** The document of the frame; null where the mail has no HTML. */
export async function framedHtml(raw: Buffer): Promise<string | null> {
  if (raw.length > mostRenderedBytes) return null;
  const { html } = await parse(raw);
  return typeof html === 'string' ? harmless(html) : null;
}

async function parse(raw: Buffer): Promise<ParsedMail> {
  const { simpleParser } = await import('mailparser');
  return simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
}

/** Links lead nowhere, forms and scripts are removed, nothing is loaded. */
async function harmless(html: string): Promise<string> {
  const { default: sanitize } = await import('sanitize-html');
  const allowedTags = [...sanitize.defaults.allowedTags.filter((tag) => tag !== 'a'), 'font', 'center', 'style'];
  const clean = withoutTokens(sanitize(html, { ...rules, allowedTags }));
  return `<!doctype html><meta charset="utf-8"><title>Mail</title>${clean}`;
}

const rules: sanitizeHtml.IOptions = {
  allowedAttributes: {
    '*': ['style', 'class', 'dir', 'lang', 'align', 'valign', 'width', 'height', 'bgcolor', 'color', 'role'],
    td: ['colspan', 'rowspan', 'cellpadding', 'cellspacing'],
    th: ['colspan', 'rowspan', 'scope'],
    table: ['cellpadding', 'cellspacing', 'border'],
  },
  transformTags: { a: 'u' },
  // What stands between these is not shown either.
  nonTextTags: ['script', 'textarea', 'option', 'title', 'noscript'],
  // The frame has no script at all, and its styles load nothing: see `framePolicy`.
  allowVulnerableTags: true,
  parseStyleAttributes: false,
};

function sourceOf(raw: Buffer): string {
  const lines: string[] = [];
  write(splitMessage(raw, bounds, new Set()), lines);
  const source = withoutTokens(lines.join('\n'));
  return source.length <= mostSourceChars ? source : `${source.slice(0, mostSourceChars)}\n[cut here]`;
}

function write(part: MailPart, lines: string[]): void {
  for (const { name, value } of part.headers) lines.push(`${headerName(name)}: ${words(value)}`);
  lines.push('');
  if (part.children.length === 0) lines.push(bodyOf(part));
  for (const child of part.children) {
    lines.push(`--- part ${child.path}`);
    write(child, lines);
  }
}

/** Text decoded; of anything else only what it is. */
const bodyOf = ({ type, body, params }: MailPart): string =>
  /^(?:text|message)\/|^application\/(?:ics|calendar)$/.test(type)
    ? textFrom(body, params['charset'] ?? null)
    : `[${body.length} bytes of ${type}]`;

const headerName = (name: string): string => name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** Encoded words could contain a link too. */
const words = (value: string): string => {
  try {
    return libmime.decodeWords(value);
  } catch {
    return '[unreadable]';
  }
};
