// Splits a MIME message into its parts, within bounds, from any bytes.
// Called by mail.ts. Own code because mailparser costs 11 times the CPU and loses parts with a lost boundary or a bare
// CR (docs/decisions.md).
import { type Header, lineAt, parameterised, readHeaders } from './headers';
import { cmsContent } from './smime';
import { type ExpectedContent, transferDecoded } from './transfer';

export interface MailPart {
  /** `1.2` is the second child of the first; the whole message is the empty path. */
  path: string;
  /** Content type in lower case, `text/plain` where none was given. */
  type: string;
  params: Record<string, string>;
  disposition: 'inline' | 'attachment' | null;
  filename: string | null;
  headers: Header[];
  /** Content types from the whole message down to the parent. */
  ancestors: string[];
  children: MailPart[];
  /** Decoded bytes of a leaf or of an embedded message; empty for a multipart. */
  body: Buffer;
}

/** `maxParts` and `maxDepth`: what lies beyond them is left unsplit and noted as a fault. */
export interface SplitBounds {
  maxParts: number;
  maxDepth: number;
}

interface Work {
  bytes: Buffer;
  /** The same bytes as text, one character a byte. */
  text: string;
  bounds: SplitBounds;
  faults: Set<string>;
  count: { parts: number };
}

const embedded = new Set(['message/rfc822', 'message/global', 'message/news']);
const headersOnly = new Set(['text/rfc822-headers', 'message/global-headers']);

/** Splits a message. Linear in its size for each level of nesting; never throws on content. */
export function splitMessage(bytes: Buffer, bounds: SplitBounds, faults: Set<string>): MailPart {
  let begin = 0;
  // Blank lines before the first header are an SMTP relay's fault, not an empty header block.
  while (isBlank(bytes[begin])) begin++;
  return splitPart(workOn(bytes, bounds, faults, { parts: 0 }), begin, bytes.length, '', []);
}

const isBlank = (byte: number | undefined): boolean => byte === 10 || byte === 13 || byte === 32 || byte === 9;

const workOn = (bytes: Buffer, bounds: SplitBounds, faults: Set<string>, count: { parts: number }): Work => ({
  bytes,
  text: bytes.toString('latin1'),
  bounds,
  faults,
  count,
});

function splitPart(work: Work, from: number, end: number, path: string, ancestors: string[]): MailPart {
  work.count.parts++;
  const { headers, bodyAt } = readHeaders(work.text, from, end, work.faults);
  const part = describe(headers, path, ancestors);
  const deeper = ancestors.length < work.bounds.maxDepth;
  if (part.type.startsWith('multipart/')) {
    if (deeper) part.children = splitMultipart(work, part, bodyAt, end);
    else work.faults.add('too-deep');
    if (part.children.length > 0) return part;
  }
  readLeaf(work, part, bodyAt, end, deeper);
  return part;
}

/** The decoded bytes of a part, and the message that they are, where they are one. */
function readLeaf(work: Work, part: MailPart, from: number, end: number, deeper: boolean): void {
  const label = parameterised(first(part.headers, 'content-transfer-encoding') ?? '').value;
  if (!['', '7bit', '8bit', 'binary', 'base64', 'quoted-printable'].includes(label))
    work.faults.add('unknown-transfer-encoding');
  const bytes = work.bytes.subarray(from, end);
  const { body, mislabelled } = transferDecoded(bytes, label, expectedOf(part), part.params['charset'] ?? null);
  part.body = body;
  if (mislabelled) work.faults.add('wrong-transfer-label');
  if (!holdsMessage(work, part)) return;
  if (!deeper) work.faults.add('too-deep');
  else if (work.count.parts < work.bounds.maxParts) part.children = [splitEmbedded(work, part)];
}

/** Whether the bytes of a part are a message of their own; signed content is not quoted content. */
function holdsMessage(work: Work, part: MailPart): boolean {
  if (!isCms(part)) return embedded.has(part.type) || headersOnly.has(part.type);
  const content = cmsContent(part.body);
  if (content === 'encrypted') work.faults.add('encrypted');
  if (content === null || content === 'encrypted') return false;
  part.body = content.opened;
  return true;
}

/** What the decoded bytes of a part must be. */
function expectedOf(part: MailPart): ExpectedContent {
  const isNamedCalendar = /\.(?:ics|ical|icalendar|vcs)$/i.test((part.filename ?? '').trim());
  if (isNamedCalendar || /^(?:text\/(?:x-v)?calendar|application\/(?:ics|calendar))$/.test(part.type))
    return 'calendar';
  return part.type.startsWith('text/') || part.type === 'message/delivery-status' ? 'text' : 'data';
}

/** RFC 8551 3.2: by the type, or by the name where a gateway made it any file. */
const isCms = (part: MailPart): boolean =>
  /^application\/(?:x-)?pkcs7-mime$/.test(part.type) ||
  (/^application\/(?:octet-stream|binary|x-smime)$/.test(part.type) && /\.p7m$/i.test((part.filename ?? '').trim()));

function splitEmbedded(work: Work, part: MailPart): MailPart {
  const inner = workOn(part.body, work.bounds, work.faults, work.count);
  return splitPart(inner, 0, part.body.length, part.path === '' ? '1' : `${part.path}.1`, [
    ...part.ancestors,
    part.type,
  ]);
}

const first = (headers: Header[], name: string): string | undefined =>
  headers.find((header) => header.name === name)?.value;

function describe(headers: Header[], path: string, ancestors: string[]): MailPart {
  const given = parameterised(first(headers, 'content-type') ?? '');
  const disposition = parameterised(first(headers, 'content-disposition') ?? '');
  // RFC 2046 5.1.5: within a digest the default is an embedded message.
  const fallback = ancestors.at(-1) === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  return {
    path,
    type: /^[^\s/]+\/[^\s/]+$/.test(given.value) ? given.value : fallback,
    params: given.params,
    // RFC 2183 2.8: an unknown disposition is an attachment.
    disposition: disposition.value === '' ? null : disposition.value === 'inline' ? 'inline' : 'attachment',
    filename: disposition.params['filename'] ?? given.params['name'] ?? null,
    headers,
    ancestors,
    children: [],
    body: Buffer.alloc(0),
  };
}

function splitMultipart(work: Work, part: MailPart, from: number, end: number): MailPart[] {
  const boundary = part.params['boundary'] ?? '';
  let spans = boundary === '' ? [] : spansBetween(work, boundary, from, end);
  if (spans.length === 0) {
    work.faults.add(boundary === '' ? 'no-boundary' : 'boundary-not-found');
    const guessed = firstBoundaryLine(work.text, from, end);
    spans = guessed === null ? [] : spansBetween(work, guessed, from, end);
  }
  const children: MailPart[] = [];
  for (const [index, span] of spans.entries()) {
    if (work.count.parts >= work.bounds.maxParts) {
      work.faults.add('too-many-parts');
      break;
    }
    const path = part.path === '' ? String(index + 1) : `${part.path}.${index + 1}`;
    children.push(splitPart(work, span.from, span.end, path, [...part.ancestors, part.type]));
  }
  return children;
}

/**
 * The content between the delimiter lines of one boundary (RFC 2046 5.1.1); a part that no delimiter ends runs to the
 * end.
 */
function spansBetween(work: Work, boundary: string, from: number, end: number): { from: number; end: number }[] {
  const spans: { from: number; end: number }[] = [];
  let open = -1;
  for (const delimiter of delimitersOf(work.text, boundary, from, end)) {
    // The line end before a delimiter belongs to the delimiter.
    if (open >= 0) spans.push({ from: open, end: Math.max(open, beforeLineEnd(work.text, delimiter.at, open)) });
    if (delimiter.closes || spans.length > work.bounds.maxParts) return spans;
    open = delimiter.next;
  }
  if (open >= 0) {
    work.faults.add('unclosed-multipart');
    spans.push({ from: open, end });
  }
  return spans;
}

interface Delimiter {
  at: number;
  /** Where the next line begins. */
  next: number;
  closes: boolean;
}

function* delimitersOf(text: string, boundary: string, from: number, end: number): Generator<Delimiter> {
  const mark = `--${Buffer.from(boundary, 'utf8').toString('latin1')}`;
  for (let at = text.indexOf(mark, from); at >= 0 && at < end; at = text.indexOf(mark, at + mark.length)) {
    if (at > from && !isLineEnd(text.charCodeAt(at - 1))) continue;
    const line = lineAt(text, at, end);
    const rest = text.slice(at + mark.length, line.end).trimEnd();
    if (rest === '' || rest === '--') yield { at, next: line.next, closes: rest === '--' };
  }
}

const isLineEnd = (code: number): boolean => code === 10 || code === 13;

function beforeLineEnd(text: string, at: number, floor: number): number {
  let before = at;
  if (before > floor && text.charCodeAt(before - 1) === 10) before--;
  if (before > floor && text.charCodeAt(before - 1) === 13) before--;
  return before;
}

/** The boundary that the first line beginning with `--` names: for a multipart whose own header lost it. */
function firstBoundaryLine(text: string, from: number, end: number): string | null {
  const head = text.slice(from, Math.min(end, from + 4_096));
  return /(?:^|[\r\n])--([\w'()+,./:=?-]{1,70})[ \t]*(?=[\r\n])/.exec(head)?.[1] ?? null;
}
