// Builds a DECLINECOUNTER: the organizer refuses a proposed time, nothing else changes (RFC 5546 3.2.8).
// Called by notification-sender when a proposal that came as a COUNTER is declined. ical.js writes it: ical-generator
// has no COMMENT.
import ICAL from 'ical.js';
import { mailtoUri } from './address';
import type { CalendarParty, DeclineCounterFields } from './calendar-message';
import { inOurForm, markedName, prodId } from './our-form';
import { checkedInstant, checkedSequence, printable } from './text';

/** A property as ical.js takes it (RFC 7265, jCal): name, parameters, type, value. */
type Property = [name: string, params: Record<string, string>, type: string, value: string | number];

/**
 * The text of a DECLINECOUNTER to the one who proposed: CRLF lines of at most 75 octets.
 * UID and SEQUENCE are those of the COUNTER (RFC 5546 3.2.8: "MUST echo"); the times are the refused ones, in UTC.
 * Throws RangeError for an invalid date or sequence: a fault of the caller.
 */
export function buildDeclineCounter(fields: DeclineCounterFields): string {
  const head = [
    text('version', '2.0'),
    text('prodid', prodId),
    text('calscale', 'GREGORIAN'),
    text('method', 'DECLINECOUNTER'),
  ];
  const event = [
    text('uid', fields.uid),
    ['sequence', {}, 'integer', checkedSequence(fields.sequence)],
    moment('dtstamp', fields.dtstamp),
    moment('dtstart', fields.startUtc),
    moment('dtend', fields.endUtc),
    text('summary', fields.summary),
    ...(fields.comment ? [text('comment', fields.comment)] : []),
    party('organizer', {}, fields.organizer),
    party('attendee', { cutype: 'INDIVIDUAL', role: 'REQ-PARTICIPANT' }, fields.attendee),
  ];
  return inOurForm(ICAL.stringify(['vcalendar', head, [['vevent', event, []]]]));
}

const text = (name: string, value: string): Property => [name, {}, 'text', printable(value)];

const moment = (name: string, instant: Date): Property => [
  name,
  {},
  'date-time',
  `${checkedInstant(instant).toISOString().slice(0, 19)}Z`,
];

const party = (name: string, params: Record<string, string>, { email, name: cn }: CalendarParty): Property => [
  name,
  { ...params, cn: markedName(cn) },
  'cal-address',
  mailtoUri(email),
];
