// Decides whether to believe a mail and whose it is: R6–R12, R18, R19, R21, R22 of the facts, contract section 3 (`lenient`, `verified`).
// Called by the reader with what matching.ts found. Order (R13–R17) needs the room's lock and is scheduling-api's business.
import { type Claim, type EventPayload, personKey, type Role, samePerson } from '#contracts';
import { stripAddresses } from '#privacy';
import type { CalendarMessage } from '#ics';
import { type Authenticity, authenticityOf } from './authentication-results';
import { judgeBounce } from './judge-bounce';
import { judgeText, type Writer } from './judge-text';
import type { MailHead } from '../interpret/mail';
import type { Reading } from '../interpret/reading';

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

export interface Party {
  roomId: string;
  invitationId: string;
  role: Role;
}

/** A letter of ours that a mail is about. */
export interface KnownLetter extends Party {
  /** With angle brackets. */
  messageId: string;
  /** Whose mailbox it went to. */
  email: string;
}

/** What is known beside the mail itself; each list is empty and each value null where there is nothing. */
export interface Known {
  room: KnownRoom | null;
  /** Whom the reply tags in the mail's addresses name: tags that are not ours name nobody. */
  tagged: Party[];
  /** The letter a report is about, or the one an answer answers. */
  letter: KnownLetter | null;
  /** The running meetings of the one who wrote the mail. */
  writer: Writer[];
  /** What the way in says about the sender after its own check, in the form of an Authentication-Results field of `wayInAuthservId`. */
  authentication: string | null;
}

export const nothingKnown: Known = { room: null, tagged: [], letter: null, writer: [], authentication: null };

/** The name under which a way in speaks about senders. No header of a mail is ever read under it. */
export const wayInAuthservId = 'way-in.invalid';

type Judged =
  'ReplyReceived' | 'CounterReceived' | 'RefreshReceived' | 'BounceReceived' | 'TextReplyReceived' | 'ReplyHeld';
/** An event without the id of the stored mail, which only the reader knows. */
export type JudgedEvent = { [N in Judged]: { name: N; data: Omit<EventPayload<N>, 'mailId'> } }[Judged];

/** `held`: not believed, but the attendee can confirm it. `recorded`: understood, without effect. `party`: whom it is about, where known. */
export type Judgement =
  | { verdict: 'event'; why: string; event: JudgedEvent; party: Party }
  /** `event` is null where there is nothing to confirm. */
  | { verdict: 'held'; why: string; event: JudgedEvent | null; party: Party }
  | { verdict: 'recorded' | 'ignored'; why: string; party: Party | null };

const longestNote = 500;
const googleNotifier = 'calendar-notification@google.com';

/**
 * What is to be done with a reading. `receivedAt` stands in for DTSTAMP where both it and the mail's Date are missing (R5).
 * Pure: the same input gives the same judgement.
 */
export function judge(reading: Reading, head: MailHead, known: Known, trust: Trust, receivedAt: Date): Judgement {
  const without = (verdict: 'recorded' | 'ignored', why: string): Judgement => ({ verdict, why, party: null });
  // R12: our own letters come back as bounces, copies and loops.
  if (head.from.some((address) => samePerson(address, trust.organizer)))
    return without('ignored', 'own-mail: sent by the central mailbox');
  if (reading.kind === 'ignored') return without('ignored', reading.why);
  if (reading.kind === 'bounce') return judgeBounce(reading, known);
  if (reading.kind === 'text')
    return judgeText(reading, head, known, {
      authenticity: authenticity(head, head.from[0] ?? '', known, trust),
      receivedAt,
    });
  if (reading.kind === 'auto-reply') return { verdict: 'recorded', why: reading.why, party: aboutWhom(known) };
  return judgeAnswer(reading, head, known, trust, receivedAt);
}

/** Whose absence it is: the reader's of the letter it answers. It has no effect, so nothing more is asked. */
function aboutWhom({ letter, tagged }: Known): Party | null {
  const [party] = letter ? [letter] : tagged.length === 1 ? tagged : [];
  return party ? { roomId: party.roomId, invitationId: party.invitationId, role: party.role } : null;
}

function judgeAnswer(
  reading: Reading,
  head: MailHead,
  { room, ...known }: Known,
  trust: Trust,
  receivedAt: Date,
): Judgement {
  const without = (verdict: 'recorded' | 'ignored', why: string): Judgement => ({ verdict, why, party: null });
  if (!reading.calendar) return without('recorded', reading.why);
  if (!room) return without('ignored', 'unknown-uid: no room has this UID');
  const misfit = misfitOf(reading.calendar.message, reading.organizer, trust);
  if (misfit !== null) return without('ignored', misfit);
  const { attendee } = reading;
  if (attendee === undefined) return without('ignored', 'attendee-unclear: no single ATTENDEE');
  const invitation = room.invitations.find((each) => samePerson(each.email, attendee));
  if (!invitation) return without('ignored', 'unknown-attendee: ATTENDEE is no party of this room');
  const party: Party = { roomId: room.roomId, invitationId: invitation.id, role: invitation.role };
  const judged = effectOf(reading, head, party, receivedAt);
  const doubt = doubtAbout(head, attendee, party, known, trust);
  if (doubt === null || judged.verdict !== 'event') return judged;
  return { verdict: 'held', why: doubt, event: heldEvent(judged.event, party, doubt), party };
}

/** Why a calendar is not about an invitation of ours, or null. */
function misfitOf(message: CalendarMessage, organizer: string | undefined, trust: Trust): string | null {
  // R11. Exchange leaves ORGANIZER out.
  if (organizer !== undefined && !samePerson(organizer, trust.organizer))
    return 'foreign-organizer: ORGANIZER is not the central mailbox';
  // Our events have one instance only.
  return message.eventCount > 1 || message.recurrenceId
    ? 'not-the-event: an answer to an instance or to several events'
    : null;
}

/** What speaks for or against a sender, beside the mail. */
type Belief = Pick<Known, 'tagged' | 'authentication'>;

/** Why the mail is not believed to be the attendee's own, or null. */
function doubtAbout(head: MailHead, attendee: string, party: Party, known: Belief, trust: Trust): string | null {
  // Several authors, or two From headers: whichever one looks at, the other is the forger's choice.
  if (new Set(head.from.map(personKey)).size !== 1) return 'from-mismatch: not exactly one sender';
  const from = head.from[0] ?? '';
  const viaGoogle = from.trim().toLowerCase() === googleNotifier;
  const speaks = viaGoogle ? head.replyTo : [from];
  if (speaks.length === 0 || !speaks.every((address) => samePerson(address, attendee)))
    return 'from-mismatch: the sender is not the ATTENDEE';
  const verdict = authenticity(head, from, known, trust);
  if (verdict === 'fail') return 'authentication-failed: the border says the sender is not genuine';
  // R7, R8: whoever holds somebody else's tag speaks for nobody but that one.
  if (known.tagged.some((each) => each.invitationId !== party.invitationId))
    return 'tag-mismatch: the reply address is another attendee’s';
  if (trust.mode === 'verified' && verdict !== 'pass' && known.tagged.length === 0)
    return 'unverified: neither an aligned pass nor a valid tag';
  return null;
}

/** The way in's own word first; where it has none, what AUTHSERV_ID wrote into the mail. */
function authenticity(head: MailHead, from: string, known: Belief, trust: Trust): Authenticity {
  const domain = personKey(from.slice(from.lastIndexOf('@') + 1));
  const told = known.authentication === null ? 'none' : authenticityOf([known.authentication], wayInAuthservId, domain);
  if (told !== 'none' || trust.authservId === null) return told;
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
    return event(party, {
      name: 'CounterReceived',
      data: { ...answer, startUtc: reading.startUtc, note: noteOf(reading.comment) },
    });
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

type Effect = 'ReplyReceived' | 'CounterReceived' | 'RefreshReceived';
const event = (party: Party, judged: JudgedEvent & { name: Effect }): Judgement & { verdict: 'event' } => ({
  verdict: 'event',
  why: `${codes[judged.name]}: believed`,
  event: judged,
  party,
});
const codes = { ReplyReceived: 'reply', CounterReceived: 'counter', RefreshReceived: 'refresh' } as const;

/** What the attendee is asked about instead; a request for the current invitation is nothing to confirm. */
function heldEvent(judged: JudgedEvent, party: Party, why: string): JudgedEvent | null {
  if (judged.name !== 'ReplyReceived' && judged.name !== 'CounterReceived') return null;
  const { sequence, startUtc, endUtc } = judged.data;
  const said =
    judged.name === 'ReplyReceived'
      ? { partstat: judged.data.partstat, note: null }
      : { partstat: null, note: judged.data.note };
  const claim: Claim = { sequence, startUtc, endUtc, ...said };
  return { name: 'ReplyHeld', data: { ...party, why, claim } };
}

/** A comment as it may be relayed: without address-like strings and control characters, 500 characters at most; null when nothing is left. */
function noteOf(comment: string | undefined): string | null {
  if (comment === undefined) return null;
  // Cut before stripping: a cut afterwards is harmless, but a very long text need not be searched.
  const plain = comment.slice(0, 4_000).replaceAll(/[^\P{Cc}\n]/gu, ' ');
  const note = stripAddresses(plain).trim().slice(0, longestNote).trim().toWellFormed();
  return note === '' ? null : note;
}
