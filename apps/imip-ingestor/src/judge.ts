// Decides whether to believe an answer and whose it is: R7–R12, R18, R19, R21, R22 of the facts, contract section 3 (`lenient`, `verified`).
// Called by the reader with the room found by UID. Order (R13–R17) needs the room's lock and is scheduling-api's business.
import { type EventPayload, personKey, type Role, samePerson, stripAddresses } from '#contracts';
import type { CalendarMessage } from '#ics';
import { type Authenticity, authenticityOf } from './authentication-results';
import type { MailHead } from './mail';
import type { Reading } from './reading';

/** The room that a mail's UID names, as far as judging needs it. */
export interface KnownRoom {
  roomId: string;
  invitations: { id: string; role: Role; email: string }[];
}

export interface Trust {
  /** ORGANIZER_EMAIL: the central mailbox. */
  organizer: string;
  /** AUTHSERV_ID; null: no Authentication-Results are believed. */
  authservId: string | null;
  mode: 'lenient' | 'verified';
}

type Answer = 'ReplyReceived' | 'CounterReceived' | 'RefreshReceived';
/** An event without the id of the stored mail, which only the reader knows. */
export type JudgedEvent = { [N in Answer]: { name: N; data: Omit<EventPayload<N>, 'mailId'> } }[Answer];

export interface Party {
  roomId: string;
  invitationId: string;
  role: Role;
}

/** `held`: not believed, but a person could confirm it. `recorded`: understood, without effect. `party`: whom it is about, where known. */
export type Judgement =
  | { verdict: 'event'; why: string; event: JudgedEvent; party: Party }
  | { verdict: 'held' | 'recorded' | 'ignored'; why: string; party: Party | null };

const longestNote = 500;
const googleNotifier = 'calendar-notification@google.com';

/**
 * What is to be done with a reading. `known`: the room of `reading.uid`, or null; `receivedAt` stands in for DTSTAMP where both it and
 * the mail's Date are missing (R5). Pure: the same input gives the same judgement.
 */
export function judge(reading: Reading, head: MailHead, known: KnownRoom | null, trust: Trust, receivedAt: Date): Judgement {
  const without = (verdict: 'held' | 'recorded' | 'ignored', why: string, party: Party | null = null): Judgement => ({ verdict, why, party });
  // R12: our own letters come back as bounces, copies and loops.
  if (head.from.some((address) => samePerson(address, trust.organizer))) return without('ignored', 'own-mail: sent by the central mailbox');
  if (reading.kind === 'ignored') return without('ignored', reading.why);
  if (!reading.calendar) return without('recorded', reading.why);
  if (!known) return without('ignored', 'unknown-uid: no room has this UID');
  const misfit = misfitOf(reading.calendar.message, reading.organizer, trust);
  if (misfit !== null) return without('ignored', misfit);
  const { attendee } = reading;
  if (attendee === undefined) return without('ignored', 'attendee-unclear: no single ATTENDEE');
  const invitation = known.invitations.find((each) => samePerson(each.email, attendee));
  if (!invitation) return without('ignored', 'unknown-attendee: ATTENDEE is no party of this room');
  const party: Party = { roomId: known.roomId, invitationId: invitation.id, role: invitation.role };
  const doubt = doubtAbout(head, attendee, trust);
  if (doubt !== null) return without('held', doubt, party);
  return effectOf(reading, head, party, receivedAt);
}

/** Why a calendar is not about an invitation of ours, or null. */
function misfitOf(message: CalendarMessage, organizer: string | undefined, trust: Trust): string | null {
  // R11. Exchange leaves ORGANIZER out.
  if (organizer !== undefined && !samePerson(organizer, trust.organizer)) return 'foreign-organizer: ORGANIZER is not the central mailbox';
  // Our events have one instance only.
  return message.eventCount > 1 || message.recurrenceId ? 'not-the-event: an answer to an instance or to several events' : null;
}

/** Why the mail is not believed to be the attendee's own, or null. */
function doubtAbout(head: MailHead, attendee: string, trust: Trust): string | null {
  // Several authors, or two From headers: whichever one looks at, the other is the forger's choice.
  if (new Set(head.from.map(personKey)).size !== 1) return 'from-mismatch: not exactly one sender';
  const from = head.from[0] ?? '';
  const viaGoogle = from.trim().toLowerCase() === googleNotifier;
  const speaks = viaGoogle ? head.replyTo : [from];
  if (speaks.length === 0 || !speaks.every((address) => samePerson(address, attendee))) return 'from-mismatch: the sender is not the ATTENDEE';
  const authenticity = authenticityOfHead(head, from, trust);
  if (authenticity === 'fail') return 'authentication-failed: the border says the sender is not genuine';
  if (trust.mode === 'verified' && authenticity !== 'pass') return 'unverified: no aligned pass of the border';
  return null;
}

function authenticityOfHead(head: MailHead, from: string, trust: Trust): Authenticity {
  if (trust.authservId === null) return 'none';
  const domain = personKey(from.slice(from.lastIndexOf('@') + 1));
  return authenticityOf(head.authenticationResults, trust.authservId, domain);
}

function effectOf(reading: Reading, head: MailHead, party: Party, receivedAt: Date): Judgement {
  const recorded = (why: string): Judgement => ({ verdict: 'recorded', why, party });
  const message = reading.calendar?.message;
  // RFC 5546 3.6: 3.x and 5.x say that the request did not come through, not what the person thinks of it.
  const failure = message?.requestStatus.map((each) => /^[35]\.\d+/.exec(each)?.[0]).find((code) => code !== undefined);
  if (failure !== undefined) return recorded(`request-status: ${failure}`);
  if (reading.kind === 'refresh') return event(party, { name: 'RefreshReceived', data: party });
  const answer = {
    ...party,
    sequence: reading.sequence ?? null,
    dtstamp: reading.dtstamp ?? (head.date ?? receivedAt).toISOString(),
    startUtc: reading.startUtc ?? null,
    endUtc: reading.endUtc ?? null,
  };
  if (reading.kind === 'counter') {
    // Without a zone that can be resolved a proposal is for a person to read; UTC is never assumed.
    if (reading.startUtc === undefined) return recorded('no-time: the proposed time names no instant');
    return event(party, { name: 'CounterReceived', data: { ...answer, startUtc: reading.startUtc, note: noteOf(reading.comment) } });
  }
  switch (reading.partstat) {
    case 'accepted':
    case 'declined':
    case 'tentative':
      return event(party, { name: 'ReplyReceived', data: { ...answer, partstat: reading.partstat } });
    case 'delegated':
      // R19: adding the delegate would mail an address that nobody verified.
      return recorded('delegated: nobody is added');
    default:
      return recorded('no-answer: PARTSTAT is missing, NEEDS-ACTION or unknown');
  }
}

const event = (party: Party, judged: JudgedEvent): Judgement => ({ verdict: 'event', why: `${codes[judged.name]}: believed`, event: judged, party });
const codes = { ReplyReceived: 'reply', CounterReceived: 'counter', RefreshReceived: 'refresh' } as const;

/** A comment as it may be relayed: without address-like strings and control characters, 500 characters at most; null when nothing is left. */
function noteOf(comment: string | undefined): string | null {
  if (comment === undefined) return null;
  // Cut before stripping: a cut afterwards is harmless, but a very long text need not be searched.
  const plain = comment.slice(0, 4_000).replaceAll(/[^\P{Cc}\n]/gu, ' ');
  const note = stripAddresses(plain).trim().slice(0, longestNote).trim().toWellFormed();
  return note === '' ? null : note;
}
