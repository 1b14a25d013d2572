// Decides what a request for a new time does: whether it may be put to the other party, what it replaces or declines,
// its links.
// The web form and a COUNTER are the same Propose command. Called by decide-proposals.ts and decide-counters.ts.
import { allowsProposals, counterpartyOf, type Role } from '#contracts';
import { type Context, proposeLink } from './context';
import { proposalLimit } from './decide-limits';
import { closedWhy, expiryOf, optionOf, optionsOf, type Span, unfitTimes } from './decide-options';
import { noteForOther } from './address-in-text';
import {
  invitationOf,
  type NewLink,
  pendingProposals,
  type Proposal,
  proposalOf,
  type Room,
  type RoomEvent,
} from './room';
import { Refusal } from './refusal';

export interface ProposeCommand {
  type: 'Propose';
  role: Role;
  startUtc: Date;
  endUtc: Date;
  /** Other times that would do as well, up to two. */
  alternatives?: readonly Span[];
  note: string | null;
  counterSequence: number | null;
  /** The other party's proposal that this one answers: it is declined with it while it is open. */
  insteadOf?: string | null;
}

export function propose(room: Room, wanted: ProposeCommand, context: Context): RoomEvent[] | Refusal {
  const refusal =
    whyNotPropose(room, wanted.role, context.now) ??
    unfitTimes(room, wanted, wanted.alternatives ?? [], context.now) ??
    proposalLimit(room, wanted.role, context);
  if (refusal !== null) return refusal;
  const older = pendingProposals(room).find((each) => each.proposedBy === wanted.role);
  const declined = declinedBy(room, wanted, context);
  const proposal = newProposal(room, { ...wanted, insteadOf: declined[0]?.proposalId ?? null }, context);
  const replaced: RoomEvent[] = older
    ? [{ type: 'Expired', proposalId: older.proposalId, cause: 'replaced', at: context.now, link: null }]
    : [];
  const links = linksFor(room, proposal, context);
  // A COUNTER used no link, so the one in the invitation is still open.
  const fresh = wanted.counterSequence === null ? proposeLink(room, wanted.role, room.startUtc, context) : null;
  return [
    ...declined,
    ...replaced,
    {
      type: 'Proposed',
      proposal,
      links,
      fresh,
      replaced: older?.proposalId ?? null,
      undone: older ? heldTime(older) : null,
    },
  ];
}

/** The links of the approval mail: one approve link an option, a decline link, and one to propose another time. */
function linksFor(
  room: Room,
  { proposalId, proposedBy, options, expiresAt }: Proposal,
  context: Context,
): Extract<RoomEvent, { type: 'Proposed' }>['links'] {
  const shared = { role: counterpartyOf(proposedBy), proposalId, expiresAt };
  const approve = options.map(({ optionId }): NewLink => ({
    linkId: context.newId(),
    purpose: 'approve',
    ...shared,
    optionId,
  }));
  const suggest = proposeLink(room, shared.role, room.startUtc, context);
  return {
    approve,
    decline: { linkId: context.newId(), purpose: 'decline', ...shared },
    suggest: suggest && { ...suggest, proposalId },
  };
}

/**
 * Declines the other party's proposal that this one answers. If that proposal is not open any more, nothing is declined.
 */
function declinedBy(
  room: Room,
  { role, insteadOf = null }: ProposeCommand,
  { now }: Context,
): Extract<RoomEvent, { type: 'Declined' }>[] {
  const answered = insteadOf === null ? undefined : proposalOf(room, insteadOf);
  if (answered?.status !== 'pending' || answered.proposedBy === role || closedWhy(room, answered, now)) return [];
  const { proposalId } = answered;
  return [{ type: 'Declined', proposalId, by: role, at: now, cause: 'countered', link: null }];
}

/** Why the party of that role may ask for no other time at all, or null. */
export function whyNotPropose(room: Room, role: Role, now: Date): Refusal | null {
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  if (!invitationOf(room, counterpartyOf(role))) return new Refusal('room-not-booked');
  if (room.startUtc <= now) return new Refusal('room-started');
  return allowsProposals(room.policy, role) ? null : new Refusal('proposals-not-allowed');
}

export function newProposal(room: Room, wanted: Omit<ProposeCommand, 'type'>, context: Context): Proposal {
  const proposalId = context.newId();
  const options = optionsOf([wanted, ...(wanted.alternatives ?? [])], context);
  return {
    proposalId,
    proposedBy: wanted.role,
    source: wanted.counterSequence === null ? 'link' : 'counter',
    counterSequence: wanted.counterSequence,
    roomSequence: room.sequence,
    startUtc: wanted.startUtc,
    endUtc: wanted.endUtc,
    options,
    chosenOptionId: null,
    note: noteForOther(wanted.note, invitationOf(room, wanted.role)?.email),
    status: 'pending',
    held: null,
    buttonsOnly: false,
    lapsedWhy: null,
    createdAt: context.now,
    expiresAt: expiryOf(room, options, context.now),
    decisionAt: null,
    approvedBy: null,
    insteadOf: wanted.insteadOf ?? null,
  };
}

/** The time of a pending approval. */
function heldTime(proposal: Proposal): Span | null {
  if (proposal.held?.decision !== 'approve') return null;
  const { startUtc, endUtc } = optionOf(proposal, proposal.held.optionId) ?? proposal;
  return { startUtc, endUtc };
}
