// Decides whether a mail may leave: its final bytes must not hold the other party's whole address, in any decoding (R28).
// Called by NotificationService for every letter right before SMTP; the last line of defence, so it knows nothing of how letters are made.
import { isUtf8 } from 'node:buffer';
import { addressForms, folded } from './privacy-forms';
import { decodeEscapes, decodeEverything } from './privacy-decoders';

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
  private readonly base64Run: RegExp;
  private readonly readable: RegExp;

  constructor(
    private readonly needles: readonly string[],
    private readonly own: readonly string[],
    shortest: number,
  ) {
    // Four characters carry three bytes: nothing shorter can hold an address.
    this.base64Run = new RegExp(`[A-Za-z0-9+/_-]{${Math.floor((shortest * 4) / 3)},}`, 'g');
    this.readable = new RegExp(`[\\t\\r\\n\\x20-\\x7e]{${shortest},}`, 'g');
  }

  in(text: string, depth: number): boolean {
    if (this.seen.has(text)) return false;
    this.seen.add(text);
    if (this.standsIn(text)) return true;
    if (depth === 0) return false;
    // Both, because joining folded lines and dropping tags can glue letters to an address that stood alone before.
    return (
      this.in(decodeEscapes(text), depth - 1) || this.in(decodeEverything(text), depth - 1) || this.inBase64(text, depth - 1)
    );
  }

  /** Every run of the base64 alphabets, over line ends, read from each of the four positions it may begin at. */
  private inBase64(text: string, depth: number): boolean {
    const joined = text.includes('\n') ? text.replace(/\r?\n[ \t]*/g, '') : text;
    for (const [run] of joined.matchAll(this.base64Run)) {
      for (let from = 0; from < 4; from++) {
        const bytes = Buffer.from(from === 0 ? run : run.slice(from), 'base64');
        for (const decoded of this.readings(bytes)) {
          if (this.in(decoded, depth)) return true;
        }
      }
    }
    return false;
  }

  /** Real text as a whole; from what merely looked like base64, or began elsewhere, only the readable stretches. */
  private readings(bytes: Buffer): string[] {
    if (isUtf8(bytes)) return [bytes.toString('utf8')];
    const latin = bytes.toString('latin1');
    const wide = latin.includes('\0') ? [latin.replaceAll('\0', '')] : [];
    const loose = this.needles.some((needle) => needle.length !== Buffer.byteLength(needle)) ? [bytes.toString('utf8')] : [];
    return [...(latin.match(this.readable) ?? []), ...wide, ...loose];
  }

  private standsIn(text: string): boolean {
    const plain = folded(text);
    return this.needles.some((needle) => {
      for (let at = plain.indexOf(needle); at >= 0; at = plain.indexOf(needle, at + 1)) {
        if (isWhole(plain, at, at + needle.length) && !this.withinOwn(plain, at, needle)) return true;
      }
      return false;
    });
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

const isWhole = (plain: string, from: number, to: number): boolean => !(from > 0 && addressCharacter.test(before(plain, from))) && endsThere(plain, to);

// Of what RFC 5322 allows in a local part only these: quotes, slashes and the like stand around addresses far more often.
const addressCharacter = /[\p{L}\p{N}\p{M}._+-]$/u;
const before = (plain: string, at: number): string => plain.slice(Math.max(0, at - 2), at);

const furtherLabel = /^(?:[\p{L}\p{N}\p{M}-]|\.[\p{L}\p{N}])/u;
const endsThere = (plain: string, at: number): boolean => !furtherLabel.test(plain.slice(at, at + 3));
