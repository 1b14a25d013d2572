// Decides what a DECLINECOUNTER says: the organizer refuses a proposed time, nothing else changes (RFC 5546 3.2.8).
// Called by notification-sender when a proposal that came as a COUNTER is declined.
import { partyLine } from './address';
import type { DeclineCounterFields } from './calendar-message';
import { calendarHead, optionalText, sequenceNumber } from './invite';
import { escapeText, joinLines, utcDateTime } from './text';

/**
 * The text of a DECLINECOUNTER to the one who proposed: CRLF lines of at most 75 octets.
 * UID and SEQUENCE are those of the COUNTER (RFC 5546 3.2.8: "MUST echo"); the times are the refused ones, in UTC.
 * Throws RangeError for an invalid date or sequence: a fault of the caller.
 */
export function buildDeclineCounter(fields: DeclineCounterFields): string {
  return joinLines([
    ...calendarHead('DECLINECOUNTER'),
    'BEGIN:VEVENT',
    `UID:${escapeText(fields.uid)}`,
    `SEQUENCE:${sequenceNumber(fields.sequence)}`,
    `DTSTAMP:${utcDateTime(fields.dtstamp)}`,
    `DTSTART:${utcDateTime(fields.startUtc)}`,
    `DTEND:${utcDateTime(fields.endUtc)}`,
    `SUMMARY:${escapeText(fields.summary)}`,
    ...optionalText('COMMENT', fields.comment),
    partyLine('ORGANIZER', fields.organizer),
    partyLine('ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT', fields.attendee),
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
