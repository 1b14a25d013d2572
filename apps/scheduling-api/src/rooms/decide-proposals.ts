// Decides about a proposed time: pending decisions (held), undo, contest, approval, decline, expiry.
// Called by decide.ts; proposing itself is in decide-propose.ts and decide-counters.ts. Contract, section 4.
import { counterpartyOf, type Role } from '#contracts';
import { type Context, linksToBoth, proposeLink } from './context';
import { type CounterCommand, counterOnce } from './decide-counters';
import { type Choice, choiceOf, closedWhy, isPassed, isSame } from './decide-options';
import { propose, type ProposeCommand } from './decide-propose';
import { type Decision, pendingProposals, type Proposal, proposalOf, type Room, type RoomEvent } from './room';
import { Refusal } from './refusal';

export type ProposalCommand =
  | ProposeCommand
  | CounterCommand
  /** `optionId`: the time that the link approves; null for a decline, and for the first. */
  | { type: 'OpenDecisionLink'; proposalId: string; decision: Decision; optionId?: string | null }
  | { type: 'Decide'; proposalId: string; decision: Decision; optionId?: string | null; by: Role }
  | { type: 'Undo'; proposalId: string; by: Role }
  | { type: 'SettleDue'; proposalId: string }
  | { type: 'MakeFreshLink'; role: Role; occasion: string };

export function decideProposal(room: Room, command: ProposalCommand, context: Context): RoomEvent[] | Refusal {
  switch (command.type) {
    case 'Propose':
      return propose(room, command, context);
    case 'Counter':
      return counterOnce(room, command, context);
    case 'MakeFreshLink':
      return freshLink(room, command.role, command.occasion, context);
    case 'OpenDecisionLink':
    case 'Decide':
    case 'Undo':
    case 'SettleDue': {
      const proposal = proposalOf(room, command.proposalId);
      if (!proposal) return new Refusal('link-unknown');
      return onProposal(room, proposal, command, context);
    }
  }
}

type OnProposal = Extract<ProposalCommand, { proposalId: string }>;

function onProposal(room: Room, proposal: Proposal, command: OnProposal, context: Context): RoomEvent[] | Refusal {
  switch (command.type) {
    case 'OpenDecisionLink':
      return open(room, proposal, choiceOf(proposal, command), context);
    case 'Decide':
      return decideNow(room, proposal, choiceOf(proposal, command), command.by, context);
    case 'Undo':
      if (proposal.status !== 'pending' || proposal.held === null) return new Refusal('nothing-held');
      return [{ type: 'HoldDropped', proposalId: proposal.proposalId, cause: 'undone', why: null }];
    case 'SettleDue':
      return settle(room, proposal, context);
  }
}

/**
 * A page load of a decision link. The first one records a decision, the opposite one contests it. A decision takes
 * effect at once only if the hold is 0 s.
 */
function open(room: Room, proposal: Proposal, choice: Choice, context: Context): RoomEvent[] | Refusal {
  const closed = closedWhy(room, proposal, context.now);
  if (closed !== null) return closed;
  if (proposal.status !== 'pending') return [];
  if (isPassed(choice, context.now)) return new Refusal('option-passed');
  const { decision, option } = choice;
  const optionId = option?.optionId ?? null;
  if (proposal.held !== null) {
    if (proposal.held.decision === decision && proposal.held.optionId === optionId) return [];
    return [{ type: 'HoldDropped', proposalId: proposal.proposalId, cause: 'contested', why: null }];
  }
  if (proposal.buttonsOnly || context.rules.decisionLinks === 'confirm') return [];
  if (context.rules.holdSeconds === 0) return take(room, proposal, choice, context);
  const effectiveAt = new Date(context.now.getTime() + context.rules.holdSeconds * 1_000);
  return [{ type: 'DecisionHeld', proposalId: proposal.proposalId, decision, optionId, effectiveAt }];
}

/** A button: decides at once. The same decision again succeeds without effect; the opposite one is refused. */
function decideNow(room: Room, proposal: Proposal, choice: Choice, by: Role, context: Context): RoomEvent[] | Refusal {
  if (by === proposal.proposedBy) return new Refusal('own-proposal');
  const decided = proposal.status === 'approved' ? 'approve' : proposal.status === 'declined' ? 'decline' : null;
  if (decided !== null) return isSame(proposal, decided, choice) ? [] : new Refusal('already-decided');
  return closedWhy(room, proposal, context.now) ?? take(room, proposal, choice, context);
}

function take(room: Room, proposal: Proposal, choice: Choice, context: Context): RoomEvent[] | Refusal {
  const by = counterpartyOf(proposal.proposedBy);
  const { proposalId } = proposal;
  if (choice.decision === 'decline') {
    return [
      {
        type: 'Declined',
        proposalId,
        by,
        at: context.now,
        cause: null,
        link: proposeLink(room, proposal.proposedBy, room.startUtc, context),
      },
    ];
  }
  const { option } = choice;
  if (option === undefined || option.startUtc <= context.now) return new Refusal('option-passed');
  const others = pendingProposals(room).filter((each) => each.proposalId !== proposalId);
  const links = linksToBoth(room, option.startUtc, context);
  return [
    ...others.map((each): RoomEvent => ({
      type: 'Expired',
      proposalId: each.proposalId,
      cause: 'other-approved',
      at: context.now,
      link: null,
    })),
    {
      type: 'Approved',
      proposalId,
      optionId: option.optionId,
      by,
      at: context.now,
      previous: { startUtc: room.startUtc, endUtc: room.endUtc },
      links,
    },
  ];
}

/**
 * Applies what is due to an undecided proposal: its pending decision takes effect or lapses, or the proposal expires.
 * Called repeatedly; does nothing before the time.
 */
function settle(room: Room, proposal: Proposal, context: Context): RoomEvent[] {
  if (proposal.status !== 'pending') return [];
  if (proposal.held !== null) return settleFirstDue(room, context);
  if (proposal.expiresAt > context.now) return [];
  const link = proposeLink(room, proposal.proposedBy, room.startUtc, context);
  const cause = proposal.lapsedWhy === null ? 'time' : 'lapsed';
  return [{ type: 'Expired', proposalId: proposal.proposalId, cause, at: context.now, link }];
}

/**
 * Of several pending decisions in one room the first that is due is applied, whichever proposal was named; the others
 * follow with the next calls.
 */
function settleFirstDue(room: Room, context: Context): RoomEvent[] {
  const due = pendingProposals(room).flatMap((each) =>
    each.held && each.held.effectiveAt <= context.now ? [{ each, held: each.held }] : [],
  );
  const first = due.toSorted((a, b) => a.held.effectiveAt.getTime() - b.held.effectiveAt.getTime())[0];
  if (!first) return [];
  const taken =
    closedWhy(room, first.each, context.now) ?? take(room, first.each, choiceOf(first.each, first.held), context);
  if (!(taken instanceof Refusal)) return taken;
  return [{ type: 'HoldDropped', proposalId: first.each.proposalId, cause: 'lapsed', why: taken.code }];
}

function freshLink(room: Room, role: Role, occasion: string, context: Context): RoomEvent[] | Refusal {
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  if (room.startUtc <= context.now) return new Refusal('room-started');
  const link = proposeLink(room, role, room.startUtc, context);
  return link === null ? new Refusal('proposals-not-allowed') : [{ type: 'FreshLinkMade', role, occasion, link }];
}
