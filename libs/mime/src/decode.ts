// Decides how bytes become text and how transfer encodings come off, believing the bytes where a label contradicts them.
// Called by mime/split.ts, mime/headers.ts and whoever reads the text of a part.

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
const patient = new TextDecoder('utf-8');
const western = new TextDecoder('windows-1252');
/** Labels under which UTF-8 is commonly sent: the bytes tell better. */
const oftenWrong =
  /^(?:utf-?8|us-ascii|ascii|ansi_x3\.4-1968|iso-?8859-1|latin1|windows-1252|cp1252|unknown(?:-8bit)?|x-unknown|default|8bit|binary)$/;

/**
 * Bytes as text. A charset label is followed where the bytes allow it; bytes that are well-formed UTF-8 are UTF-8 under the labels
 * that are often wrong; anything else without a usable label is windows-1252. Never throws.
 */
export function textFrom(bytes: Buffer, charset: string | null): string {
  const label = (charset ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  if (label === '' || oftenWrong.test(label) || isSurelyUtf8(bytes, label)) return likelyText(bytes);
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return likelyText(bytes);
  }
}

/** Whether bytes under another label are UTF-8 all the same: text of that charset does not form valid sequences by chance this often. */
function isSurelyUtf8(bytes: Buffer, label: string): boolean {
  if (/^utf-?16|^utf-?32|^utf-7|^unicode|^iso-2022|^hz/.test(label)) return false;
  let wide = 0;
  for (const byte of bytes.subarray(0, 4_096)) if (byte > 0x7f) wide++;
  if (wide < 6) return false;
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function likelyText(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    const torn = patient.decode(bytes);
    return isMostlyUtf8(torn) ? torn : western.decode(bytes);
  }
}

/** A text cut or damaged at some places is still UTF-8: its whole characters far outnumber the broken ones. */
function isMostlyUtf8(text: string): boolean {
  let [whole, broken] = [0, 0];
  for (const character of text.slice(0, 16_384)) {
    if (character === '\ufffd') broken++;
    else if (character > '\u007f') whole++;
  }
  return whole >= 4 * broken;
}

/** Takes a transfer encoding off (RFC 2045 6). An unknown one leaves the bytes as they are; broken input loses only what is broken. */
export function transferDecoded(bytes: Buffer, encoding: string): Buffer {
  switch (encoding) {
    case 'base64':
      return Buffer.from(bytes.toString('latin1'), 'base64');
    case 'quoted-printable':
      return quotedPrintable(bytes);
    default:
      return bytes;
  }
}

/** A soft line break ends with CRLF, CR or LF alike, with or without blanks before it; an `=` that introduces nothing stays. */
function quotedPrintable(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== 0x3d) {
      out[length++] = byte;
      continue;
    }
    const high = hexDigit(bytes[at + 1]);
    const low = hexDigit(bytes[at + 2]);
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      at += 2;
      continue;
    }
    const after = softBreakEnd(bytes, at + 1);
    if (after < 0) out[length++] = byte;
    else at = after - 1;
  }
  return out.subarray(0, length);
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const upper = byte & 0xdf;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}

/** The index behind the line end of a soft break, or -1 where there is none. Looks over few blanks only, so that it stays linear. */
function softBreakEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (at < from + 80 && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  if (at >= bytes.length) return at;
  const length = lineEndLength(bytes, at);
  return length === 0 ? -1 : at + length;
}

/** CRCRLF, CRLF, CR, LF; 0 for no line end. */
function lineEndLength(bytes: Buffer, at: number): number {
  if (bytes[at] === 0x0a) return 1;
  if (bytes[at] !== 0x0d) return 0;
  if (bytes[at + 1] === 0x0a) return 2;
  return bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a ? 3 : 1;
}
