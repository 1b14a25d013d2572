// Decides what a decision link has to show: a choice, a held or made decision, or why there is nothing left to
// decide. Pure.
// Called by decision.page.ts; whether something may still be decided is decide's own rule.
import type { Role } from '#contracts';
import { closedWhy } from '../rooms/decide-proposals';
import type { Decision, Proposal, Room, RoomEvent } from '../rooms/room';
import { Refusal } from '../rooms/refusal';

export type DecisionState =
  | { kind: 'choose'; hint: 'undone' | 'contested' | 'buttonsOnly' | null }
  | { kind: 'held'; decision: Decision; effectiveAt: Date }
  | { kind: 'decided'; decision: Decision }
  /** `lapsedWhy`: a decision was held and had no effect; `replaced`: the same party has proposed again. */
  | { kind: 'closed'; refusal: Refusal; lapsedWhy: string | null; replaced: boolean };

/** `events`: what this very request has done. */
export function decisionState(
  room: Room,
  proposal: Proposal,
  role: Role,
  now: Date,
  events: RoomEvent[],
): DecisionState {
  const closed = (refusal: Refusal): DecisionState => ({
    kind: 'closed',
    refusal,
    lapsedWhy: proposal.lapsedWhy,
    replaced: wasReplaced(room, proposal),
  });
  if (proposal.proposedBy === role) return closed(new Refusal('own-proposal'));
  if (proposal.status === 'approved') return { kind: 'decided', decision: 'approve' };
  if (proposal.status === 'declined') return { kind: 'decided', decision: 'decline' };
  const refusal = closedWhy(room, proposal, now);
  if (refusal !== null) return closed(refusal);
  if (proposal.held !== null) return { kind: 'held', ...proposal.held };
  const dropped = events.find((each) => each.type === 'HoldDropped');
  if (dropped && dropped.cause !== 'lapsed') return { kind: 'choose', hint: dropped.cause };
  return { kind: 'choose', hint: proposal.buttonsOnly ? 'buttonsOnly' : null };
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
