// Removes a transfer encoding (RFC 2045 6): by its label where the bytes allow that, else by the bytes.
// Called by split.ts for every part. Relays and small clients lose or swap the label; the bytes do not change with it.
import { isPossibleText } from './decode';

/** What a part must contain for its bytes to make sense; `data`: anything. */
export type ExpectedContent = 'calendar' | 'text' | 'data';

export interface TransferDecoded {
  body: Buffer;
  /** The label contradicted the bytes. */
  mislabelled: boolean;
}

/** An encoding may have been applied twice, the second time by an SMTP relay after the label was lost. */
const maxLayers = 2;
/** Shorter runs of the base64 alphabet are words that people write. */
const shortestBase64 = 16;

/**
 * Takes a transfer encoding off. `label` in lower case, as Content-Transfer-Encoding names it; `charset` as
 * Content-Type names it, or null. Never throws; broken input loses only what is broken, and bytes under an unknown
 * label stay as they are.
 */
export function transferDecoded(
  bytes: Buffer,
  label: string,
  expected: ExpectedContent,
  charset: string | null,
): TransferDecoded {
  const labelled = asLabelled(bytes, label, expected, charset);
  let body = labelled ?? bytes;
  if (expected === 'data') return { body, mislabelled: labelled === null };
  let layers = 0;
  for (; layers < maxLayers; layers++) {
    const inner = asTheyLook(body, expected, charset);
    if (inner === null) break;
    body = inner;
  }
  return { body, mislabelled: labelled === null || layers > 0 };
}

/** The bytes without the encoding that their label names; null where they are not in it. */
function asLabelled(bytes: Buffer, label: string, expected: ExpectedContent, charset: string | null): Buffer | null {
  if (label === 'base64') return labelledBase64(bytes, expected, charset);
  if (label !== 'quoted-printable') return bytes;
  const isRaw = isRawUnderQuotedPrintable(escapesIn(bytes.toString('latin1')), expected);
  return isRaw ? null : quotedPrintableDecoded(bytes);
}

function labelledBase64(bytes: Buffer, expected: ExpectedContent, charset: string | null): Buffer | null {
  const text = bytes.toString('latin1');
  const run = base64Run(text);
  // `=3D` is quoted-printable's padding.
  if (text.trim() !== '' && (run === 0 || /=3D/i.test(text))) return null;
  const decoded = base64Decoded(text.slice(0, run));
  if (expected === 'data' || isExpected(decoded, expected, charset)) return decoded;
  // One word, or the soft breaks of quoted-printable, look like base64 with its padding.
  const isOther = lengthOf(text.slice(0, run)) < shortestBase64 || isQuotedPrintable(escapesIn(text));
  return isOther ? null : decoded;
}

/** The bytes without an encoding that nobody named; null where they do not look encoded. */
function asTheyLook(bytes: Buffer, expected: 'calendar' | 'text', charset: string | null): Buffer | null {
  const text = bytes.toString('latin1');
  const escapes = escapesIn(text);
  const quoted = isQuotedPrintable(escapes) ? quotedPrintableDecoded(bytes) : null;
  const decoded = isBase64(text) ? base64Decoded(text.slice(0, base64Run(text))) : null;
  // Soft breaks look like padding, so base64 within quoted-printable looks like base64 down to a footer.
  const candidates = escapes.soft > 1 || escapes.equals > 0 ? [quoted, decoded] : [decoded, quoted];
  return candidates.find((each) => each !== null && isExpected(each, expected, charset)) ?? null;
}

/** Whether bytes are what the part must contain, or that in one more encoding. */
function isExpected(bytes: Buffer, expected: 'calendar' | 'text', charset: string | null): boolean {
  if (!isPossibleText(bytes, charset) && !isPossibleText(bytes, null)) return false;
  if (expected === 'text') return true;
  const text = bytes.toString('latin1');
  return /BEGIN:VCALENDAR/i.test(text) || isBase64(text) || isQuotedPrintable(escapesIn(text));
}

/** Whether a text is base64 through and through, or down to a footer; nobody writes so long a word. */
function isBase64(text: string): boolean {
  const run = base64Run(text);
  const length = run === 0 ? 0 : lengthOf(text.slice(0, run));
  return length >= shortestBase64 && length % 4 !== 1 && isAllOf(text, run);
}

const lengthOf = (run: string): number => run.replace(/[\s=]+/g, '').length;

/**
 * How far a text consists of lines of base64 and blank ones, from its beginning: list software puts footers below in
 * plain text. Two searches instead of a walk over the lines, which ten mebibytes of line ends make long.
 */
function base64Run(text: string): number {
  const foreign = text.search(/[^A-Za-z0-9+/=\s]/);
  const encoded = foreign < 0 ? text : text.slice(0, foreign);
  const sentence = encoded.search(/[A-Za-z0-9+/=][ \t]+[A-Za-z0-9+/=]/);
  const end = sentence < 0 ? encoded.length : sentence;
  if (end === text.length) return text.trim() === '' ? 0 : end;
  const lineStart = Math.max(text.lastIndexOf('\n', end - 1), text.lastIndexOf('\r', end - 1)) + 1;
  return end === 0 || text.slice(0, lineStart).trim() === '' ? 0 : lineStart;
}

/** Nothing follows, or what follows stands behind the padding or a blank line. */
const isAllOf = (text: string, run: number): boolean =>
  run >= text.trimEnd().length || /(?:=\s*|(?:\r?\n|\r){2})$/.test(text.slice(Math.max(0, run - 8), run));

/** Some encoders pad every block of their own; Node stops at the first. */
const base64Decoded = (run: string): Buffer =>
  /=\s*[A-Za-z0-9+/]/.test(run)
    ? Buffer.concat(run.split(/=+/).map((block) => Buffer.from(block, 'base64')))
    : Buffer.from(run, 'base64');

/** An encoding shows in as much as this; the rest is in the same. */
const sampleChars = 64 * 1024;

/** What follows the equals signs of a text. */
interface Escapes {
  /** `=3D`: an equals sign, as quoted-printable must write it. */
  equals: number;
  /** `=C3` and the like: bytes beyond ASCII. */
  high: number;
  /** Any other pair of hexadecimal digits. */
  other: number;
  /** `=` at the end of a line. */
  breaks: number;
  /** Of those, at the end of a line that is as long as encoders make them. */
  soft: number;
  /** Blanks written as `=20` at the end of a line, where quoted-printable must. */
  endBlanks: number;
  /** Equals signs without a meaning in quoted-printable. */
  bare: number;
  /** A parameter of iCalendar whose value is not escaped: `;PARTSTAT=ACCEPTED`. */
  parameters: number;
}

const unescapedValue = /^(?!3d|[ \t\r\n])/i;

function escapesIn(whole: string): Escapes {
  const text = whole.slice(0, sampleChars);
  const found: Escapes = {
    equals: 0,
    high: 0,
    other: 0,
    breaks: 0,
    soft: 0,
    endBlanks: 0,
    bare: 0,
    parameters: 0,
  };
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
    const following = text.slice(at + 1, at + 24);
    const kind = meanings.find(([, pattern]) => pattern.test(following))?.[0] ?? 'bare';
    found[kind]++;
    if (kind === 'breaks' && /^[^\r\n]{60}/.test(text.slice(Math.max(0, at - 60), at))) found.soft++;
    if (unescapedValue.test(following) && /;[A-Za-z-]{2,20}$/.test(text.slice(Math.max(0, at - 21), at)))
      found.parameters++;
  }
  return found;
}

/** What may follow an equals sign, the first that fits; blanks behind a soft break are a relay's. */
const meanings: [kind: keyof Escapes, pattern: RegExp][] = [
  ['breaks', /^(?:$|[ \t]{0,20}[\r\n])/],
  ['equals', /^3d/i],
  ['high', /^[89a-f][0-9a-f]/i],
  ['endBlanks', /^(?:20|09)[\r\n]/],
  ['other', /^[0-9a-f]{2}/i],
];

/** Text that was never encoded, under the label quoted-printable: its own equals signs are not escaped. */
const isRawUnderQuotedPrintable = (escapes: Escapes, expected: ExpectedContent): boolean =>
  escapes.equals === 0 &&
  ((expected === 'calendar' && escapes.parameters > 0) ||
    (escapes.bare > 0 && escapes.breaks === 0 && escapes.bare >= escapes.high + escapes.other));

/** Quoted-printable without the label: every equals sign means something in it, and one of them what nobody writes. */
const isQuotedPrintable = (escapes: Escapes): boolean =>
  escapes.bare === 0 &&
  escapes.parameters === 0 &&
  (escapes.equals > 0 || escapes.high > 0 || escapes.soft > 0 || escapes.endBlanks > 0);

/**
 * A soft line break ends with CRLF, CR or LF alike, with or without blanks before it; an `=` that introduces nothing
 * stays.
 */
function quotedPrintableDecoded(bytes: Buffer): Buffer {
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

/**
 * The index behind the line end of a soft break, or -1 where there is none. Looks over few blanks only, so that it
 * stays linear.
 */
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
