// Decides how text becomes iCalendar lines that no value can break out of: escaping, quoting, folding.
// Called by the two builders; its tests contain the proofs that nothing can be injected.

// Tab and line feed are the only controls TEXT may carry; C1 (with NEL) goes too, some parsers end a line there.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * Every line end as LF, every other control character gone, lone surrogates replaced: what UTF-8 and TEXT can carry.
 */
export const printable = (text: string): string => text.toWellFormed().replace(/\r\n?/g, '\n').replace(controls, '');

/** A TEXT value (RFC 5545 3.3.11): any text goes in, one unfolded line comes out that decodes to `printable(text)`. */
export const escapeText = (text: string): string =>
  printable(text)
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');

const maxOctets = 75;

/**
 * One content line with its CRLF, folded so that no physical line is longer than 75 octets of UTF-8 and none ends
 * inside a character (RFC 5545 3.1). The line must contain no line end and no lone surrogate: build it with the functions
 * above.
 */
export function foldLine(line: string): string {
  // Three octets is the most one UTF-16 unit can need.
  if (line.length * 3 <= maxOctets) return `${line}\r\n`;
  if (/^[\x00-\x7f]*$/.test(line)) return foldAscii(line);
  let folded = '';
  let from = 0;
  let octets = 0;
  for (let at = 0; at < line.length;) {
    const codePoint = line.codePointAt(at) ?? 0;
    const width = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    if (octets + width > maxOctets) {
      folded += `${line.slice(from, at)}\r\n `;
      from = at;
      octets = 1;
    }
    octets += width;
    at += codePoint > 0xffff ? 2 : 1;
  }
  return `${folded}${line.slice(from)}\r\n`;
}

/** Where each character is one octet. */
function foldAscii(line: string): string {
  let folded = line.slice(0, maxOctets);
  // The blank that a folded line begins with counts.
  for (let at = maxOctets; at < line.length; at += maxOctets - 1)
    folded += `\r\n ${line.slice(at, at + maxOctets - 1)}`;
  return `${folded}\r\n`;
}

/** A whole calendar: each line folded, CRLF after every one, the last included. */
export const joinLines = (lines: readonly string[]): string => lines.map(foldLine).join('');

/** The instant. Throws RangeError where it is none or its year needs more than four digits: a fault of the caller. */
export function checkedInstant(instant: Date): Date {
  const year = instant.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) throw new RangeError('no instant, or its year does not fit into an iCalendar date');
  return instant;
}

/** The SEQUENCE. Throws RangeError unless it is a whole number from 0: a fault of the caller. */
export function checkedSequence(sequence: number): number {
  if (!Number.isSafeInteger(sequence) || sequence < 0) throw new RangeError('SEQUENCE must be a whole number from 0');
  return sequence;
}
