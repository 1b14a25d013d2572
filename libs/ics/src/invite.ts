// Builds a REQUEST or CANCEL: one event, one attendee (PRD 8.1, RFC 5546 3.2.2 and 3.2.5).
// Called by notification-sender for each letter that carries a calendar. ical-generator writes it, our-form.ts gives it
// our form.
import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { mailtoUri } from './address';
import type { CalendarParty, InvitedParty, InviteFields } from './calendar-message';
import { inOurForm, markedName, prodId } from './our-form';
import { checkedInstant, checkedSequence, escapeText, printable } from './text';
import { eventTimes } from './vtimezone-write';

/**
 * The text of a REQUEST or CANCEL: CRLF lines of at most 75 octets, a CRLF after the last.
 * In: the letter's fields; times are written to the second. With `timeZone` the times are local and a VTIMEZONE made
 * from tz data comes along, except where a local time happens twice: those letters stay in UTC (RFC 5545 3.3.5).
 * Out: the same bytes for the same fields. Throws RangeError for an invalid date, sequence or zone: a fault of the
 * caller.
 */
export function buildInvite(fields: InviteFields): string {
  const times = eventTimes(fields.startUtc, fields.endUtc, fields.timeZone);
  const calendar = new ICalCalendar({
    // It writes the first hyphen itself.
    prodId: prodId.slice(1),
    scale: 'GREGORIAN',
    method: ICalCalendarMethod[fields.method],
    // With a name here ical-generator would write DTSTAMP in local time and a TIMEZONE-ID that no RFC knows.
    timezone: { name: null, generator: () => times.zone.join('\r\n') },
  });
  const event = calendar.createEvent({
    ...textsOf(fields),
    sequence: checkedSequence(fields.sequence),
    stamp: checkedInstant(fields.dtstamp),
    lastModified: fields.dtstamp,
    start: times.start,
    end: times.end,
    timezone: times.timeZone,
    organizer: partyOf(fields.organizer),
    attendees: [attendeeOf(fields.attendee)],
    status: fields.method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.OPAQUE,
    class: ICalEventClass.PUBLIC,
    x: fields.disallowCounter ? [{ key: 'X-MICROSOFT-DISALLOW-COUNTER', value: 'TRUE' }] : [],
  });
  // ical-generator does not escape an id, and makes one up where the given one is empty.
  event.id(escapeText(fields.uid));
  return inOurForm(calendar.toString());
}

/** ical-generator leaves control characters in a text, so they are taken out before. */
const textsOf = ({ summary, description, location }: InviteFields) => ({
  summary: printable(summary),
  description: description === '' ? null : printable(description),
  location: location === null ? null : printable(location),
});

/** The address goes as a whole URI: ical-generator puts a `mailto:` of its own before it, which our form takes away. */
const partyOf = ({ email, name }: CalendarParty) => ({
  email: mailtoUri(email),
  name: markedName(name),
});

const statuses = {
  'needs-action': ICalAttendeeStatus.NEEDSACTION,
  accepted: ICalAttendeeStatus.ACCEPTED,
  declined: ICalAttendeeStatus.DECLINED,
  tentative: ICalAttendeeStatus.TENTATIVE,
} as const;

/** The same form in every letter of a meeting. */
const attendeeOf = (attendee: InvitedParty) => ({
  ...partyOf(attendee),
  type: ICalAttendeeType.INDIVIDUAL,
  role: ICalAttendeeRole.REQ,
  status: statuses[attendee.partstat],
  rsvp: true,
});
