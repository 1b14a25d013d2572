// Finds what may be base64 in a text, and reads its bytes as text as far as they are any.
// Called by holds-address.ts. An address may sit anywhere in such a run, and anything may stand right before and
// after the run.
import { isUtf8 } from 'node:buffer';
import { seam, stretches } from './base64-stretches';

/**
 * Stretches of at least `least` characters of either base64 alphabet, over single line ends; none that was found
 * before: `known` keeps what was.
 */
export function base64Runs(text: string, least: number, known: Set<string>): string[] {
  const isNew = (run: string) => !known.has(run) && known.add(run);
  const fresh = stretches(text, least).filter(isNew);
  return fresh.flatMap((stretch) =>
    stretch.includes(seam) ? [...blocks(stretch.split(seam), least)].filter(isNew) : [stretch],
  );
}

/**
 * Base64 over several lines: lines of one length, a shorter one after them, and before them what is left of the line it
 * begins on. The first and the last may as well be words of a text, so each is tried with and without. Not so where the
 * lines are such as mails have: cut in the middle, a longer address of the reader's own could read like the other's.
 */
function* blocks(lines: string[], least: number): Generator<string> {
  let taken = 0;
  for (let from = 0; from < lines.length;) {
    const width = lines[from]?.length ?? 0;
    let to = from + 1;
    while (lines[to]?.length === width) to += 1;
    const sure = looksMailed(lines, from, to);
    const firsts = from > taken ? [from, from - 1] : [from];
    const lasts = sure || to === lines.length ? [Math.min(to + 1, lines.length)] : [to, to + 1];
    const runs = firsts.flatMap((first) => lasts.map((last) => lines.slice(first, last).join('')));
    yield* runs.filter((run) => run.length >= least);
    from = sure ? to + 1 : to;
    if (sure) taken = from;
  }
}

/** Two or more full lines of whole groups of four and a shorter one after them. */
function looksMailed(lines: string[], from: number, to: number): boolean {
  const width = lines[from]?.length ?? 0;
  const next = lines[to]?.length ?? width;
  return to - from >= 2 && width >= 40 && width % 4 === 0 && next < width;
}

/** A reader of a run's bytes for addresses of at least `shortest` bytes. */
export function bytesReader(shortest: number, beyondAscii: boolean): (bytes: Buffer) => string[] {
  const readable = new RegExp(`[\\t\\r\\n\\x20-\\x7e]{${Math.max(1, shortest)},}`, 'g');
  // UTF-8 of `odd`, and of some others.
  const mayBeOdd = /\xc2\xad|\xcd\x8f|\xd8\x9c|[\xe1-\xe3\xef][\x80-\xbf]{2}|[\xf0\xf3][\x80-\xbf]{3}/;
  // Signs that `folded` takes for others or drops: an address that contains one is not all ASCII.
  const odd = /[\ufe6b\uff20]|\p{Default_Ignorable_Code_Point}/u;
  return (bytes) => {
    const text = bytes.includes(0) ? null : wellFormed(bytes);
    if (text !== null) return [text];
    if (mostlyWide(bytes)) return [...wide(bytes), ...wide(bytes.subarray(1))];
    const letters = bytes.toString('latin1');
    const stretches = letters.match(readable) ?? [];
    if (!beyondAscii && !mayBeOdd.test(letters)) return stretches;
    const loose = bytes.toString('utf8');
    return beyondAscii || odd.test(loose) ? [...stretches, loose] : stretches;
  };
}

/** Latin letters in UTF-16 are every other byte NUL; random bytes hardly ever are. */
function mostlyWide(bytes: Buffer): boolean {
  let nuls = 0;
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) nuls += 1;
  return nuls * 4 > bytes.length;
}

/** Both byte orders of UTF-16. */
function wide(bytes: Buffer): string[] {
  const even = Buffer.from(bytes.subarray(0, bytes.length & ~1));
  return [even.toString('utf16le'), even.swap16().toString('utf16le')];
}

/** The bytes as text if they are UTF-8; up to three at the end may belong to what followed the base64. */
function wellFormed(bytes: Buffer): string | null {
  for (let cut = 0; cut <= 3 && cut < bytes.length; cut++) {
    const head = bytes.subarray(0, bytes.length - cut);
    if (isUtf8(head)) return head.toString('utf8');
  }
  return null;
}
