// Writes MIME the way clients do, down to the encodings and which parameters they leave out.
// Called by each client's file.
import libmime from 'libmime';

export type Encoding = '7bit' | '8bit' | 'base64' | 'quoted-printable';

/** Headers in order; a null value leaves the header out. */
export type Headers = [name: string, value: string | null][];

/** One leaf, with its blank line, without a delimiter. */
export function leaf(contentType: string, encoding: Encoding, content: string | Buffer, more: Headers = []): string {
  const bytes = Buffer.from(content);
  return `${headerText([['Content-Type', contentType], ...more, ['Content-Transfer-Encoding', encoding]])}\r\n${encoded(bytes, encoding)}`;
}

export function multipart(subtype: string, boundary: string, parts: string[]): string {
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return `${headerText([['Content-Type', `multipart/${subtype}; boundary="${boundary}"`]])}\r\n${body}--${boundary}--\r\n`;
}

/** Joins a header block and a body made by `leaf` or `multipart`. Bytes are UTF-8. */
export const message = (headers: Headers, body: string): Buffer =>
  Buffer.from(headerText([...headers, ['MIME-Version', '1.0']]) + body);

const headerText = (headers: Headers): string =>
  headers.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}\r\n`])).join('');

function encoded(bytes: Buffer, encoding: Encoding): string {
  switch (encoding) {
    case 'base64':
      return bytes.toString('base64').replaceAll(/.{76}/g, '$&\r\n');
    case 'quoted-printable':
      return quotedPrintable(bytes);
    default:
      return bytes.toString('utf8');
  }
}

function quotedPrintable(bytes: Buffer): string {
  const lines = bytes
    .toString('latin1')
    .split('\r\n')
    .map((line) => {
      const octets = Array.from(line, (letter, at) => {
        const code = letter.charCodeAt(0);
        const plain = (code > 32 && code < 127 && code !== 61) || (code === 32 && at < line.length - 1);
        return plain ? letter : `=${code.toString(16).toUpperCase().padStart(2, '0')}`;
      });
      let out = '';
      let column = 0;
      for (const octet of octets) {
        if (column + octet.length > 75) {
          out += '=\r\n';
          column = 0;
        }
        out += octet;
        column += octet.length;
      }
      return out;
    });
  return lines.join('\r\n');
}

/** A header text with encoded words where it is not ASCII (RFC 2047). */
export const words = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : libmime.encodeWords(text, 'B', 52);

/** `Tue, 01 Dec 2026 09:00:00 +0000` */
export const rfc5322Date = (instant: Date): string => instant.toUTCString().replace('GMT', '+0000');

/**
 * A name as the phrase of an address: an atom or a quoted string where it is ASCII, else encoded words alone, which must
 * not stand in quotes (RFC 2047 5). The shorter encoding, as Thunderbird and Gnus choose.
 */
export function phrase(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) {
    return /[",.:;<>@()[\]\\]/.test(name) ? `"${name.replaceAll(/["\\]/g, '\\$&')}"` : name;
  }
  const [base64, quoted] = [encodedWord(name, 'B'), encodedWord(name, 'Q')];
  return quoted.length < base64.length ? quoted : base64;
}

/** All of a text in one encoded word, or several of 75 characters at most (RFC 2047 2). */
export const encodedWord = (text: string, encoding: 'B' | 'Q'): string => libmime.encodeWord(text, encoding, 75);

/**
 * `Ann Bell <ann@example.org>`, or the bare address where there is no name. `written`: the name as this program writes a
 * phrase.
 */
export const mailbox = (name: string | null, address: string, written: (name: string) => string = phrase): string =>
  name === null || name === '' || name === address ? address : `${written(name)} <${address}>`;
