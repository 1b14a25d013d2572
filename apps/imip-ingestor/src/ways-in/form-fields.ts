// Reads the fields of a form as bytes: a raw mail in a field must come out as it went in, whatever its charsets.
// Called by the providers that post forms.
import { splitMessage } from '#mime';

/** Fields of `multipart/form-data` or `application/x-www-form-urlencoded`; the first of a name counts. Empty for anything else. */
export function formFields(contentType: string, body: Buffer): Map<string, Buffer> {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return urlencoded(body);
  return type === 'multipart/form-data' ? multipart(contentType, body) : new Map<string, Buffer>();
}

/** RFC 7578: each part is taken as it stands; one that is a mail itself is not taken apart. */
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

function urlencoded(body: Buffer): Map<string, Buffer> {
  const fields = new Map<string, Buffer>();
  for (const pair of body.toString('latin1').split('&').slice(0, 200)) {
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    const key = decoded(name).toString();
    if (!fields.has(key)) fields.set(key, decoded(value));
  }
  return fields;
}

function decoded(text: string): Buffer {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

export const fieldText = (fields: ReadonlyMap<string, Buffer>, name: string): string =>
  fields.get(name)?.toString('utf8').trim() ?? '';
