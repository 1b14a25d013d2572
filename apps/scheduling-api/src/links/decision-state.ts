// Decides what the page of a decision link shows: a choice, a pending or final decision, or why it is closed. Pure.
// Called by decision.page.ts; whether something may still be decided is decide's rule.
import { closedWhy, optionOf } from '../rooms/decide-options';
import type { Decision, Proposal, Room, RoomEvent } from '../rooms/room';
import { Refusal } from '../rooms/refusal';
import type { OpenLink } from './links.service';

export type DecisionState =
  | { kind: 'choose'; hint: 'undone' | 'contested' | 'buttonsOnly' | null }
  /** `optionId`: which of the times is approved; null for a decline. */
  | { kind: 'held'; decision: Decision; optionId: string | null; effectiveAt: Date }
  | { kind: 'decided'; decision: Decision }
  /** `lapsedWhy`: a decision was held and had no effect; `replaced`: the same party has proposed again. */
  | { kind: 'closed'; refusal: Refusal; lapsedWhy: string | null; replaced: boolean };

/** `events`: what this very request has done. */
export function decisionState(
  room: Room,
  proposal: Proposal,
  link: Pick<OpenLink, 'role' | 'purpose' | 'optionId'>,
  now: Date,
  events: RoomEvent[],
): DecisionState {
  const closed = (refusal: Refusal): DecisionState => ({
    kind: 'closed',
    refusal,
    lapsedWhy: proposal.lapsedWhy,
    replaced: wasReplaced(room, proposal),
  });
  if (proposal.proposedBy === link.role) return closed(new Refusal('own-proposal'));
  if (proposal.status === 'approved') return { kind: 'decided', decision: 'approve' };
  if (proposal.status === 'declined') return { kind: 'decided', decision: 'decline' };
  const refusal = closedWhy(room, proposal, now) ?? passedWhy(proposal, link, now);
  return refusal !== null ? closed(refusal) : openState(proposal, events);
}

function openState(proposal: Proposal, events: RoomEvent[]): DecisionState {
  if (proposal.held !== null) return { kind: 'held', ...proposal.held };
  const dropped = events.find((each) => each.type === 'HoldDropped');
  if (dropped && dropped.cause !== 'lapsed') return { kind: 'choose', hint: dropped.cause };
  return { kind: 'choose', hint: proposal.buttonsOnly ? 'buttonsOnly' : null };
}

/** An approve link of a time that is over, while other times of the proposal may not be. */
function passedWhy(proposal: Proposal, link: Pick<OpenLink, 'purpose' | 'optionId'>, now: Date): Refusal | null {
  const own = link.purpose === 'approve' ? optionOf(proposal, link.optionId) : undefined;
  return own !== undefined && own.startUtc <= now ? new Refusal('option-passed') : null;
}

/** The newer proposal and the end of the older one are of the same instant. */
const wasReplaced = (room: Room, proposal: Proposal): boolean =>
  proposal.status === 'expired' &&
  room.proposals.some(
    (each) =>
      each.proposalId !== proposal.proposalId &&
      each.proposedBy === proposal.proposedBy &&
      each.createdAt.getTime() === proposal.decisionAt?.getTime(),
  );
