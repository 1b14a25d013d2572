// Decides whether to believe a mail and which party it is from: R6–R12, R18, R19, R21, R22 of the facts, contract
// sections 3 and 7.1 (`lenient`, `verified`).
// Called by the reader with what matching.ts found. Order (R13–R17) needs the room's lock and is decided by
// scheduling-api.
import { type Claim, isErased, samePerson } from '#contracts';
import { stripAddresses } from '#privacy';
import type { CalendarMessage } from '#ics';
import { judgeBounce } from './judge-bounce';
import { judgeText } from './judge-text';
import type { JudgedEvent, Judgement, MailContext, InvitationFacts, RoomFacts, Party, Trust } from './judgement';
import { authenticityOfSender, whyDoubted, replyingParty } from './replying-party';
import { contentKeyOf, orderOf } from './reply-order';
import type { MailHead } from '../interpret/mail';
import { isWrittenByAPerson, type Reading } from '../interpret/reading';

const longestNote = 500;

/**
 * The judgement of a reading. `receivedAt` is the arrival: it replaces DTSTAMP where both DTSTAMP and the mail's Date
 * are missing (R5).
 * Pure: the same input gives the same judgement.
 */
export function judge(reading: Reading, head: MailHead, known: MailContext, trust: Trust, receivedAt: Date): Judgement {
  const without = (verdict: 'recorded' | 'ignored', why: string): Judgement => ({ verdict, why, party: null });
  // R12: our own letters come back as bounces, copies and loops.
  if (head.from.some((address) => samePerson(address, trust.organizer)))
    return without('ignored', 'own-mail: sent by the central mailbox');
  if (reading.kind === 'bounce') return judgeBounce(reading, known);
  if (isWrittenByAPerson(reading))
    return judgeText(reading, head, known, {
      authenticity: authenticityOfSender(head, known, trust),
      receivedAt,
    });
  if (reading.kind === 'ignored') return without('ignored', reading.why);
  if (reading.kind === 'auto-reply') return { verdict: 'recorded', why: reading.why, party: aboutWhom(known) };
  return judgeAnswer(reading, head, known, trust, receivedAt);
}

/**
 * The party of an absence note: the recipient of the letter that it answers. It has no effect, so it is not checked
 * further.
 */
function aboutWhom({ letter, tagged }: MailContext): Party | null {
  const [party] = letter ? [letter] : tagged.length === 1 ? tagged : [];
  return party ? { roomId: party.roomId, invitationId: party.invitationId, role: party.role } : null;
}

function judgeAnswer(
  reading: Reading,
  head: MailHead,
  { room, ...known }: MailContext,
  trust: Trust,
  receivedAt: Date,
): Judgement {
  const without = (verdict: 'recorded' | 'ignored', why: string): Judgement => ({ verdict, why, party: null });
  if (!reading.calendar) return without('recorded', reading.why);
  if (!room) return without('ignored', 'unknown-uid: no room has this UID');
  const misfit = whyNotOurs(reading.calendar.message, reading.organizer, trust);
  if (misfit !== null) return without('ignored', misfit);
  const invitation = invitationOf(reading, head, room, known);
  if (typeof invitation === 'string') return without('ignored', invitation);
  const party: Party = { roomId: room.roomId, invitationId: invitation.id, role: invitation.role };
  const judged = effectOf(reading, head, { party, invitation, receivedAt });
  const doubt = attendeeIs(reading, invitation)
    ? whyDoubted(head, invitation, known, trust)
    : 'attendee-mismatch: ATTENDEE is another address than the one that was invited';
  if (doubt === null || judged.verdict !== 'event') return judged;
  return { verdict: 'held', why: doubt, event: unconfirmedEvent(judged.event, party, doubt), party };
}

/**
 * The invitation that the reply is for: that of the party the mail claims to be from, whatever address ATTENDEE has, so
 * that a guessed address reveals nothing about the other party. For a mail from a stranger it is ATTENDEE, who is asked
 * to confirm. Else the reason why there is none (`code: words`).
 */
function invitationOf(
  reading: Reading,
  head: MailHead,
  room: RoomFacts,
  { tagged }: Pick<MailContext, 'tagged'>,
): InvitationFacts | string {
  const { attendee } = reading;
  if (attendee === undefined && reading.calendar?.message.attendees.length !== 1)
    return 'attendee-unclear: no single ATTENDEE';
  return (
    replyingParty(head, room, tagged) ??
    room.invitations.find((each) => attendee !== undefined && samePerson(each.email, attendee)) ??
    'unknown-attendee: neither ATTENDEE nor the sender is a party of this room'
  );
}

const attendeeIs = ({ attendee }: Reading, { email }: InvitationFacts): boolean =>
  attendee !== undefined && samePerson(attendee, email);

/** Why a calendar is not about an invitation of ours, or null. */
function whyNotOurs(message: CalendarMessage, organizer: string | undefined, trust: Trust): string | null {
  // R11. Exchange leaves ORGANIZER out.
  if (organizer !== undefined && !samePerson(organizer, trust.organizer))
    return 'foreign-organizer: ORGANIZER is not the central mailbox';
  // Our events have one instance only.
  return message.eventCount > 1 || message.recurrenceId
    ? 'not-the-event: an answer to an instance or to several events'
    : null;
}

/** The party and invitation of a reply, and its arrival. */
interface ReplyFacts {
  party: Party;
  invitation: InvitationFacts;
  receivedAt: Date;
}

function effectOf(reading: Reading, head: MailHead, { party, invitation, receivedAt }: ReplyFacts): Judgement {
  const recorded = (why: string): Judgement => ({ verdict: 'recorded', why, party });
  const message = reading.calendar?.message;
  // RFC 5546 3.6: 3.x and 5.x report that the request could not be processed, not the person's answer.
  const failure = message?.requestStatus.map((each) => /^[35]\.\d+/.exec(each)?.[0]).find((code) => code !== undefined);
  if (failure !== undefined) return recorded(`request-status: ${failure}`);
  if (reading.kind === 'refresh') return event(party, { name: 'RefreshReceived', data: party });
  const answer = {
    ...party,
    sequence: reading.sequence ?? null,
    ...orderOf(reading, head, invitation.letterSeconds, receivedAt),
    contentKey: contentKeyOf(reading, head),
    startUtc: reading.startUtc ?? null,
    endUtc: reading.endUtc ?? null,
  };
  if (reading.kind === 'counter') {
    // UTC is never assumed for a zone that cannot be resolved: the writer is offered the form instead.
    if (reading.startUtc === undefined) return counterWithoutTime(party);
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

/** A COUNTER whose time is unreadable is answered like a text that asks for another time; the letter says why. */
const counterWithoutTime = (party: Party): Judgement => ({
  verdict: 'event',
  why: 'no-time: the proposed time names no instant; to be answered with a link',
  event: { name: 'TextReplyReceived', data: { ...party, intent: 'propose', proposedTimes: [], unreadable: 'time' } },
  party,
});

type Effect = 'ReplyReceived' | 'CounterReceived' | 'RefreshReceived';
const event = (party: Party, judged: JudgedEvent & { name: Effect }): Judgement & { verdict: 'event' } => ({
  verdict: 'event',
  why: `${codes[judged.name]}: believed`,
  event: judged,
  party,
});
const codes = { ReplyReceived: 'reply', CounterReceived: 'counter', RefreshReceived: 'refresh' } as const;

/** The event that asks the attendee to confirm; null for a REFRESH, which has nothing to confirm. */
function unconfirmedEvent(judged: JudgedEvent, party: Party, why: string): JudgedEvent | null {
  if (judged.name !== 'ReplyReceived' && judged.name !== 'CounterReceived') return null;
  const { sequence, startUtc, endUtc } = judged.data;
  const claimed =
    judged.name === 'ReplyReceived'
      ? { partstat: judged.data.partstat, note: null }
      : { partstat: null, note: judged.data.note };
  const claim: Claim = { sequence, startUtc, endUtc, ...claimed };
  return { name: 'ReplyHeld', data: { ...party, why, claim } };
}

/**
 * A comment as it may be shown to the other party: without address-like strings and control characters, 500 characters
 * at most; null when nothing is left.
 */
function noteOf(comment: string | undefined): string | null {
  if (comment === undefined) return null;
  // Cut before stripping: a cut afterwards is harmless, but a very long text need not be searched.
  const plain = comment.slice(0, 4_000).replaceAll(/[^\P{Cc}\n]/gu, ' ');
  const note = stripAddresses(plain).trim().slice(0, longestNote).trim().toWellFormed();
  return note === '' ? null : note;
}

/** Why the reader drops a mail by `isOfErased`. */
export const droppedWhy = 'erased: about a meeting of somebody whose data was erased; the mail was not kept';

/**
 * Whether a mail is one of a person whose data was erased: it is dropped, whatever it says (contract, section 7.6). It is
 * about a letter to them, or it went to their tagged address; or it is about a room of theirs, and not from the party that
 * is still there. A report about a letter to the other party is kept.
 */
export function isOfErased({ head }: { head: Pick<MailHead, 'from'> }, { room, tagged, letter }: MailContext): boolean {
  if (letter !== null) return isErased(letter.email);
  if (tagged.some((party) => party.isErased === true)) return true;
  const invitations = room?.invitations ?? [];
  if (!invitations.some(({ email }) => isErased(email))) return false;
  const there = invitations.filter(({ email }) => !isErased(email));
  const named = tagged.some(({ invitationId }) => there.some(({ id }) => id === invitationId));
  return !named && !there.some(({ email }) => head.from.some((from) => samePerson(from, email)));
}
