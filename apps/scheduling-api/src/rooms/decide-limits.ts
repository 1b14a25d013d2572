// Limits for one party: proposals, refusals of COUNTERs, and mails to one attendee (contract, section 7.1).
// Called by decide-proposals.ts and decide-offers.ts. Counted over the proposals of the room and the mails that the
// store finds; they apply also with RATE_LIMIT=off.
import { counterpartyOf, type Role } from '#contracts';
import type { Context } from './context';
import { Refusal } from './refusal';
import type { Proposal, Room } from './room';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Proposals of one role in one room that are put to the other party. */
const proposalsPerDay = 5;
/**
 * Mails to one attendee of one room that were caused neither by the attendee's own verified act nor by the platform.
 */
const mailLimits = [
  { most: 6, withinMs: hourMs },
  { most: 20, withinMs: dayMs },
];

/** A COUNTER that was refused at once has the same instant for its creation and its decision. */
const refusedAtOnce = ({ status, createdAt, decisionAt }: Proposal): boolean =>
  status === 'declined' && decisionAt?.getTime() === createdAt.getTime();

/**
 * Why `role` may make no further proposal now: too many of their own, or too many mails to the other party.
 */
export function proposalLimit(room: Room, role: Role, context: Context): Refusal | null {
  const own = room.proposals.filter((each) => each.proposedBy === role && !refusedAtOnce(each));
  const made = own.map(({ createdAt }) => createdAt);
  const wait = waitMs(made, { most: proposalsPerDay, withinMs: dayMs }, context.now);
  if (wait > 0) return refusedFor('too-many-proposals', wait, context);
  const mails = mailWaitMs(room, counterpartyOf(role), context);
  return mails > 0 ? refusedFor('mail-limit', mails, context) : null;
}

const refusedFor = (code: 'too-many-proposals' | 'mail-limit', waitMs: number, { now }: Context): Refusal =>
  new Refusal(code, undefined, { at: new Date(now.getTime() + waitMs), afterSeconds: Math.ceil(waitMs / 1_000) });

/**
 * Why `role` gets no mail about a COUNTER that is refused, or null where it may leave; a code and words for the
 * timeline.
 */
export function counterRefusalLimit(room: Room, role: Role, context: Context): string | null {
  const refusedBefore = room.proposals.some(
    (each) =>
      each.proposedBy === role &&
      refusedAtOnce(each) &&
      each.roomSequence === room.sequence &&
      context.now.getTime() - each.createdAt.getTime() < dayMs,
  );
  if (refusedBefore) return 'refused-before: a COUNTER to this state of the meeting was refused by mail within a day';
  return mailLimitWhy(room, role, context);
}

/**
 * Why no mail that somebody else may have caused goes to `role` now, or null where it may; a code and words for the
 * timeline.
 */
export const mailLimitWhy = (room: Room, role: Role, context: Context): string | null =>
  mailWaitMs(room, role, context) > 0
    ? 'mail-limit: this attendee has had as many mails about the meeting as others may cause'
    : null;

/** How long until another such mail may go to `role`, in milliseconds; 0: now. */
function mailWaitMs(room: Room, role: Role, context: Context): number {
  const ofProposals = room.proposals.filter((each) => refusedAtOnce(each) === (each.proposedBy === role));
  const ofOffers = (context.offered ?? []).filter((each) => each.role === role);
  const sent = [...ofProposals.map(({ createdAt }) => createdAt), ...ofOffers.map(({ at }) => at)];
  return Math.max(...mailLimits.map((limit) => waitMs(sent, limit, context.now)));
}

/** A rolling window: how long until fewer than `most` of these instants lie within it. */
function waitMs(instants: Date[], { most, withinMs }: { most: number; withinMs: number }, now: Date): number {
  const newestFirst = instants.map((each) => each.getTime()).toSorted((a, b) => b - a);
  const decisive = newestFirst[most - 1];
  return decisive === undefined ? 0 : Math.max(0, decisive + withinMs - now.getTime());
}
