// Decides whether a mail may leave: its final bytes must not hold the other party's whole address, in any decoding (R28).
// Called by NotificationService for every letter right before SMTP; the last line of defence, so it knows nothing of how letters are made.
import { isUtf8 } from 'node:buffer';
import { addressForms, folded } from './privacy-forms';
import { decodeEscapes, joined } from './privacy-decoders';

/** How many encodings inside one another are taken apart. */
const deepest = 5;

/**
 * Whether `bytes` hold `address` as a whole address: no address character before it, no further label after it.
 * Looked for in the bytes as they are and under every nesting of base64, quoted-printable, percent, encoded words, HTML
 * entities and tags, ICS folding and escaping, in any case and with the domain in either IDN form.
 * `own` are addresses that may stand there (the reader's, the organizer's): a hit within one of them is none.
 */
export function holdsAddress(bytes: Buffer, address: string, own: readonly string[]): boolean {
  const needles = addressForms(address);
  const shortest = Math.min(...needles.map((needle) => Buffer.byteLength(needle)));
  const search = new Search(needles, own.flatMap(addressForms), shortest);
  return search.in(bytes.toString('utf8'), deepest) || (!isUtf8(bytes) && search.in(bytes.toString('latin1'), deepest));
}

class Search {
  private readonly seen = new Set<string>();
  private readonly leastRun: number;
  private readonly readable: RegExp;
  private readonly beyondAscii: boolean;

  constructor(
    private readonly needles: readonly string[],
    private readonly own: readonly string[],
    shortest: number,
  ) {
    // Four characters carry three bytes: nothing shorter can hold an address.
    this.leastRun = Math.max(4, Math.floor((shortest * 4) / 3));
    const least = `{${Math.max(1, shortest)},}`;
    this.readable = new RegExp(`[\\t\\r\\n\\x20-\\x7e]${least}|(?:[\\x20-\\x7e]\\0)${least}|(?:\\0[\\x20-\\x7e])${least}`, 'g');
    this.beyondAscii = needles.some((needle) => needle.length !== Buffer.byteLength(needle));
  }

  in(text: string, depth: number): boolean {
    if (this.seen.has(text)) return false;
    this.seen.add(text);
    if (this.standsIn(text)) return true;
    if (depth === 0) return false;
    // Each from the text as it is, because joining can glue letters to an address that stood alone before.
    return this.in(decodeEscapes(text), depth - 1) || this.in(joined(text), depth - 1) || this.inBase64(text, depth - 1);
  }

  /** Every run of the base64 alphabets, over line ends, read from each of the four positions it may begin at. */
  private inBase64(text: string, depth: number): boolean {
    for (const run of base64Runs(text, this.leastRun)) {
      if (this.seen.has(run)) continue;
      this.seen.add(run);
      for (let from = 0; from < 4; from++) {
        if (this.readings(Buffer.from(run.slice(from), 'base64')).some((decoded) => this.in(decoded, depth))) return true;
      }
    }
    return false;
  }

  /** Real text as a whole; of what merely looked like base64, or began elsewhere, only the readable stretches, UTF-16 included. */
  private readings(bytes: Buffer): string[] {
    const text = bytes.includes(0) ? null : wellFormed(bytes);
    if (text !== null) return [text];
    const stretches = (bytes.toString('latin1').match(this.readable) ?? []).map((stretch) => stretch.replaceAll('\0', ''));
    return this.beyondAscii ? [...stretches, bytes.toString('utf8')] : stretches;
  }

  private standsIn(text: string): boolean {
    for (const at of text.matchAll(atSign)) {
      const plain = folded(text.slice(Math.max(0, at.index - longestAddress), at.index + longestAddress));
      if (this.needles.some((needle) => this.standsWhole(plain, needle))) return true;
    }
    return false;
  }

  private standsWhole(plain: string, needle: string): boolean {
    for (let at = plain.indexOf(needle); at >= 0; at = plain.indexOf(needle, at + 1)) {
      if (isWhole(plain, at, at + needle.length) && !this.withinOwn(plain, at, needle)) return true;
    }
    return false;
  }

  private withinOwn(plain: string, at: number, needle: string): boolean {
    return this.own.some((mine) => {
      for (let inside = mine.indexOf(needle); inside >= 0; inside = mine.indexOf(needle, inside + 1)) {
        const from = at - inside;
        if (from >= 0 && plain.startsWith(mine, from) && endsThere(plain, from + mine.length)) return true;
      }
      return false;
    });
  }
}

/** With what `folded` folds into it. */
const atSign = /[@\uff20\ufe6b]/g;
/** RFC 5321 4.5.3.1 allows 320 octets; the rest is for characters nobody sees and for what stands around. */
const longestAddress = 400;

const isWhole = (plain: string, from: number, to: number): boolean => !(from > 0 && addressCharacter.test(before(plain, from))) && endsThere(plain, to);

// Of what RFC 5322 allows in a local part only these: quotes, slashes and the like stand around addresses far more often.
const addressCharacter = /[\p{L}\p{N}\p{M}._+-]$/u;
const before = (plain: string, at: number): string => plain.slice(Math.max(0, at - 2), at);

const furtherLabel = /^(?:[\p{L}\p{N}\p{M}-]|\.[\p{L}\p{N}])/u;
const endsThere = (plain: string, at: number): boolean => !furtherLabel.test(plain.slice(at, at + 3));

/** The bytes as text if they are UTF-8; up to three at the end may belong to what followed the base64. */
function wellFormed(bytes: Buffer): string | null {
  for (let cut = 0; cut <= 3 && cut < bytes.length; cut++) {
    const head = bytes.subarray(0, bytes.length - cut);
    if (isUtf8(head)) return head.toString('utf8');
  }
  return null;
}

/** Runs of at least `least` characters of either base64 alphabet; a single line end with blanks after it does not end one. */
function* base64Runs(text: string, least: number): Generator<string> {
  const whole = text.includes('\n') ? text.replace(/(?<!\n\r?)\r?\n(?![\r\n])[ \t]*/g, '') : text;
  // A run that long covers one of these positions: everything between them need not be looked at.
  for (let at = least - 1; at < whole.length; at += least) {
    if (!inBase64(whole, at)) continue;
    let from = at;
    while (from > 0 && inBase64(whole, from - 1)) from -= 1;
    let to = at + 1;
    while (to < whole.length && inBase64(whole, to)) to += 1;
    if (to - from >= least) yield whole.slice(from, to);
    at += Math.floor((to - at) / least) * least;
  }
}

const alphabet = new Set(Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_', (character) => character.charCodeAt(0)));
const inBase64 = (text: string, at: number): boolean => alphabet.has(text.charCodeAt(at));
