// Finds what may be base64 in a text, and reads its bytes as text as far as they are any.
// Called by holds-address.ts. An address may sit anywhere in such a run, and anything may stand right before and
// after the run.
import { isUtf8 } from 'node:buffer';

/**
 * Stands for a line end inside base64 while runs are looked for: one byte, and nothing a mail may contain (RFC 5322
 * 2.2).
 */
const seam = '\x1f';
const [tab, lf, cr, blank] = [9, 10, 13, 32];

/** By character code: 1 for both base64 alphabets and the seam. */
const partOfRun = new Uint8Array(0x10000);
for (const character of `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_${seam}`)
  partOfRun[character.charCodeAt(0)] = 1;

/**
 * Stretches of at least `least` characters of either base64 alphabet, over single line ends; none that was found
 * before: `known` keeps what was.
 */
export function base64Runs(text: string, least: number, known: Set<string>): string[] {
  const marked = withSeams(text);
  const isNew = (run: string) => !known.has(run) && known.add(run);
  const fresh = stretches(marked, least).filter(isNew);
  return fresh.flatMap((stretch) =>
    stretch.includes(seam) ? [...blocks(stretch.split(seam), least)].filter(isNew) : [stretch],
  );
}

/** A seam for each line end with the blanks of a folded line after it; a blank line ends the base64. */
function withSeams(text: string): string {
  let marked = '';
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    // Of `\n\r\r\n` the second CR is no part of the line end.
    const begin = text.charCodeAt(at - 1) === cr && text.slice(at - 3, at) !== '\n\r\r' ? at - 1 : at;
    let next = at + 1;
    let code = text.charCodeAt(next);
    if (code === cr || code === lf || text.charCodeAt(begin - 1) === lf) continue;
    while (code === blank || code === tab) code = text.charCodeAt((next += 1));
    marked += text.slice(from, begin) + seam;
    from = next;
  }
  return from === 0 ? text : marked + text.slice(from);
}

function stretches(marked: string, least: number): string[] {
  const found: string[] = [];
  // One that long covers one of these positions: what lies between them need not be looked at.
  for (let at = least - 1; at < marked.length; at += least) {
    if (partOfRun[marked.charCodeAt(at)] !== 1) continue;
    let from = at;
    while (from > 0 && partOfRun[marked.charCodeAt(from - 1)] === 1) from -= 1;
    let to = at + 1;
    while (to < marked.length && partOfRun[marked.charCodeAt(to)] === 1) to += 1;
    if (to - from >= least) found.push(marked.slice(from, to));
    at += Math.floor((to - at) / least) * least;
  }
  return found;
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
