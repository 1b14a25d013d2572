// Decides whether bytes contain an address, in any decoding (R28): the final bytes of a mail, or a text that both
// parties would get.
// Called by notification-sender right before SMTP, as the last check, and by scheduling-api before such a text is
// stored.
import { isUtf8 } from 'node:buffer';
import { personKey } from '#contracts';
import { addressForms, folded } from './address-forms';
import { base64Runs, bytesReader } from './base64-runs';
import { decodeEscapes, joined } from './decoders';

/** How many nested encodings are decoded. */
const deepest = 5;

/**
 * Whether `bytes` contain `address` as a whole address: no address character before it, no further label after it.
 * Looked for in the bytes as they are and under every nesting of base64, quoted-printable, percent, encoded words, HTML
 * entities and tags, ICS folding and escaping, in any case and with the domain in either IDN form.
 * `own` are addresses that may stand there (the reader's, the organizer's): a hit within one of them is none.
 */
export function holdsAddress(bytes: Buffer, address: string, own: readonly string[]): boolean {
  const search = new Search(addressForms(address), own.flatMap(addressForms), null);
  return search.in([...apart(bytes.toString('utf8')), ...(isUtf8(bytes) ? [] : [bytes.toString('latin1')])]);
}

/**
 * Whether one of the texts names the person of an address: contains it as `holdsAddress` finds it, or in another
 * spelling that `personKey` takes for the same.
 */
export const namesPerson = (texts: string[], address: string): boolean =>
  new Search(addressForms(address), [], personKey(address)).in(texts);

/**
 * Whole base64 bodies beside the rest, decoded where they are text: nothing but base64 can hide in them, and every
 * reader begins at their beginning.
 */
function apart(text: string): string[] {
  const bodies = new Set<string>();
  let rest = '';
  let from = 0;
  // From blank line to blank line: an expression that looks for one at every character takes ten times as long.
  for (let at = text.indexOf(blankLine); at >= 0; at = text.indexOf(blankLine, at)) {
    at += blankLine.length;
    base64Body.lastIndex = at;
    const [body] = base64Body.exec(text) ?? [];
    // The second line end of a blank line may be the first one of the next.
    if (body === undefined) at -= 2;
    else {
      const bytes = Buffer.from(body, 'base64');
      bodies.add(isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : body);
      rest += text.slice(from, at);
      from = at += body.length;
    }
  }
  return [rest + text.slice(from), ...bodies];
}

const blankLine = '\r\n\r\n';
const base64Body = /(?:[A-Za-z0-9+/]{1,998}\r\n){3,}[A-Za-z0-9+/]{0,998}={0,2}(?=\r\n--)/y;

class Search {
  /** By length: a hash of every text costs more than to compare the few that are as long. */
  private readonly seen = new Map<number, string[]>();
  private readonly runs = new Set<string>();
  private readonly checked = new Set<string>();
  private readonly leastRun: number;
  /**
   * Up to which character code a character ends what may be an address: only one that is misread (`a%20b@…`) goes
   * over a blank.
   */
  private readonly blank: number;
  private readonly read: (bytes: Buffer) => string[];

  constructor(
    private readonly needles: readonly string[],
    private readonly own: readonly string[],
    /** An additional address to search for, where it is given. */
    private readonly person: string | null,
  ) {
    const shortest = Math.min(...needles.map((needle) => Buffer.byteLength(needle)));
    this.blank = needles.some((needle) => /[\0-\x20]/.test(needle)) ? -1 : 0x20;
    // Four characters carry three bytes: nothing shorter can contain an address.
    this.leastRun = Math.max(4, Math.floor((shortest * 4) / 3));
    this.read = bytesReader(
      shortest,
      needles.some((needle) => needle.length !== Buffer.byteLength(needle)),
    );
  }

  /** Layer by layer, so that what can be reached in several ways is seen first with the fewest taken off. */
  in(texts: string[]): boolean {
    let layer = texts;
    for (let depth = 0; depth <= deepest; depth++) {
      const fresh = layer.filter((text) => this.isNew(text));
      if (fresh.some((text) => this.standsIn(text))) return true;
      // Each from the text as it is, because joining can glue letters to an address that stood alone before.
      layer = fresh.flatMap((text) => [decodeEscapes(text), joined(text), ...this.fromBase64(text)]);
    }
    return false;
  }

  private isNew(text: string): boolean {
    const seen = this.seen.get(text.length);
    if (seen?.includes(text)) return false;
    if (seen) seen.push(text);
    else this.seen.set(text.length, [text]);
    return true;
  }

  /** Every run of the base64 alphabets, over line ends, read from each of the four positions it may begin at. */
  private fromBase64(text: string): string[] {
    return base64Runs(text, this.leastRun, this.runs).flatMap((run) =>
      [0, 1, 2, 3].flatMap((from) => this.read(Buffer.from(run.slice(from), 'base64'))),
    );
  }

  private standsIn(text: string): boolean {
    for (const at of atSigns(text)) {
      const word = text.slice(edge(text, at, -1, this.blank), edge(text, at, 1, this.blank));
      // Most of a text is the same with a layer less.
      if (this.checked.has(word)) continue;
      const plain = folded(word);
      if (!this.needles.some((needle) => plain.includes(needle))) this.checked.add(word);
      // The reader's own address may go on behind a fold.
      else if (this.standsWholeIn(folded(text.slice(Math.max(0, at - longestAddress), at + longestAddress))))
        return true;
      if (this.isSpeltIn(plain)) return true;
    }
    return false;
  }

  private standsWholeIn(plain: string): boolean {
    return this.needles.some((needle) => this.standsWhole(plain, needle));
  }

  private isSpeltIn(plain: string): boolean {
    return (
      this.person !== null && [...plain.matchAll(spelling)].some(([address]) => personKey(address) === this.person)
    );
  }

  private standsWhole(plain: string, needle: string): boolean {
    for (let at = plain.indexOf(needle); at >= 0; at = plain.indexOf(needle, at + 1)) {
      if (isWhole(plain, at, at + needle.length) && !this.withinOwn(plain, at, needle)) return true;
    }
    return false;
  }

  /** An address of the reader's own may be folded right where the other's begins or ends in it. */
  private withinOwn(plain: string, at: number, needle: string): boolean {
    const head = unfolded(plain.slice(0, at));
    const tail = unfolded(plain.slice(at + needle.length));
    return this.own.some((mine) => {
      for (let inside = mine.indexOf(needle); inside >= 0; inside = mine.indexOf(needle, inside + 1)) {
        const rest = mine.slice(inside + needle.length);
        if (head.endsWith(mine.slice(0, inside)) && tail.startsWith(rest) && endsThere(tail, rest.length)) return true;
      }
      return false;
    });
  }
}

const unfolded = (text: string): string => text.replace(/=[ \t]*\r?\n|\r?\n[ \t]/g, '');

/**
 * Where the blanks or the length of an address end what stands around an `at` in a text: before it (`step` -1) or
 * behind it (1).
 */
function edge(text: string, at: number, step: -1 | 1, blank: number): number {
  let here = at;
  while (Math.abs(here - at) < longestAddress && text.charCodeAt(here + step) > blank) here += step;
  return step === 1 ? here + 1 : here;
}

/**
 * With what `folded` folds into it. Sign by sign: the engine finds one character many times faster than one of several,
 * and a text without such a character at once.
 */
function atSigns(text: string): number[] {
  const found: number[] = [];
  for (const sign of ['@', '\uff20', '\ufe6b'])
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) found.push(at);
  return found;
}
/** RFC 5321 4.5.3.1 allows 320 octets; the rest is for characters nobody sees and for what stands around. */
const longestAddress = 400;

/** What may stand around an address in a link or a sentence is no part of it. */
const spelling = /[\p{L}\p{N}][\p{L}\p{N}\p{M}._%+-]{0,63}@[\p{L}\p{N}\p{M}.-]{0,253}[\p{L}\p{N}\p{M}]/gu;

const isWhole = (plain: string, from: number, to: number): boolean =>
  !(from > 0 && addressCharacter.test(before(plain, from))) && endsThere(plain, to);

// Of what RFC 5322 allows in a local part only these: quotes, slashes and the like stand around addresses far more
// often.
const addressCharacter = /[\p{L}\p{N}\p{M}._+-]$/u;
const before = (plain: string, at: number): string => plain.slice(Math.max(0, at - 2), at);

const furtherLabel = /^(?:[\p{L}\p{N}\p{M}-]|\.[\p{L}\p{N}])/u;
const endsThere = (plain: string, at: number): boolean => !furtherLabel.test(plain.slice(at, at + 3));
