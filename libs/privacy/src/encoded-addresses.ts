// Finds the stretches of a text that contain a mail address once they are decoded: base64 and hexadecimal, also over
// blanks and line ends.
// Called by strip-addresses.ts. A function of the text alone: what it finds never depends on whose address it is.
import { decodeEscapes } from './decoders';

/** From the first character to behind the last one. */
export type Span = [from: number, to: number];

/** Encodings inside one another that are taken apart. */
const deepest = 3;

// With a top level, so that words which happen to decode to something hardly ever look like it (about 1 in 10 million
// bytes).
const address =
  /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?:xn--[a-z0-9-]{1,59}|\p{L}{2,63})/u;
const everyAddress = new RegExp(address, 'gu');

/** a@b.co takes eight characters. */
const shortestBase64 = 8;
/** One byte in hexadecimal as notes, programs and quoted-printable write it; `a@b.co` takes six of them. */
const hexRun = /(?:(?:0x|\\x|\\u00|&#x|%|=)?[0-9a-f]{2}[\s:,;]?){6,}/gi;

/**
 * Stretches of `text` whose decoding contains an address with a top level. Linear in the length for each of a fixed
 * number of layers.
 */
export const encodedAddresses = (text: string, depth = deepest): Span[] => [
  ...base64Words(text, depth),
  ...base64OverBlanks(text),
  ...hexAddresses(text, depth),
];

/**
 * A run may begin with characters that do not belong to it, so each of the four ways to group its characters is tried.
 */
const groupings = [0, 1, 2, 3];

function base64Words(text: string, depth: number): Span[] {
  return [...text.matchAll(/[A-Za-z0-9+/_-]{8,}/g)].flatMap(({ 0: run, index }): Span[] =>
    groupings.some((skipped) => holds(Buffer.from(run.slice(skipped), 'base64'), depth))
      ? [[index, index + run.length]]
      : [],
  );
}

/**
 * Base64 that was broken into words: only the words that the address lies in, since prose around it looks like base64
 * too.
 */
function base64OverBlanks(text: string): Span[] {
  return [...text.matchAll(/[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|\s)*/g)].flatMap(({ 0: stretch, index }) => {
    const places = [...stretch.matchAll(/\S/g)].map((sign) => index + sign.index);
    const signs = stretch.replace(/\s/g, '');
    if (signs.length < shortestBase64 || signs.length === stretch.length) return [];
    return groupings.flatMap((skipped) => {
      // One character a byte, so that a byte's place tells its characters' places: four characters are three bytes.
      const decoded = Buffer.from(signs.slice(skipped), 'base64').toString('latin1');
      return [...decoded.matchAll(everyAddress)].map(({ 0: found, index: byte }): Span => {
        const place = (at: number): number => places[skipped + Math.floor((at * 4) / 3)] ?? index;
        return [place(byte), place(byte + found.length - 1) + 1];
      });
    });
  });
}

function hexAddresses(text: string, depth: number): Span[] {
  return [...text.matchAll(hexRun)].flatMap(({ 0: run, index }): Span[] => {
    const digits = run.replace(/0x|\\x|\\u00|&#x|[^0-9a-f]/gi, '');
    const grouped = [digits, digits.slice(1)].map((each) => Buffer.from(each.slice(0, each.length & ~1), 'hex'));
    return grouped.some((bytes) => holds(bytes, depth)) ? [[index, index + run.trimEnd().length]] : [];
  });
}

/**
 * Whether bytes contain an address as they are, under escapes, or under another encoding. UTF-16 of Latin letters is
 * every other byte NUL.
 */
function holds(bytes: Buffer, depth: number): boolean {
  const text = bytes.toString('utf8').replaceAll('\0', '');
  if (address.test(text) || address.test(decodeEscapes(text))) return true;
  return depth > 1 && encodedAddresses(text, depth - 1).length > 0;
}
