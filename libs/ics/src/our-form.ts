// Brings a calendar that a library wrote into our form: order of lines, spelling of the two parties, folding.
// Called by the two builders. Letters that were sent must stay valid, whatever a new version of a library writes: Apple
// sends no answer where ATTENDEE or ORGANIZER differ from the line it stored.
import { joinLines, printable } from './text';

export const prodId = '-//Hybrid Scheduling//Invitations//EN';

/** The properties of an event of ours, in this order, each at most once. */
const eventOrder = [
  'UID',
  'SEQUENCE',
  'DTSTAMP',
  'LAST-MODIFIED',
  'DTSTART',
  'DTEND',
  'SUMMARY',
  'DESCRIPTION',
  'COMMENT',
  'LOCATION',
  'ORGANIZER',
  'ATTENDEE',
  'STATUS',
  'TRANSP',
  'CLASS',
  'X-MICROSOFT-DISALLOW-COUNTER',
];

const partyOrder = ['CUTYPE', 'ROLE', 'PARTSTAT', 'RSVP', 'CN'];

/**
 * A party's name on its way through a library, which takes no empty one for an organizer: its first character tells a
 * name from none, and inOurForm takes it away again. Control characters go (text.ts).
 */
export const markedName = (name: string | null): string => (name === null || name === '' ? '-' : `+${printable(name)}`);

/**
 * A calendar with one VEVENT as we send it: CRLF lines of at most 75 octets, a CRLF after the last (RFC 5545 3.1).
 * In: the text of a library, folded as it likes, with names by markedName and URIs by mailtoUri.
 * Throws Error where the event contains a property that is none of ours, or one twice: nothing unknown is sent.
 */
export function inOurForm(calendar: string): string {
  const lines = calendar
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .filter((line) => line !== '');
  const [begin, end] = [lines.indexOf('BEGIN:VEVENT') + 1, lines.indexOf('END:VEVENT')];
  return joinLines([...lines.slice(0, begin), ...orderedEvent(lines.slice(begin, end)), ...lines.slice(end)]);
}

function orderedEvent(lines: string[]): string[] {
  const byName = new Map<string, string>();
  for (const line of lines) {
    const name = /^[A-Z-]+/.exec(line)?.[0] ?? '';
    if (!eventOrder.includes(name) || byName.has(name)) throw new Error(`an event of ours holds no such line: ${name}`);
    byName.set(name, name === 'ORGANIZER' || name === 'ATTENDEE' ? ourParty(name, line) : line);
  }
  return eventOrder.flatMap((name) => byName.get(name) ?? []);
}

/** Parameters in our order, the name in quotes also where it needs none, and one `mailto:` in lower case. */
function ourParty(name: string, line: string): string {
  const colon = line.lastIndexOf(':mailto:');
  const params = new Map<string, string>();
  for (const [, key = '', value = ''] of line.slice(0, colon).matchAll(/;([A-Z]+)=("[^"]*"|[^;:]*)/g)) {
    const marked = value.replace(/^"|"$/g, '');
    if (key !== 'CN') params.set(key, value);
    else if (marked.startsWith('+')) params.set(key, `"${marked.slice(1)}"`);
  }
  const ordered = partyOrder.flatMap((key) => (params.has(key) ? `;${key}=${params.get(key)}` : []));
  return `${name}${ordered.join('')}${line.slice(colon)}`;
}
