// Applies events to a room; only `evolve` changes one.
// decide.ts reads a room, rooms.store.ts loads and saves it.
import type { Role } from '#contracts';
import type { ExpiryCause, RoomEvent } from './room-events';
import type { Invitation, Person, Proposal, Room } from './room-shapes';

export type * from './room-events';
export type * from './room-shapes';

export const isBooked = (room: Room): boolean => room.invitations.some((each) => each.role === 'guest');

export const invitationOf = (room: Room, role: Role): Invitation | undefined =>
  room.invitations.find((each) => each.role === role);

export const pendingProposals = (room: Room): Proposal[] => room.proposals.filter((each) => each.status === 'pending');

export const proposalOf = (room: Room, proposalId: string): Proposal | undefined =>
  room.proposals.find((each) => each.proposalId === proposalId);

/** Of a party who has not answered yet. */
export const newInvitation = (invitationId: string, role: Role, person: Person): Invitation => ({
  ...person,
  invitationId,
  role,
  partstat: 'needs-action',
  answered: null,
  appliedContent: null,
  resent: null,
});

/** The room after an event, with the next revision where the API shows it; `room` is null only for `Created`. */
export function evolve(room: Room | null, event: RoomEvent): Room {
  if (event.type === 'Created') return event.room;
  if (room === null) throw new Error(`${event.type} before Created`);
  const after = apply(room, event);
  return isShown(room, after, event) ? { ...after, revision: room.revision + 1 } : after;
}

/**
 * Whether the API shows a difference. It does not show that a letter was sent again, or that the same answer came
 * again.
 */
function isShown(before: Room, after: Room, event: RoomEvent): boolean {
  if (event.type === 'Resent' || event.type === 'AnswerRepeated') return false;
  if (event.type !== 'Answered') return after !== before;
  return invitationOf(before, event.role)?.partstat !== invitationOf(after, event.role)?.partstat;
}

function apply(room: Room, event: Exclude<RoomEvent, { type: 'Created' }>): Room {
  switch (event.type) {
    case 'Booked':
      return { ...room, invitations: [...room.invitations, event.guest] };
    case 'Cancelled':
      return cancelled(room, event);
    case 'Answered':
      return answered(room, event);
    case 'AnswerRepeated':
      return withInvitation(room, event.role, (each) => ({ ...each, answered: event.order ?? each.answered }));
    case 'Resent':
      return event.why === 'platform'
        ? room
        : withInvitation(room, event.role, (each) => ({ ...each, resent: { sequence: room.sequence, at: event.at } }));
    case 'AnswerIgnored':
    case 'FreshLinkMade':
    case 'LinkOffered':
      return room;
    case 'Approved':
      return approved(room, event);
    case 'Rescheduled':
      return moved({ ...room, startUtc: event.startUtc, endUtc: event.endUtc });
    case 'Updated':
      return updated(room, event);
    case 'AttendeeChanged':
      return withAttendee(room, event);
    case 'Proposed':
    case 'CounterRefused':
      return proposed(room, event);
    case 'DecisionHeld':
    case 'HoldDropped':
    case 'Declined':
    case 'Expired':
      return withProposal(room, event.proposalId, (each) => evolveProposal(each, event));
  }
}

const answered = (room: Room, { role, partstat, order, contentKey }: Extract<RoomEvent, { type: 'Answered' }>): Room =>
  withInvitation(room, role, (each) => ({ ...each, partstat, answered: order, appliedContent: contentKey }));

const proposed = (
  room: Room,
  { proposal, contentKey }: Extract<RoomEvent, { type: 'Proposed' | 'CounterRefused' }>,
): Room => ({
  ...withContent(room, proposal.proposedBy, contentKey ?? null),
  proposals: [...room.proposals, proposal],
});

type ProposalEvent = Extract<RoomEvent, { type: 'DecisionHeld' | 'HoldDropped' | 'Declined' | 'Expired' }>;

function evolveProposal(proposal: Proposal, event: ProposalEvent): Proposal {
  switch (event.type) {
    case 'DecisionHeld':
      return {
        ...proposal,
        held: { decision: event.decision, optionId: event.optionId, effectiveAt: event.effectiveAt },
      };
    case 'HoldDropped':
      return { ...proposal, held: null, buttonsOnly: true, lapsedWhy: event.why };
    case 'Declined':
      return { ...proposal, status: 'declined', held: null, decisionAt: event.at };
    case 'Expired':
      // A pending decision lapses with its proposal, and the page says why.
      return {
        ...proposal,
        status: 'expired',
        held: null,
        decisionAt: event.at,
        lapsedWhy: proposal.held ? lapseOf(event.cause) : proposal.lapsedWhy,
      };
  }
}

/** Sets the new time, increases the sequence and resets both answers: an old acceptance never counts for a new time. */
function approved(room: Room, event: Extract<RoomEvent, { type: 'Approved' }>): Room {
  const chosen = proposalOf(room, event.proposalId)?.options.find((each) => each.optionId === event.optionId);
  if (!chosen) throw new Error('Approved without its proposal');
  const { optionId, startUtc, endUtc } = chosen;
  const decided = withProposal(room, event.proposalId, (each) => ({
    ...each,
    startUtc,
    endUtc,
    chosenOptionId: optionId,
    status: 'approved',
    held: null,
    approvedBy: event.by,
    decisionAt: event.at,
  }));
  return moved({ ...decided, startUtc, endUtc });
}

/** The cause that pages, timeline and webhooks show; the same whichever party was replaced. */
export const lapseOf = (cause: ExpiryCause): string => (cause === 'proposer-changed' ? 'attendee-changed' : cause);

/** After a change of time or place: increases the sequence and resets both answers. */
const moved = (room: Room): Room => ({
  ...room,
  sequence: room.sequence + 1,
  timeSequence: room.sequence + 1,
  invitations: room.invitations.map((each) => ({ ...each, partstat: 'needs-action' })),
});

const cancelled = (room: Room, { by, reason }: Extract<RoomEvent, { type: 'Cancelled' }>): Room => ({
  ...room,
  status: 'cancelled',
  sequence: room.sequence + 1,
  cancelledBy: by ?? 'platform',
  cancelReason: reason,
});

function withAttendee(room: Room, event: Extract<RoomEvent, { type: 'AttendeeChanged' }>): Room {
  const rest = room.invitations.filter((each) => each.invitationId !== event.previous.invitationId);
  return { ...room, sequence: event.sequence, invitations: [...rest, event.invitation] };
}

function updated(room: Room, { details, changed }: Extract<RoomEvent, { type: 'Updated' }>): Room {
  const given = Object.fromEntries(changed.map((name) => [name, details[name]]));
  const after = { ...room, ...given };
  if (changed.includes('location') || changed.includes('videoUrl')) return moved(after);
  return changed.includes('title') ? { ...after, sequence: room.sequence + 1 } : after;
}

const withInvitation = (room: Room, role: Role, change: (invitation: Invitation) => Invitation): Room => ({
  ...room,
  invitations: room.invitations.map((each) => (each.role === role ? change(each) : each)),
});

/** A COUNTER is an answer too. A proposal by the form has no content key and does not change that of the mail. */
const withContent = (room: Room, role: Role, contentKey: string | null): Room =>
  contentKey === null ? room : withInvitation(room, role, (each) => ({ ...each, appliedContent: contentKey }));

const withProposal = (room: Room, proposalId: string, change: (proposal: Proposal) => Proposal): Room => ({
  ...room,
  proposals: room.proposals.map((each) => (each.proposalId === proposalId ? change(each) : each)),
});
