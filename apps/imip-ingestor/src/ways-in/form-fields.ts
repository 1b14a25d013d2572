// Reads the fields of a form as bytes: a raw mail in a field must stay unchanged, whatever its charsets.
// Called by the providers that post forms.
import { splitMessage } from '#mime';

/** Values by the names of the fields. */
export interface FormFields {
  has(name: string): boolean;
  get(name: string): Buffer | undefined;
}

/**
 * Fields of `multipart/form-data` or `application/x-www-form-urlencoded`; the first of a name counts. Empty for
 * anything else.
 */
export function formFields(contentType: string, body: Buffer): FormFields {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return urlencoded(body);
  return type === 'multipart/form-data' ? multipart(contentType, body) : new Map<string, Buffer>();
}

/** RFC 7578: each part is kept unchanged; one that is a mail itself is not parsed. */
function multipart(contentType: string, body: Buffer): Map<string, Buffer> {
  const head = Buffer.from(`Content-Type: ${contentType.replaceAll(/[\r\n]/g, ' ')}\r\n\r\n`, 'latin1');
  const root = splitMessage(Buffer.concat([head, body]), { maxParts: 60, maxDepth: 1 }, new Set());
  const fields = new Map<string, Buffer>();
  for (const part of root.children) {
    const disposition = part.headers.find(({ name }) => name === 'content-disposition')?.value ?? '';
    const name = /;\s*name="([^"]*)"|;\s*name=([^;\s]+)/i.exec(disposition);
    const key = name?.[1] ?? name?.[2];
    if (key !== undefined && !fields.has(key)) fields.set(key, part.body);
  }
  return fields;
}

/**
 * WHATWG URL, 5.1, on bytes. A value is decoded only when it is used, because the sender is authenticated by the short
 * fields first.
 */
function urlencoded(body: Buffer): FormFields {
  const values = new Map<string, Buffer>();
  for (let [from, count] = [0, 0]; from < body.length && count < mostFields; count += 1) {
    const to = endOf(body, ampersand, from, body.length);
    const equals = endOf(body, equalsSign, from, to);
    const key = decoded(body.subarray(from, Math.min(equals, from + longestName))).toString();
    if (!values.has(key)) values.set(key, body.subarray(Math.min(equals + 1, to), to));
    from = to + 1;
  }
  return {
    has: (name) => values.has(name),
    get: (name) => {
      const value = values.get(name);
      return value && decoded(value);
    },
  };
}

const longestName = 300;
const mostFields = 200;
const [ampersand, equalsSign, plus, percent, blank] = [0x26, 0x3d, 0x2b, 0x25, 0x20];

/** The index of the first `byte` from `from` on, or `to`. */
function endOf(bytes: Buffer, byte: number, from: number, to: number): number {
  const at = bytes.subarray(from, to).indexOf(byte);
  return at < 0 ? to : from + at;
}

function decoded(text: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    const value = byte === percent ? hexDigit(text[at + 1]) * 16 + hexDigit(text[at + 2]) : Number.NaN;
    if (!Number.isNaN(value)) at += 2;
    bytes[length] = Number.isNaN(value) ? (byte === plus ? blank : byte) : value;
    length += 1;
  }
  return bytes.subarray(0, length);
}

/** NaN for any other character. */
function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return Number.NaN;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : Number.NaN;
}

export const fieldText = (fields: FormFields, name: string): string => fields.get(name)?.toString('utf8').trim() ?? '';
