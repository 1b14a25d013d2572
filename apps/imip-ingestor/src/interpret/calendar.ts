// Decides which part of a mail is its calendar reply (R2, R3), and reads that reply (R5, R8, R14, R19, R22).
// Called by interpret; the calendar text itself is read by libs/ics.
import { createHash } from 'node:crypto';
import { personKey } from '#contracts';
import {
  type CalendarAttendee,
  type CalendarMessage,
  type CalendarReading,
  type CalendarTime,
  readCalendar,
} from '#ics';
import type { Mail, MailPart } from './mail';
import type { CalendarFields, Reading } from './reading';

export interface FoundCalendar {
  /** 0 is the usual position of a calendar reply; see `rankOf`. */
  rank: number;
  /** The content type's own `method`, upper case. */
  parameter: string | null;
  reading: CalendarReading;
  sha256: string;
}

/** More calendar parts than this are no calendar reply of any client. */
const maxCalendars = 10;
/** All calendars of one mail together; each has its own limit of 256 KiB. */
const maxCalendarBytes = 512 * 1024;
const tooMuch: CalendarReading = {
  ok: false,
  code: 'too-large',
  why: 'more than 512 KiB of calendars in one mail',
  fields: {},
};
// RFC 6047 2.4: a calendar in a report or in a forwarded mail is only quoted.
const quoting = /^(?:multipart\/report|message\/.*|text\/rfc822-headers)$/;
const answers = new Set(['REPLY', 'COUNTER', 'REFRESH']);

/**
 * How likely a part is the calendar of the mail, 0 first; null where it is none. Google attaches the same object once
 * more without `method`; Proton sends attachments only; application/ics and files named .ics count only where there is
 * no other calendar (R3).
 */
function rankOf(part: MailPart): number | null {
  const attached = part.disposition === 'attachment';
  if (part.type === 'text/calendar') return (attached ? 2 : 0) + (part.params['method'] ? 0 : 1);
  if (part.type === 'application/ics' || part.type === 'text/x-vcalendar' || part.type === 'application/calendar')
    return 4;
  const named = /\.(?:ics|ical|icalendar|vcs)$/i.test((part.filename ?? '').trim());
  return named && /^(?:application\/|text\/plain)/.test(part.type) ? 5 : null;
}

/** The mail's own calendars and those that are only quoted, of each only the best rank; blank parts do not count. */
export function calendarsIn(mail: Mail): { own: FoundCalendar[]; quoted: FoundCalendar[] } {
  const ranked = mail.parts
    .flatMap((part) => {
      const rank = part.children.length > 0 || isBlank(part.body) ? null : rankOf(part);
      return rank === null ? [] : [{ part, rank, isQuoted: part.ancestors.some((type) => quoting.test(type)) }];
    })
    .slice(0, maxCalendars);
  const best = (isQuoted: boolean): FoundCalendar[] => {
    const those = ranked.filter((each) => each.isQuoted === isQuoted);
    const rank = Math.min(...those.map((each) => each.rank));
    let bytes = 0;
    return those
      .filter((each) => each.rank === rank)
      .map(({ part }) => readPart(part, rank, (bytes += part.body.length) <= maxCalendarBytes));
  };
  return { own: best(false), quoted: best(true) };
}

const readPart = (part: MailPart, rank: number, isWithinBudget: boolean): FoundCalendar => ({
  rank,
  parameter: part.params['method']?.trim().toUpperCase() || null,
  reading: isWithinBudget ? readCalendar(part.body, part.params['charset']) : tooMuch,
  sha256: createHash('sha256').update(part.body).digest('hex'),
});

// Outlook adds an empty, unnamed part to some of its counters.
const isBlank = (body: Buffer): boolean => !body.some((byte) => byte > 0x20);

/** The method that counts: the METHOD line, else the parameter (Gmail labels some counters `method=REPLY`). */
const methodOf = (found: FoundCalendar): string | null =>
  (found.reading.ok ? found.reading.message.method : found.reading.fields.method) ?? found.parameter;

/** Whether a calendar is certainly the content of the mail, rather than a file attached to it. */
export const isTheMessage = (found: FoundCalendar): boolean => found.rank < 3 || answers.has(methodOf(found) ?? '');

/** The meaning of a mail's own calendars: an answer, or ignored with the reason. Null where it has none. */
export function readAnswer(mail: Mail, own: FoundCalendar[]): Reading | null {
  const best = own[0];
  if (!best) return null;
  const { reading } = best;
  if (!reading.ok)
    return { kind: 'ignored', why: `unreadable-calendar: ${reading.code}`, ...fieldsOf(reading.fields, best, mail) };
  const fields = fieldsOf(reading.message, best, mail);
  const ignored = (why: string): Reading => ({ kind: 'ignored', why, ...fields });
  if (own.length > 1 && own.some((other) => gist(other, mail) !== gist(best, mail)))
    return ignored('contradicting-calendars: several calendars that differ');
  const method = fields.method;
  if (method === undefined) return ignored('no-method: a calendar without any method');
  if (!answers.has(method)) return ignored(`not-an-answer: METHOD ${method.replaceAll(/[^A-Z-]/g, '').slice(0, 20)}`);
  const calendar = { message: reading.message, sha256: best.sha256, flags: flagsOf(reading.message, best) };
  if (method === 'REFRESH') return { kind: 'refresh', why: 'calendar-answer: METHOD REFRESH', ...fields, calendar };
  if (method === 'COUNTER') return { kind: 'counter', why: 'calendar-answer: METHOD COUNTER', ...fields, calendar };
  const proposed = attendeeOf(reading.message.attendees, reading.message.organizer, mail)?.proposedNewTime;
  if (proposed) {
    // iOS sends a counter this way, with the old time in DTSTART and DTEND.
    const { startUtc: _oldStart, endUtc: _oldEnd, ...others } = fields;
    return {
      kind: 'counter',
      why: 'calendar-answer: METHOD REPLY with a proposed time',
      ...others,
      ...times(proposed.start, proposed.end),
      calendar,
    };
  }
  return { kind: 'reply', why: 'calendar-answer: METHOD REPLY', ...fields, calendar };
}

/** Fields of a calendar that is not an answer of this mail: quoted in a bounce, forwarded. */
export function fieldsOfQuoted(mail: Mail, quoted: FoundCalendar[]): CalendarFields {
  const best = quoted[0];
  return best ? fieldsOf(best.reading.ok ? best.reading.message : best.reading.fields, best, mail) : {};
}

/** The fields in which two parts must agree to be one answer sent twice. */
const gist = (found: FoundCalendar, mail: Mail): string => {
  const { method, uid, attendee, partstat, startUtc } = fieldsOf(
    found.reading.ok ? found.reading.message : found.reading.fields,
    found,
    mail,
  );
  return JSON.stringify([method, uid, attendee, partstat, startUtc]);
};

function flagsOf(message: CalendarMessage, found: FoundCalendar): string[] {
  const flags: string[] = [];
  if (found.rank >= 2) flags.push('attached-calendar');
  if (found.parameter === null) flags.push('no-method-parameter');
  else if (message.method !== null && found.parameter !== message.method) flags.push('method-mismatch');
  if (message.dtstamp === null) flags.push('no-dtstamp');
  return flags;
}

function fieldsOf(message: Partial<CalendarMessage>, found: FoundCalendar, mail: Mail): CalendarFields {
  const fields: CalendarFields = { ...times(message.start ?? null, message.end ?? null) };
  const method = message.method ?? found.parameter;
  if (method) fields.method = method;
  if (message.uid) fields.uid = message.uid;
  const sequence = sequenceOf(message);
  if (sequence !== null) fields.sequence = sequence;
  if (message.dtstamp) fields.dtstamp = message.dtstamp.toISOString();
  if (message.organizer) fields.organizer = message.organizer;
  const who = attendeeOf(message.attendees ?? [], message.organizer ?? null, mail);
  if (who?.email) fields.attendee = who.email;
  if (who?.partstat) fields.partstat = who.partstat.toLowerCase();
  if (message.comment) fields.comment = message.comment;
  return fields;
}

/** R14: where SEQUENCE is 0 or absent, Outlook's own count is used if there is one. */
const sequenceOf = (message: Partial<CalendarMessage>): number | null =>
  (message.sequence ? message.sequence : (message.cdoSequence ?? message.sequence)) ?? null;

function times(start: CalendarTime | null, end: CalendarTime | null): Pick<CalendarFields, 'startUtc' | 'endUtc'> {
  const found: Pick<CalendarFields, 'startUtc' | 'endUtc'> = {};
  if (start && 'instant' in start) found.startUtc = start.instant.toISOString();
  if (end && 'instant' in end) found.endUtc = end.instant.toISOString();
  return found;
}

/**
 * R8: the one ATTENDEE, once the organizer listed among them is left out. Of several (some clients repeat the guest
 * list) the one the mail is from; null where that is not exactly one.
 */
function attendeeOf(attendees: CalendarAttendee[], organizer: string | null, mail: Mail): CalendarAttendee | null {
  // Also where its value is no address: then judge decides by the writer of the mail.
  if (attendees.length === 1) return attendees[0] ?? null;
  const organizerKey = organizer === null ? null : personKey(organizer);
  const others = attendees.filter((each) => each.email !== null && personKey(each.email) !== organizerKey);
  const keys = new Set(others.map((each) => personKey(each.email ?? '')));
  // The attendee may be listed twice, as invited and with an answer: the answer counts.
  if (keys.size === 1)
    return others.find((each) => each.partstat !== null && each.partstat !== 'NEEDS-ACTION') ?? others[0] ?? null;
  for (const writers of [mail.from, mail.replyTo]) {
    const writerKeys = new Set(writers.map(personKey));
    const own = others.find((each) => writerKeys.has(personKey(each.email ?? '')));
    if (own) return own;
  }
  return null;
}
