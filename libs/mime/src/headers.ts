// Reads a header block: unfolds and decodes it, and keeps every readable field of a broken one.
// Called by mime/split.ts for each part and by mail.ts for what it needs of the top one.
import libmime from 'libmime';
import { textFrom } from './decode';

export interface Header {
  /** Lower case. */
  name: string;
  /** Unfolded and trimmed; encoded words are left as they stand. */
  value: string;
}

/** A structured value: `text/calendar; method=REPLY` → value and params, both as `parameterised` cleaned them. */
export interface ValueWithParameters {
  /** Lower case. */
  value: string;
  /** Names in lower case, RFC 2231 continuations joined and decoded. */
  params: Record<string, string>;
}

const maxHeaders = 1_000;
const maxValueChars = 16 * 1024;

/**
 * Where the line that begins at `from` ends, and where the next begins. Bare CR, bare LF, CRLF and CRCRLF all end a
 * line.
 */
export function lineAt(text: string, from: number, end: number): { end: number; next: number } {
  let at = from;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 10) return { end: at, next: at + 1 };
    if (code === 13) {
      if (text.charCodeAt(at + 1) === 10 && at + 1 < end) return { end: at, next: at + 2 };
      // Some SMTP relays convert CRLF twice.
      if (text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === 10 && at + 2 < end)
        return { end: at, next: at + 3 };
      return { end: at, next: at + 1 };
    }
    at++;
  }
  return { end, next: end };
}

const headerLine = /^([!-9;-~]{1,200}?)[ \t]*:(.*)$/s;

/**
 * Reads the header block that begins at `from` of a latin1 text, up to the first blank line. Lines that are no header
 * are left out; where there is no header at all, the body begins at once: `bodyAt` is `from`.
 */
export function readHeaders(
  text: string,
  from: number,
  end: number,
  faults: Set<string>,
): { headers: Header[]; bodyAt: number } {
  const { lines, bodyAt } = unfoldedBlock(text, from, end, faults);
  const headerLines = lines.filter((line) => headerLine.test(line.slice(0, 300)));
  // An mbox separator is no fault; another line without a colon is.
  const junk =
    headerLines.length < lines.length &&
    lines.some((line) => !headerLine.test(line.slice(0, 300)) && !/^>?From /.test(line));
  if (junk) faults.add('header-junk');
  return headerLines.length === 0 && junk
    ? { headers: [], bodyAt: from }
    : { headers: headerLines.map(parsed), bodyAt };
}

/** The lines up to the first blank one, continuations joined to theirs by one blank, within bounds. */
function unfoldedBlock(
  text: string,
  from: number,
  end: number,
  faults: Set<string>,
): { lines: string[]; bodyAt: number } {
  const lines: string[] = [];
  let at = from;
  while (at < end) {
    const line = lineAt(text, at, end);
    const content = text.slice(at, line.end);
    at = line.next;
    if (content.trim() === '') break;
    const before = /^[ \t]/.test(content) ? lines.at(-1) : undefined;
    if (before !== undefined && before.length + content.length < maxValueChars)
      lines[lines.length - 1] = `${before} ${content.trim()}`;
    else if (before !== undefined) faults.add('header-too-long');
    else if (lines.length < maxHeaders) lines.push(content.slice(0, maxValueChars));
    else faults.add('too-many-headers');
  }
  return { lines, bodyAt: at };
}

function parsed(line: string): Header {
  const [, name = '', given = ''] = headerLine.exec(line) ?? [];
  const value = isAscii.test(given) ? given : textFrom(Buffer.from(given, 'latin1'), null);
  return { name: name.toLowerCase(), value: value.replaceAll('\0', '').trim() };
}

const isAscii = /^[\x00-\x7f]*$/;

/** Decodes the encoded words of a header value (RFC 2047). Text that is none, or is broken, stays as it is. */
export function words(value: string): string {
  // libmime goes through the text five times.
  if (!value.includes('=?')) return value;
  try {
    return libmime.decodeWords(value);
  } catch {
    return value;
  }
}

const plainValue = /^[\w./+-]*$/;

/** Reads `value; name=value` (RFC 2045 5.1, RFC 2231) with comments left out. */
export function parameterised(value: string): ValueWithParameters {
  // `base64`, `text/plain`: nothing to take apart.
  if (plainValue.test(value)) return { value: value.toLowerCase(), params: {} };
  try {
    const read = libmime.parseHeaderValue(value, { stripComments: true });
    const entries = Object.entries(read.params).map(([name, each]) => [name, words(each)]);
    return { value: read.value.trim().toLowerCase(), params: Object.fromEntries(entries) as Record<string, string> };
  } catch {
    return { value: '', params: {} };
  }
}
