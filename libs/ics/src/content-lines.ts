// Reads the lines of a received calendar: bytes → unfolded text → name, parameters, value (RFC 5545 3.1).
// Called by the reader only; ical.js parses each line. An invalid line is null and does not make the whole message
// unreadable.
import ICAL from 'ical.js';

export interface ContentLine {
  /** Upper case. */
  name: string;
  /** By upper-case name; quotes taken off, RFC 6868 decoded; of a repeated parameter the first. */
  params: ReadonlyMap<string, string>;
  /** As sent: TEXT is still escaped. */
  value: string;
}

/**
 * The unfolded, non-empty lines of a calendar. Bytes are unfolded before they are decoded: some clients fold inside a
 * UTF-8 character. `charset`, what the mail claims, counts only where the bytes are not UTF-8 anyway. Line ends may be
 * CRLF, LF, CR or CRCRLF; NULs are dropped, since no database takes them.
 */
export function unfoldedLines(source: string | Buffer, charset?: string): string[] {
  if (typeof source === 'string') return unfold(source.replace(/^\ufeff/, '').toWellFormed());
  const wide = wideCharset(source, charset);
  if (wide !== null) return unfold(new TextDecoder(wide).decode(source));
  const octets = Buffer.from(unfold(source.toString('latin1')).join('\n'), 'latin1');
  return decodeOctets(octets, charset).split('\n');
}

function unfold(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.replaceAll('\0', '').split(/\r\n|\r|\n/)) {
    const last = lines.length - 1;
    if (/^[ \t]/.test(line) && last >= 0) lines[last] = `${lines[last] ?? ''}${line.slice(1)}`;
    else if (line !== '') lines.push(line);
  }
  return lines;
}

/** A charset whose line ends are not single octets of their own, so that it must be decoded first; else null. */
function wideCharset(bytes: Buffer, charset?: string): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const label = charset?.trim().toLowerCase() ?? '';
  if (label.startsWith('utf-16')) return bytes[0] === 0 ? 'utf-16be' : bytes[1] === 0 ? 'utf-16le' : null;
  return label === 'iso-2022-jp' ? label : null;
}

/**
 * UTF-8 where the octets are that, under whatever label; else the label's charset; else Windows-1252, which takes
 * anything.
 */
function decodeOctets(octets: Buffer, charset?: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return new TextDecoder(knownLegacyCharset(charset) ?? 'windows-1252').decode(octets);
  }
}

function knownLegacyCharset(charset?: string): string | null {
  try {
    const { encoding } = new TextDecoder(charset ?? '');
    return encoding === 'utf-8' ? null : encoding;
  } catch {
    return null;
  }
}

/** What ical.js makes of a property: its name in lower case, its parameters by lower-case name, the type, the value. */
type ParsedProperty = [name: string, params: Record<string, string>, type: string, value: string];

/**
 * No property and no parameter has a type: ical.js returns each value as sent. With its own types it makes a number
 * of any SEQUENCE, cuts what follows a date, throws on a rule it does not know, and takes a backslash in a parameter
 * for an escape.
 */
const asSent: NonNullable<Parameters<typeof ICAL.parse.property>[1]> = {
  value: {},
  param: {},
  property: {},
  propertyGroups: false,
};

/**
 * One unfolded line as a property, or null where it is none. ical.js parses it; before that it is made what ical.js can
 * parse, which throws on a line without colon or with a parameter without value. BEGIN and END are read here: ical.js
 * takes an END of any name for the end of the innermost component.
 */
export function readLine(line: string): ContentLine | null {
  const name = /^\s*([A-Za-z0-9-]+)\s*(?=[;:])/.exec(line);
  if (name?.[1] === undefined) return null;
  const property = name[1].toUpperCase();
  const rest = line.slice(name[0].length);
  const colon = valueColon(property, rest);
  if (colon < 0) return null;
  const value = rest.slice(colon + 1);
  if (property === 'BEGIN' || property === 'END') return { name: property, params: noParams, value };
  const params = rest.slice(0, colon);
  return parsed(`${property}${isParsable(params) ? params : repairedParams(params)}:${value}`);
}

const noParams: ReadonlyMap<string, string> = new Map();

function parsed(line: string): ContentLine {
  const [name, params, , value] = ICAL.parse.property(line, asSent) as ParsedProperty;
  const entries = Object.entries(params).map(([key, each]): [string, string] => [key.toUpperCase(), each]);
  return { name: name.toUpperCase(), params: entries.length === 0 ? noParams : new Map(entries), value };
}

const dates = new Set(['DTSTART', 'DTEND', 'RECURRENCE-ID', 'X-MS-OLK-ORIGINALSTART', 'X-MS-OLK-ORIGINALEND']);

/**
 * Where the value begins: at the first colon outside quotes. Two faults are common enough to repair: a TZID such as
 * (UTC+00:00) Dublin without quotes, and a CN with a colon without quotes.
 */
function valueColon(property: string, rest: string): number {
  if (dates.has(property)) return rest.lastIndexOf(':');
  const mailto = property === 'ATTENDEE' || property === 'ORGANIZER' ? /:\s*mailto:/i.exec(outsideQuotes(rest)) : null;
  if (mailto !== null) return mailto.index;
  const colon = outsideQuotes(rest).indexOf(':');
  return colon < 0 ? rest.indexOf(':') : colon;
}

/** The text with everything in quotes blanked out, at the same length. */
const outsideQuotes = (text: string): string => text.replace(/"[^"]*"/g, (quoted) => '_'.repeat(quoted.length));

/** Bounded, because ical.js searches for the end of the line again at each parameter. */
const maxParams = 64;

/**
 * Whether ical.js reads these parameters as we do: each with a value, no stray quote or blank, none twice (it takes
 * the last).
 */
function isParsable(params: string): boolean {
  if (params === '') return true;
  const names = params.toUpperCase().match(/;[A-Z0-9-]+=/g) ?? [];
  if (names.length > maxParams || new Set(names).size < names.length) return false;
  return /^(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:]*))+$/.test(params) && !/=\s|\s(?:;|$)/.test(params);
}

/**
 * The parameters that have a name and a value, in quotes; of a repeated one the first, outer blanks and stray quotes
 * gone.
 */
function repairedParams(text: string): string {
  const params = new Map<string, string>();
  for (const [param] of text.matchAll(/(?:"[^"]*"|[^;"]+|")+/g)) {
    const equals = param.indexOf('=');
    const name = param.slice(0, Math.max(equals, 0)).trim().toUpperCase();
    if (!/^[A-Z0-9-]+$/.test(name) || params.has(name)) continue;
    params.set(
      name,
      param
        .slice(equals + 1)
        .trim()
        .replaceAll('"', ''),
    );
    if (params.size === maxParams) break;
  }
  return Array.from(params, ([name, value]) => `;${name}="${value}"`).join('');
}

const { text } = ICAL.design.icalendar.value as { text: { fromICAL(value: string): string } };

/** A TEXT value decoded by ical.js (RFC 5545 3.3.11). A backslash before any other character stays. */
export const unescapeText = (value: string): string => text.fromICAL(value);
