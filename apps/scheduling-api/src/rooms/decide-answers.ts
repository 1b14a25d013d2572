// Decides what an answer by mail does to a room: which answer counts, and when the current invitation is sent again.
// Called by decide.ts and, for the order of COUNTERs, by decide-proposals.ts. The rules are R13–R17 and R25 of the
// facts (RFC 5546 2.1.5).
import type { Partstat, Role } from '#contracts';
import { answerLink, type Context, proposeLink, sameSecond } from './context';
import { cancel } from './decide-booking';
import { type AnswerOrder, type Invitation, invitationOf, type Room, type RoomEvent } from './room';

/** An answer that came by mail, believed but not yet ordered (facts: R13–R17). */
export interface MailAnswer {
  role: Role;
  /** Whose answer it is; left out where the link that brought it was checked already. */
  invitationId?: string;
  mailId: string;
  sequence: number | null;
  dtstamp: Date;
  /** null: the handling of the answer, for events of an earlier version. */
  receivedAt: Date | null;
  /** The DTSTAMP of a letter of ours that the mail copied. */
  echoOf: Date | null;
  /** Equal for two mails that say the same; null where nobody compared them. */
  contentKey: string | null;
  startUtc: Date | null;
  endUtc: Date | null;
  /** The REQUESTs that this attendee was sent; found only where the answer names no SEQUENCE. */
  requests: readonly SentRequest[];
}

export interface SentRequest {
  sequence: number;
  dtstamp: Date;
}

/** The least time between two REFRESHes of a person. Outdated replies get one mail a sequence. */
const refreshEveryMs = 5 * 60_000;

/** The answer that was written last counts. An answer to an older time never counts for the new one. */
export function reply(room: Room, answer: MailAnswer, partstat: Partstat, context: Context): RoomEvent[] {
  const { role, contentKey } = answer;
  const invited = invitationOf(room, role);
  if (!invited) return [];
  const order: AnswerOrder = {
    sequence: sequenceOfReply(room, answer),
    dtstamp: answer.dtstamp,
    arrivedAt: answer.receivedAt ?? context.now,
  };
  const why = untimelyWhy(room, order.sequence, context.now);
  if (why !== null) {
    const ignored: RoomEvent = { type: 'AnswerIgnored', role, why };
    return why.startsWith('stale-sequence')
      ? [ignored, ...currentRequestOnce(room, invited, answer.mailId, context)]
      : [ignored];
  }
  if (isRepeat(invited, contentKey)) return [repeated(invited, order)];
  const unfit = unfitWhy(invited, order, partstat);
  if (unfit !== null) return [{ type: 'AnswerIgnored', role, why: unfit }];
  return counted(room, { type: 'Answered', role, partstat, order, contentKey, byLink: null }, context);
}

/** An answer that counts, by mail or on a page: under `strict` a decline cancels for both. */
export function counted(room: Room, answered: Extract<RoomEvent, { type: 'Answered' }>, context: Context): RoomEvent[] {
  if (answered.partstat !== 'declined' || room.policy.onDecline === 'soft') return [answered];
  return [answered, ...cancel(room, { cause: 'declined', by: answered.role, reason: null }, context)];
}

/** Why an answer of this sequence comes too late or too early, or null (R13, R15). */
function untimelyWhy(room: Room, sequence: number, now: Date): string | null {
  const terminal = terminalWhy(room, now);
  if (terminal !== null) return terminal;
  if (sequence > room.sequence) return futureWhy(sequence, room);
  return isStale(sequence, room) ? staleWhy(sequence, room) : null;
}

/** Why an answer to the current meeting does not count, or null (R16, R19). */
export function unfitWhy({ answered }: Invitation, order: AnswerOrder, partstat: Partstat): string | null {
  if (answered !== null && isEarlier(order, answered))
    return 'older-than-last: a later answer of this attendee was read before';
  // NEEDS-ACTION never withdraws an answer.
  return partstat === 'needs-action' ? 'no-answer: the reply takes no position' : null;
}

/** RFC 5546 2.1.5. Two answers of one second, out of one program or two, count in the order of their arrival. */
function isEarlier(one: AnswerOrder, other: AnswerOrder): boolean {
  if (one.sequence !== other.sequence) return one.sequence < other.sequence;
  return sameSecond(one.dtstamp, other.dtstamp) ? one.arrivedAt < other.arrivedAt : one.dtstamp < other.dtstamp;
}

/**
 * Whether this answer is a copy of the one that was applied last (contract, section 7.1). If another answer was applied
 * in between, it is not a copy.
 */
export const isRepeat = ({ appliedContent }: Invitation, contentKey: string | null): boolean =>
  contentKey !== null && contentKey === appliedContent;

/** A repeat gives the answer its later time, so that an answer written between the two does not replace it. */
export const repeated = ({ role, answered }: Invitation, order: AnswerOrder): RoomEvent => ({
  type: 'AnswerRepeated',
  role,
  order: answered !== null && isEarlier(order, answered) ? answered : order,
});

/** R13: a cancelled or ended meeting records answers and changes no more. */
export function terminalWhy(room: Room, now: Date): string | null {
  if (room.status === 'cancelled') return 'room-cancelled: the meeting was cancelled before';
  if (room.endUtc <= now) return 'room-over: the meeting has ended';
  return null;
}

/**
 * Whether `sequence` belongs to an older time or place. A newer title makes nothing stale (contract, section 7.3).
 */
export const isStale = (sequence: number, room: Room): boolean => sequence < room.timeSequence;

export const staleWhy = (sequence: number, room: Room): string =>
  `stale-sequence: the answer is for sequence ${sequence}, current is ${room.sequence}`;

export const futureWhy = (sequence: number, room: Room): string =>
  `future-sequence: the answer is for sequence ${sequence}, current is ${room.sequence}`;

/** R14: SEQUENCE, else 0; absent with the current start means the current revision. */
export function sequenceOf(room: Room, answer: Pick<MailAnswer, 'sequence' | 'startUtc'>): number {
  if (answer.sequence !== null) return answer.sequence;
  return answer.startUtc !== null && sameSecond(answer.startUtc, room.startUtc) ? room.sequence : 0;
}

/**
 * The same for a reply, by the letters as well: after a move there and back the current start alone does not tell the
 * revision. Who wrote before the first REQUEST for the current time was sent to them has answered an older one.
 */
function sequenceOfReply(room: Room, answer: MailAnswer): number {
  const sequence = sequenceOf(room, answer);
  if (answer.sequence !== null || room.timeSequence === 0) return sequence;
  const written = answer.echoOf ?? answer.dtstamp;
  const isInvited = answer.requests.some(
    (each) => each.sequence >= room.timeSequence && (each.dtstamp <= written || sameSecond(each.dtstamp, written)),
  );
  return isInvited ? sequence : 0;
}

/** R15: an answer to an outdated invitation gets the current one again, once a sequence. */
export function currentRequestOnce(room: Room, invited: Invitation, mailId: string, context: Context): RoomEvent[] {
  if (invited.resent?.sequence === room.sequence) return [];
  return [resent(room, invited.role, { occasion: mailId, why: 'stale-reply' }, context)];
}

/** R25: the current REQUEST again, same SEQUENCE, for whoever asks; not more often than every few minutes. */
export function refresh(room: Room, role: Role, mailId: string, context: Context): RoomEvent[] {
  const invited = invitationOf(room, role);
  if (!invited) return [];
  const terminal = terminalWhy(room, context.now);
  if (terminal !== null) return [{ type: 'AnswerIgnored', role, why: terminal }];
  const last = invited.resent;
  if (last?.sequence === room.sequence && context.now.getTime() - last.at.getTime() < refreshEveryMs) {
    return [{ type: 'AnswerIgnored', role, why: 'rate-limited: the current invitation was sent a moment ago' }];
  }
  return [resent(room, role, { occasion: mailId, why: 'refresh' }, context)];
}

export function resent(
  room: Room,
  role: Role,
  cause: { occasion: string; why: 'platform' | 'stale-reply' | 'refresh' },
  context: Context,
): RoomEvent {
  const stands = room.status === 'scheduled';
  return {
    type: 'Resent',
    role,
    at: context.now,
    ...cause,
    link: stands ? proposeLink(room, role, room.startUtc, context) : null,
    answerLink: stands ? answerLink(role, room.startUtc, context) : null,
  };
}
