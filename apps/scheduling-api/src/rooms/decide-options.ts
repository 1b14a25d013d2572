// Decides about the times that a proposal offers: whether they may be proposed, when it expires and closes, and which
// one a link approves. Called by decide-proposals.ts. Contract, sections 2 and 7.4.
import { type Context, longerThanNothing, sameSecond } from './context';
import { isStale } from './decide-answers';
import type { Decision, Proposal, ProposalOption, Room } from './room';
import { Refusal } from './refusal';

export interface Span {
  startUtc: Date;
  endUtc: Date;
}

/** In milliseconds. */
export const lengthOf = ({ startUtc, endUtc }: Span): number => endUtc.getTime() - startUtc.getTime();

/** The end of a time that is as long as the meeting is now. */
export const endAsLong = (room: Span, startUtc: Date): Date => new Date(startUtc.getTime() + lengthOf(room));

/** The same time in a calendar, which knows no fraction of a second. */
export const sameTime = (one: Span, other: Span): boolean =>
  sameSecond(one.startUtc, other.startUtc) && sameSecond(one.endUtc, other.endUtc);

/** Why these times may not be proposed, or null; the pointer names the first that is at fault. */
export function unfitTimes(room: Room, first: Span, alternatives: readonly Span[], now: Date): Refusal | null {
  const spans = [first, ...alternatives];
  for (const [order, span] of spans.entries()) {
    const at = pointersOf(order);
    if (!longerThanNothing(span)) return new Refusal('end-not-after-start', at.end);
    if (span.startUtc <= now) return new Refusal('start-in-past', at.start);
    if (sameTime(room, span))
      return order === 0 ? new Refusal('no-new-time') : new Refusal('alternative-is-current', at.start);
    if (spans.slice(0, order).some((each) => sameTime(each, span))) return new Refusal('times-alike', at.start);
  }
  return null;
}

const pointersOf = (order: number): { start: string; end: string } =>
  order === 0
    ? { start: '/proposedStartUtc', end: '/proposedEndUtc' }
    : { start: `/alternatives/${order - 1}/startUtc`, end: `/alternatives/${order - 1}/endUtc` };

export const optionsOf = (spans: readonly Span[], context: Context): ProposalOption[] =>
  spans.map(({ startUtc, endUtc }) => ({ optionId: context.newId(), startUtc, endUtc }));

/** A proposal lives for the policy's hours, and never past the current start or that of its latest option. */
export function expiryOf(room: Room, options: readonly Span[], now: Date): Date {
  const ttlEnd = now.getTime() + room.policy.proposalTtlHours * 3_600_000;
  const latest = Math.max(...options.map(({ startUtc }) => startUtc.getTime()));
  return new Date(Math.min(ttlEnd, room.startUtc.getTime(), latest));
}

/**
 * Why nothing can be decided any more, for a proposal that was not decided; null while it can, or once it was
 * decided.
 */
export function closedWhy(room: Room, proposal: Proposal, now: Date): Refusal | null {
  // A decided proposal always shows its decision, whatever happens to the room.
  if (proposal.status === 'approved' || proposal.status === 'declined') return null;
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  if (proposal.status === 'expired')
    return new Refusal(isStale(proposal.roomSequence, room) ? 'older-sequence' : 'proposal-expired');
  if (isStale(proposal.roomSequence, room)) return new Refusal('older-sequence');
  // A decision before the expiry counts, even if it takes effect after it.
  if (proposal.held === null && proposal.expiresAt <= now) return new Refusal('proposal-expired');
  return null;
}

/** The option that a link approves. A link of the version with one time approves the first. */
export const optionOf = ({ options }: Proposal, optionId: string | null): ProposalOption | undefined =>
  optionId === null ? options[0] : options.find((each) => each.optionId === optionId);

/** The chosen option. An approval of the version with one time chose the first. */
export const chosenOf = (proposal: Proposal): string | null =>
  proposal.chosenOptionId ?? (proposal.status === 'approved' ? (proposal.options[0]?.optionId ?? null) : null);

/** What a link or a button decides: a decline, or an approval of one of the times. */
export interface Choice {
  decision: Decision;
  option: ProposalOption | undefined;
}

export const choiceOf = (
  proposal: Proposal,
  { decision, optionId = null }: { decision: Decision; optionId?: string | null },
): Choice => ({ decision, option: decision === 'approve' ? optionOf(proposal, optionId) : undefined });

/** Whether the time that would be approved is over; a decline has none. */
export const isPassed = ({ decision, option }: Choice, now: Date): boolean =>
  decision === 'approve' && (option === undefined || option.startUtc <= now);

/** Whether what was decided is this. */
export const isSame = (proposal: Proposal, decided: Decision, { decision, option }: Choice): boolean =>
  decided === decision && (decision === 'decline' || chosenOf(proposal) === option?.optionId);
