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

/** A property whose value is given back as it came, or nothing. */
export const echoed = (name: string, value: string | null): string | null =>
  value === null ? null : `${name}:${value}`;
