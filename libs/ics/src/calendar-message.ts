// The types of the calendar objects that we send and receive; shapes only.
// Filled by notification-sender (build) and read by imip-ingestor (read).

/** A mailbox with the name to show for it. `email` is bare: no display name, no `mailto:`. */
export interface CalendarParty {
  email: string;
  name: string | null;
}

export type InvitedParty = CalendarParty & { partstat: 'needs-action' | 'accepted' | 'declined' | 'tentative' };

/** One letter's event: exactly one attendee, ever (contract, section 2). */
export interface InviteFields {
  method: 'REQUEST' | 'CANCEL';
  uid: string;
  sequence: number;
  dtstamp: Date;
  startUtc: Date;
  endUtc: Date;
  /** The room's title, byte for byte. */
  summary: string;
  description: string;
  location: string | null;
  organizer: CalendarParty;
  attendee: InvitedParty;
  /** Hides "propose new time" where a client knows the switch. */
  disallowCounter: boolean;
  /** null: UTC times. An IANA zone: local times with a VTIMEZONE. */
  timeZone: string | null;
}

/** The refusal of a COUNTER: `sequence` is that of the COUNTER, the times are the proposed ones (RFC 5546 3.2.8). */
export interface DeclineCounterFields {
  uid: string;
  sequence: number;
  dtstamp: Date;
  startUtc: Date;
  endUtc: Date;
  summary: string;
  organizer: CalendarParty;
  attendee: CalendarParty;
  comment?: string | null;
}

/** Why a date names no instant. */
export type UnresolvedTime = 'malformed' | 'floating' | 'all-day' | 'unknown-zone' | 'ambiguous' | 'non-existent';

/** A date of a received calendar: an instant, or the reason why it is none. UTC is never assumed. */
export type CalendarTime = { instant: Date } | { unresolved: UnresolvedTime };

/** iOS: the time an attendee proposes inside a REPLY. */
export interface ProposedNewTime {
  start: CalendarTime;
  end: CalendarTime | null;
}

export interface CalendarAttendee {
  /** Bare address; null where the value is no mail address. */
  email: string | null;
  /** Upper case, as sent: may be a value no standard knows. */
  partstat: string | null;
  sentBy: string | null;
  name: string | null;
  /** Google's X-RESPONSE-COMMENT, as the person typed it. */
  responseComment: string | null;
  proposedNewTime: ProposedNewTime | null;
}

/** One iTIP message about one event, as received; nothing in it was checked. */
export interface CalendarMessage {
  /** Upper case. */
  method: string | null;
  uid: string;
  /**
   * VEVENTs in the message; all of this UID. The other fields are those of the one without RECURRENCE-ID, else of the
   * first.
   */
  eventCount: number;
  sequence: number | null;
  /** X-MICROSOFT-CDO-APPT-SEQUENCE. */
  cdoSequence: number | null;
  dtstamp: Date | null;
  /** Bare address. Exchange and Outlook.com leave ORGANIZER out. */
  organizer: string | null;
  attendees: CalendarAttendee[];
  start: CalendarTime | null;
  /** DTEND, or DTSTART with DURATION applied. */
  end: CalendarTime | null;
  /** X-MS-OLK-ORIGINALSTART of an Exchange COUNTER: the time before the proposal. */
  originalStart: CalendarTime | null;
  /** COMMENT, else the attendee's X-RESPONSE-COMMENT. */
  comment: string | null;
  summary: string | null;
  description: string | null;
  status: string | null;
  requestStatus: string[];
  recurrenceId: boolean;
}

/** Why a text is not one readable message about one event. */
export type UnreadableCalendar =
  | 'too-large'
  | 'too-many-components'
  | 'not-a-calendar'
  | 'several-calendars'
  | 'broken'
  | 'several-methods'
  | 'no-event'
  | 'mixed-components'
  | 'no-uid'
  | 'several-uids';

/** `fields` of an unreadable calendar: the fields that could be read with certainty, for the record only. */
export type CalendarReading =
  | { ok: true; message: CalendarMessage }
  | { ok: false; code: UnreadableCalendar; why: string; fields: Partial<CalendarMessage> };
