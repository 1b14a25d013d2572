// How text becomes the ASCII of a mail: base64 lines, quoted-printable lines, encoded words of headers.
// Called by mime.ts alone.

/** UTF-8 of the text as base64 in lines of 76 characters (RFC 2045 6.8), CRLF between, none at the end. */
export function base64Lines(text: string): string {
  const encoded = Buffer.from(text).toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < encoded.length; at += 76) lines.push(encoded.slice(at, at + 76));
  return lines.join('\r\n');
}

const longest = 76;

/** One line (without its line end) in quoted-printable, soft-wrapped so that none is longer than 76 (RFC 2045 6.7). */
export function quotedPrintable(line: string): string {
  if (line.length < longest && /^[\t\x20-\x3c\x3e-\x7e]*$/.test(line) && !/[\t ]$/.test(line)) return line;
  const bytes = Buffer.from(line);
  const last = bytes.length - 1;
  let out = '';
  let column = 0;
  for (let at = 0; at <= last; at++) {
    const byte = bytes[at] ?? 0;
    const piece = (literal(byte, at === last) ? literals[byte] : escapes[byte]) ?? '';
    // One column stays free for the `=` of a soft break.
    if (column + piece.length > longest - 1) {
      out += '=\r\n';
      column = 0;
    }
    out += piece;
    column += piece.length;
  }
  return out;
}

const literals = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));
const escapes = literals.map((_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`);

/** Blanks are literal, but not at the end of a line: relays cut them there. */
const literal = (byte: number, last: boolean): boolean =>
  (byte >= 0x21 && byte <= 0x7e && byte !== 0x3d) || ((byte === 0x20 || byte === 0x09) && !last);

/** So many bytes of UTF-8 make an encoded word that fits a line of 76 after `Subject: ` or `Reply-To: `. */
const bytesInAWord = 36;

/**
 * The text as encoded words of UTF-8 in base64, folded between them, none ending inside a character (RFC 2047 2 and
 * 5).
 */
export function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  let size = 0;
  for (const character of text) {
    const width = Buffer.byteLength(character);
    if (size + width > bytesInAWord) {
      words.push(word);
      word = '';
      size = 0;
    }
    word += character;
    size += width;
  }
  words.push(word);
  return words.map((each) => `=?utf-8?B?${Buffer.from(each).toString('base64')}?=`).join('\r\n ');
}
