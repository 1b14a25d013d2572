// Decides what an answer by mail does to a room: which answer counts, and when the current invitation is sent again.
// Called by decide.ts and, for the order of COUNTERs, by decide-proposals.ts. The rules are R13–R17 and R25 of the facts (RFC 5546 2.1.5).
import type { Partstat, Role } from '#contracts';
import { type Context, proposeLink, sameSecond } from './context';
import { cancel } from './decide-booking';
import { type Invitation, invitationOf, type Room, type RoomEvent } from './room';

/** An answer that came by mail, believed but not yet ordered (facts: R13–R17). */
export interface MailAnswer {
  role: Role;
  mailId: string;
  sequence: number | null;
  dtstamp: Date;
  startUtc: Date | null;
  endUtc: Date | null;
}

/** A person may ask for the current invitation this often; one mail a revision answers outdated replies. */
const refreshEveryMs = 5 * 60_000;

/** The order of answers: what was written later counts, and an answer to an older time never counts for the new one. */
export function reply(room: Room, answer: MailAnswer, partstat: Partstat, context: Context): RoomEvent[] {
  const { role, dtstamp } = answer;
  const invited = invitationOf(room, role);
  if (!invited) return [];
  const sequence = sequenceOf(room, answer);
  const why = whyIgnored(room, invited, { sequence, dtstamp, partstat }, context.now);
  if (why !== null) {
    const ignored: RoomEvent = { type: 'AnswerIgnored', role, why };
    return why.startsWith('stale-sequence')
      ? [ignored, ...currentRequestOnce(room, invited, answer.mailId, context)]
      : [ignored];
  }
  const answered: RoomEvent = { type: 'Answered', role, partstat, sequence, dtstamp };
  if (partstat !== 'declined' || room.policy.onDecline === 'soft') return [answered];
  return [answered, ...cancel(room, { cause: 'declined', by: role, reason: null }, context)];
}

/** Why an answer does not count, or null where it does (R13, R15, R16, R19). */
function whyIgnored(
  room: Room,
  { answered: last }: Invitation,
  given: { sequence: number; dtstamp: Date; partstat: Partstat },
  now: Date,
): string | null {
  const { sequence, dtstamp } = given;
  const terminal = terminalWhy(room, now);
  if (terminal !== null) return terminal;
  if (sequence > room.sequence) return futureWhy(sequence, room);
  if (isStale(sequence, room)) return staleWhy(sequence, room);
  const earlier = last !== null && (sequence < last.sequence || (sequence === last.sequence && dtstamp < last.dtstamp));
  if (earlier) return 'older-than-last: a later answer of this attendee was read before';
  // NEEDS-ACTION never withdraws an answer.
  return given.partstat === 'needs-action' ? 'no-answer: the reply takes no position' : null;
}

/** R13: a cancelled or ended meeting records answers and changes no more. */
export function terminalWhy(room: Room, now: Date): string | null {
  if (room.status === 'cancelled') return 'room-cancelled: the meeting was cancelled before';
  if (room.endUtc <= now) return 'room-over: the meeting has ended';
  return null;
}

/** Whether what was said for `sequence` is about an older time or place. A newer title makes nothing stale (contract, section 7.3). */
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

/** R15: whoever answers an outdated invitation gets the current one again, once a revision. */
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
  const link = room.status === 'cancelled' ? null : proposeLink(room, role, room.startUtc, context);
  return { type: 'Resent', role, at: context.now, ...cause, link };
}
