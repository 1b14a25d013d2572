// Reads a received calendar: one iTIP message about one event, or the reason why it is none.
// Called by imip-ingestor with the calendar part of a mail; judges nothing (facts/itip.md R3–R5, R8, R14, R19, R22 are
// its bounds).
import { partyAddress, readAttendee } from './attendee';
import { readDuration } from './calendar-date';
import type { CalendarMessage, CalendarReading, CalendarTime, UnreadableCalendar } from './calendar-message';
import { propertiesOf, propertyOf, treeOf, type Component } from './component-tree';
import { unescapeText, unfoldedLines } from './content-lines';
import { ZoneLookup } from './zone-lookup';

const maxOctets = 256 * 1024;

const reasons: Record<UnreadableCalendar, string> = {
  'too-large': 'more than 256 KiB',
  'too-many-components': 'more than 10 components',
  'not-a-calendar': 'there is no VCALENDAR',
  'several-calendars': 'there is more than one VCALENDAR',
  broken: 'a component is not closed, or stands inside another',
  'several-methods': 'METHOD is given twice and differs',
  'no-event': 'there is no VEVENT',
  'mixed-components': 'there are components of several kinds',
  'no-uid': 'an event has no UID',
  'several-uids': 'the events have different UIDs',
};

/**
 * Reads one calendar part. In: its decoded bytes (best, see unfoldedLines) or text, and the charset the mail claims.
 * Out: the message with instants in UTC, or a code and words. Never throws. Refuses more than 256 KiB, more than ten
 * components, anything but exactly one VCALENDAR whose VEVENTs share one UID (RFC 5546 3.1); expands no recurrence.
 */
export function readCalendar(source: string | Buffer, charset?: string): CalendarReading {
  if (Buffer.byteLength(source) > maxOctets) return unreadable('too-large');
  const tree = treeOf(unfoldedLines(source, charset));
  if (tree.calendar === null) return unreadable(tree.fault);
  const { calendar } = tree;
  const events = calendar.children.filter(({ name }) => name === 'VEVENT');
  const event = events.find((one) => propertyOf(one, 'RECURRENCE-ID') === null) ?? events[0];
  const method = textOf(calendar, 'METHOD')?.toUpperCase() ?? null;
  const uid = commonUid(events);
  const fault = tree.fault ?? methodFault(calendar) ?? kindFault(calendar) ?? uid.fault;
  if (event === undefined || uid.fault !== null) return unreadable(fault ?? 'no-event', { method });
  const message: CalendarMessage = { method, uid: uid.value, eventCount: events.length, ...readEvent(calendar, event) };
  return fault === null ? { ok: true, message } : unreadable(fault, message);
}

/** Of several calendars no field is given: which one was meant is unknown. */
const unreadable = (code: UnreadableCalendar, fields: Partial<CalendarMessage> = {}): CalendarReading => ({
  ok: false,
  code,
  why: reasons[code],
  fields: code === 'several-calendars' ? {} : fields,
});

function methodFault(calendar: Component): UnreadableCalendar | null {
  const methods = new Set(propertiesOf(calendar, 'METHOD').map(({ value }) => value.trim().toUpperCase()));
  return methods.size > 1 ? 'several-methods' : null;
}

function kindFault(calendar: Component): UnreadableCalendar | null {
  const kinds = new Set(
    calendar.children.map(({ name }) => name).filter((name) => name !== 'VTIMEZONE' && !name.startsWith('X-')),
  );
  if (!kinds.has('VEVENT')) return 'no-event';
  return kinds.size > 1 ? 'mixed-components' : null;
}

/** The one UID of all events (RFC 5546 3.1.3). */
function commonUid(events: Component[]): { value: string; fault: null } | { fault: UnreadableCalendar } {
  const perEvent = events.map((event) => propertiesOf(event, 'UID').map(({ value }) => unescapeText(value).trim()));
  const [uid, another] = new Set(perEvent.flat());
  if (uid === undefined || uid === '' || perEvent.some((uids) => uids.length === 0)) return { fault: 'no-uid' };
  return another === undefined ? { value: uid, fault: null } : { fault: 'several-uids' };
}

function readEvent(calendar: Component, event: Component): Omit<CalendarMessage, 'method' | 'uid' | 'eventCount'> {
  const zones = new ZoneLookup(calendar);
  const attendees = propertiesOf(event, 'ATTENDEE').map(readAttendee);
  const organizer = propertyOf(event, 'ORGANIZER');
  return {
    sequence: countOf(event, 'SEQUENCE'),
    cdoSequence: countOf(event, 'X-MICROSOFT-CDO-APPT-SEQUENCE'),
    dtstamp: stampOf(event, zones),
    organizer: organizer === null ? null : partyAddress(organizer),
    attendees,
    start: zones.timeOf(propertyOf(event, 'DTSTART')),
    end: endOf(event, zones),
    originalStart: zones.timeOf(propertyOf(event, 'X-MS-OLK-ORIGINALSTART')),
    comment:
      commentOf(event) ?? attendees.find((attendee) => attendee.responseComment !== null)?.responseComment ?? null,
    summary: decodedOf(event, 'SUMMARY'),
    description: decodedOf(event, 'DESCRIPTION'),
    status: textOf(event, 'STATUS')?.toUpperCase() ?? null,
    requestStatus: propertiesOf(event, 'REQUEST-STATUS').map(({ value }) => unescapeText(value).trim()),
    recurrenceId: propertyOf(event, 'RECURRENCE-ID') !== null,
  };
}

/** DTEND; else DTSTART plus DURATION, whose days are days of the local calendar (RFC 5545 3.3.6). */
function endOf(event: Component, zones: ZoneLookup): CalendarTime | null {
  const end = propertyOf(event, 'DTEND');
  if (end !== null) return zones.timeOf(end);
  const duration = propertyOf(event, 'DURATION');
  if (duration === null) return null;
  const length = readDuration(duration.value);
  if (length === null) return { unresolved: 'malformed' };
  const time = zones.timeOf(propertyOf(event, 'DTSTART'), length.days);
  return time === null || !('instant' in time) ? time : { instant: new Date(time.instant.getTime() + length.exact) };
}

/** DTSTAMP orders one attendee's answers, so a local one without a known zone is none at all (RFC 5545 3.8.7.2). */
function stampOf(event: Component, zones: ZoneLookup): Date | null {
  const time = zones.timeOf(propertyOf(event, 'DTSTAMP'));
  return time !== null && 'instant' in time ? time.instant : null;
}

function countOf(event: Component, name: string): number | null {
  const text = textOf(event, name);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function commentOf(event: Component): string | null {
  const comments = propertiesOf(event, 'COMMENT').map(({ value }) => unescapeText(value).trim());
  return comments.filter((comment) => comment !== '').join('\n') || null;
}

/** The value without outer blanks; null where it is missing or empty. */
const textOf = (component: Component, name: string): string | null => propertyOf(component, name)?.value.trim() || null;

/** A TEXT value to the letter; null where the property is missing. */
function decodedOf(component: Component, name: string): string | null {
  const property = propertyOf(component, name);
  return property === null ? null : unescapeText(property.value);
}
