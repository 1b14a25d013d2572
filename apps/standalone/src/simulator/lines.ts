// Writes calendar lines as clients do: folded, escaped, in UTC or in a zone; on its own, so that it can disagree with
// our builder.
// Called by each client's file.
import { Temporal } from 'temporal-polyfill';

/** Joins content lines with CRLF, folded at 75 octets without splitting a character (RFC 5545 3.1). */
export const calendarText = (lines: (string | null)[]): string =>
  lines
    .filter((line) => line !== null)
    .map((line) => `${folded(line)}\r\n`)
    .join('');

function folded(line: string): string {
  let out = '';
  let octets = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (octets + size > 75) {
      out += '\r\n ';
      octets = 1;
    }
    out += letter;
    octets += size;
  }
  return out;
}

export const escaped = (text: string): string => text.replaceAll(/([\\;,])/g, '\\$1').replaceAll(/\r?\n/g, '\\n');

/** `20261201T090000Z` */
export const utc = (instant: Date): string => instant.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

/** `20261201T100000`, wall time of a zone. */
export const local = (instant: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })
    .replaceAll(/[-:]/g, '');

/** A parameter's value in the codes of RFC 6868, which no quote and no line break leaves as it is. */
export const caretEncoded = (value: string): string =>
  value.replaceAll('^', '^^').replaceAll('"', "^'").replaceAll('\n', '^n');

/** In quotes where RFC 5545 3.2 asks for them; the value must have no quotes of its own. */
export const quotedIfNeeded = (value: string): string => (/[:;,]/.test(value) ? `"${value}"` : value);

/** As most programs write a name: whole, and in quotes only where it needs them. */
const encodedIfNeeded = (name: string): string => quotedIfNeeded(caretEncoded(name));

/** The parameter CN, or nothing where there is no name. `written`: the name as this program writes a value. */
export const cn = (name: string | null, written: (name: string) => string = encodedIfNeeded): string =>
  name === null || name === '' ? '' : `;CN=${written(name)}`;

export const withoutQuotes = (name: string): string => name.replaceAll('"', '');

/** A property whose value is given back as it came, or nothing. */
export const echoed = (name: string, value: string | null): string | null =>
  value === null ? null : `${name}:${value}`;
