// Decides what a REQUEST or CANCEL of ours says: one event, one attendee (PRD 8.1, RFC 5546 3.2.2 and 3.2.5).
// Called by notification-sender for each letter that carries a calendar.
import { partyLine } from './address';
import type { InvitedParty, InviteFields } from './calendar-message';
import { escapeText, joinLines, utcDateTime } from './text';
import { eventTimes } from './vtimezone-write';

export const prodId = '-//Hybrid Scheduling//Invitations//EN';

/** METHOD must stand among the first lines: without it Outlook and Gmail show no buttons. */
export const calendarHead = (method: string): string[] => [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  `PRODID:${prodId}`,
  'CALSCALE:GREGORIAN',
  `METHOD:${method}`,
];

/**
 * The text of a REQUEST or CANCEL: CRLF lines of at most 75 octets, a CRLF after the last.
 * In: the letter's fields; times are written to the second. With `timeZone` the times are local and a VTIMEZONE made from
 * tz data comes along, except where a local time happens twice: those letters stay in UTC (RFC 5545 3.3.5).
 * Out: the same bytes for the same fields. Throws RangeError for an invalid date, sequence or zone: a fault of the caller.
 */
export function buildInvite(fields: InviteFields): string {
  const times = eventTimes(fields.startUtc, fields.endUtc, fields.timeZone);
  const stamp = utcDateTime(fields.dtstamp);
  return joinLines([
    ...calendarHead(fields.method),
    ...times.zone,
    'BEGIN:VEVENT',
    `UID:${escapeText(fields.uid)}`,
    `SEQUENCE:${sequenceNumber(fields.sequence)}`,
    `DTSTAMP:${stamp}`,
    `LAST-MODIFIED:${stamp}`,
    `DTSTART${times.start}`,
    `DTEND${times.end}`,
    `SUMMARY:${escapeText(fields.summary)}`,
    ...optionalText('DESCRIPTION', fields.description),
    ...optionalText('LOCATION', fields.location),
    partyLine('ORGANIZER', fields.organizer),
    attendeeLine(fields.attendee),
    `STATUS:${fields.method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:OPAQUE',
    'CLASS:PUBLIC',
    ...(fields.disallowCounter ? ['X-MICROSOFT-DISALLOW-COUNTER:TRUE'] : []),
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}

/** The same form in every letter: Apple sends no answer where the line differs from the one it stored. */
const attendeeLine = (attendee: InvitedParty): string =>
  partyLine(
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${attendee.partstat.toUpperCase()};RSVP=TRUE`,
    attendee,
  );

/** A property with a TEXT value, or nothing where there is no text. */
export const optionalText = (property: string, text: string | null | undefined): string[] =>
  text === null || text === undefined || text === '' ? [] : [`${property}:${escapeText(text)}`];

/** SEQUENCE as digits. Throws RangeError unless it is a whole number from 0. */
export function sequenceNumber(sequence: number): string {
  if (!Number.isSafeInteger(sequence) || sequence < 0) throw new RangeError('SEQUENCE must be a whole number from 0');
  return String(sequence);
}
