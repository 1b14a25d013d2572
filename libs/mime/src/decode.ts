// Decodes bytes as text; where a charset label contradicts the bytes, the bytes decide.
// Called by transfer.ts, headers.ts and whoever reads the text of a part.

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
const lenient = new TextDecoder('utf-8');
const western = new TextDecoder('windows-1252');
/** Labels under which UTF-8 is often sent: the bytes are more reliable. */
const oftenWrong =
  /^(?:utf-?8|us-ascii|ascii|ansi_x3\.4-1968|iso-?8859-1|latin1|windows-1252|cp1252|unknown(?:-8bit)?|x-unknown|default|8bit|binary)$/;

/**
 * Text as a column of Postgres can contain it: without NUL, which its text does not take, and without lone surrogates,
 * which its encoding does not.
 */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/**
 * Bytes as text. A charset label is followed where the bytes allow it; bytes that are well-formed UTF-8 are UTF-8 under
 * the labels that are often wrong; anything else without a usable label is windows-1252. Never throws.
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

/**
 * Whether bytes under another label are UTF-8 all the same: text of that charset does not form valid sequences by
 * chance this often.
 */
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
    const broken = lenient.decode(bytes);
    return isMostlyUtf8(broken) ? broken : western.decode(bytes);
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

/** Control characters that no text contains; escape is part of ISO-2022. */
const impossible = /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/;

/**
 * Whether bytes can be a text: well-formed in their charset, or in UTF-8 where the label is one of those that are often
 * wrong, and without control characters. The first 16 KiB are looked at.
 */
export function isPossibleText(bytes: Buffer, charset: string | null): boolean {
  const whole = bytes.length <= sampleBytes;
  const sample = bytes.subarray(0, sampleBytes);
  const label = (charset ?? '').trim().toLowerCase();
  try {
    const decoder = new TextDecoder(label === '' || oftenWrong.test(label) ? 'utf-8' : label, { fatal: true });
    // A sample may end inside a character.
    return !impossible.test(decoder.decode(sample, { stream: !whole }));
  } catch {
    return false;
  }
}

const sampleBytes = 16 * 1024;
