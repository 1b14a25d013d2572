// Reads the bytes of what may be base64 as text, as far as they are any.
// Called by decoded-layers.ts. Most runs are words, tokens and ids, whose bytes are no text: they are not decoded.
import { isUtf8 } from 'node:buffer';

/**
 * A reader of base64 without padding, from each of the four characters it may begin at, for texts of at least
 * `shortest` bytes.
 */
export function base64Reader(shortest: number, beyondAscii: boolean): (run: string) => string[] {
  const read = bytesReader(shortest, beyondAscii);
  return (run) => {
    const texts: string[] = [];
    for (let from = 0; from < 4; from += 1) {
      const bytes = Buffer.from(from === 0 ? run : run.slice(from), 'base64');
      if (beyondAscii || mayBeText(bytes, shortest)) texts.push(...read(bytes));
    }
    return texts;
  };
}

/**
 * False where `bytesReader` would find nothing in the bytes: they are neither UTF-8 nor UTF-16, and contain no ASCII
 * that is long enough and no character that is not seen. Sometimes true without a text.
 */
const mayBeText = (bytes: Buffer, shortest: number): boolean =>
  (mayBeUtf8(bytes) && !bytes.includes(0)) || hasLongAscii(bytes, shortest) || hasUnseen(bytes) || mostlyWide(bytes);

const isContinuation = (byte = 0): boolean => byte >> 6 === 2;

/** Of UTF-8, how many bytes follow a first byte; `none` for a byte that begins no character. */
const none = 9;
const following = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x80) return 0;
  if (byte < 0xc2 || byte > 0xf4) return none;
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
});

/** Up to three bytes at the end may belong to what followed the base64. */
function mayBeUtf8(bytes: Buffer): boolean {
  const end = bytes.length - 3;
  for (let at = 0; at < end; at += 1) {
    const more = following[bytes[at] ?? 0] ?? none;
    if (more === none) return false;
    for (const last = at + more; at < last; at += 1) {
      if (at + 1 < end && !isContinuation(bytes[at + 1])) return false;
    }
  }
  return true;
}

const readable = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13 ? 1 : 0,
);

/** As many readable bytes in a row. Looked for from their possible ends backwards: of most bytes few are looked at. */
function hasLongAscii(bytes: Buffer, least: number): boolean {
  for (let end = least; end <= bytes.length;) {
    let from = end;
    while (from > end - least && readable[bytes[from - 1] ?? 0] === 1) from -= 1;
    if (from === end - least) return true;
    end = from + least;
  }
  return false;
}

/** What `mayBeOdd` finds. */
function hasUnseen(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const kind = unseenFrom[bytes[at] ?? 0] ?? 0;
    if (kind > 0 && isUnseen(bytes, at, kind)) return true;
  }
  return false;
}

/** The byte that must follow, or how many of any kind. */
const unseenFrom = new Uint8Array(256);
for (const [byte, next] of [
  [0xc2, 0xad],
  [0xcd, 0x8f],
  [0xd8, 0x9c],
] as const)
  unseenFrom[byte] = next;
for (const byte of [0xe1, 0xe2, 0xe3, 0xef]) unseenFrom[byte] = 2;
for (const byte of [0xf0, 0xf3]) unseenFrom[byte] = 3;

function isUnseen(bytes: Buffer, at: number, kind: number): boolean {
  if (kind > 3) return bytes[at + 1] === kind;
  for (let next = at + 1; next <= at + kind; next += 1) if (!isContinuation(bytes[next])) return false;
  return true;
}

/** A reader of a run's bytes for addresses of at least `shortest` bytes. */
function bytesReader(shortest: number, beyondAscii: boolean): (bytes: Buffer) => string[] {
  const stretch = new RegExp(`[\\t\\r\\n\\x20-\\x7e]{${Math.max(1, shortest)},}`, 'g');
  // UTF-8 of `odd`, and of some others.
  const mayBeOdd = /\xc2\xad|\xcd\x8f|\xd8\x9c|[\xe1-\xe3\xef][\x80-\xbf]{2}|[\xf0\xf3][\x80-\xbf]{3}/;
  // Signs that `folded` takes for others or drops: an address that contains one is not all ASCII.
  const odd = /[\ufe6b\uff20]|\p{Default_Ignorable_Code_Point}/u;
  return (bytes) => {
    const text = bytes.includes(0) ? null : wellFormed(bytes);
    if (text !== null) return [text];
    if (mostlyWide(bytes)) return [...wide(bytes), ...wide(bytes.subarray(1))];
    const letters = bytes.toString('latin1');
    const stretches = letters.match(stretch) ?? [];
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
