// What a room is and how each event changes it: `evolve` alone does.
// decide.ts reads a room, rooms.store.ts loads and saves one.
import type {
  Claim,
  LinkPurpose,
  Partstat,
  Policy,
  ProposalSource,
  ProposalStatus,
  Role,
  RoomStatus,
  Unreadable,
} from '#contracts';
import type { Refusal } from './refusal';

export interface Person {
  email: string;
  name: string | null;
  timeZone: string;
  locale: string;
}

/** What orders the answers of one attendee: SEQUENCE, then DTSTAMP to the second (RFC 5546 2.1.5), then the arrival. */
export interface AnswerOrder {
  sequence: number;
  dtstamp: Date;
  arrivedAt: Date;
}

export interface Invitation extends Person {
  invitationId: string;
  role: Role;
  partstat: Partstat;
  /** The last answer that counted; null until there is one. */
  answered: AnswerOrder | null;
  /** The content key of the last answer or COUNTER that was applied: the same once more is a copy of it. */
  appliedContent: string | null;
  /**
   * The last time the current REQUEST was sent again without being asked for by the platform, and for which sequence.
   */
  resent: { sequence: number; at: Date } | null;
}

export type Decision = 'approve' | 'decline';

export interface Proposal {
  proposalId: string;
  proposedBy: Role;
  source: ProposalSource;
  counterSequence: number | null;
  /** The room's sequence when it was made; it is open as long as that is not older than `timeSequence`. */
  roomSequence: number;
  startUtc: Date;
  endUtc: Date;
  note: string | null;
  status: ProposalStatus;
  held: { decision: Decision; effectiveAt: Date } | null;
  /** After an Undo, a contest or a lapse the links show buttons and never record again. */
  buttonsOnly: boolean;
  lapsedWhy: string | null;
  createdAt: Date;
  expiresAt: Date;
  decisionAt: Date | null;
  approvedBy: Role | null;
}

export interface Room {
  roomId: string;
  uid: string;
  sequence: number;
  /**
   * The sequence of the last change of start, end or location: what was said since then is about this meeting
   * (contract, section 7.3).
   */
  timeSequence: number;
  status: RoomStatus;
  title: string;
  startUtc: Date;
  endUtc: Date;
  location: string | null;
  videoUrl: string | null;
  externalId: string | null;
  policy: Policy;
  /** The host alone until a guest is booked. */
  invitations: Invitation[];
  proposals: Proposal[];
  /**
   * One more with every change that the API shows, but for delivery states: what tells an older view from a newer
   * one.
   */
  revision: number;
  createdAt: Date;
  /** When `revision` grew last, by the order of changes (change-order.ts). */
  updatedAt: Date;
  cancelledBy: 'platform' | Role | null;
  /** Stripped of address-like strings. */
  cancelReason: string | null;
}

/** What the links of letters and decisions are for; answer links stand in places of their own. */
type LetterPurpose = Exclude<LinkPurpose, 'answer'>;

/** A magic link to be minted with the event that carries it; the token is a function of the id. */
export interface NewLink<P extends LinkPurpose = LetterPurpose> {
  linkId: string;
  purpose: P;
  role: Role;
  proposalId: string | null;
  expiresAt: Date;
  /** What a confirm link asks about. */
  claim?: Claim;
}

/** Opens the page where an attendee accepts, declines or says maybe. */
export type AnswerLink = NewLink<'answer'>;
export type MintedLink = NewLink | AnswerLink;

/** `attendee-changed`: who was asked was replaced; `proposer-changed`: who asked was. */
export type ExpiryCause =
  | 'time'
  | 'replaced'
  | 'other-approved'
  | 'room-cancelled'
  | 'lapsed'
  | 'room-moved'
  | 'attendee-changed'
  | 'proposer-changed';

/** What an attendee wrote to the organizer with a decline, without addresses; shown in the timeline alone. */
export interface AnswerNote {
  noteId: string;
  invitationId: string;
  role: Role;
  text: string;
  at: Date;
}

type Times = Pick<Room, 'startUtc' | 'endUtc'>;
type Details = Pick<Room, 'title' | 'location' | 'videoUrl' | 'externalId'>;

export type RoomEvent =
  | { type: 'Created'; room: Room }
  | { type: 'Booked'; guest: Invitation; links: MintedLink[] }
  | { type: 'Cancelled'; cause: 'deleted' | 'declined'; by: Role | null; reason: string | null }
  /** `closed`: whose requests for a new time ended with it. */
  | ({ type: 'Rescheduled'; previous: Times; reason: string | null; closed: Role[]; links: MintedLink[] } & Times)
  | {
      type: 'Updated';
      changed: (keyof Details)[];
      details: Partial<Details>;
      previous: Details;
      closed: Role[];
      links: MintedLink[];
    }
  /**
   * `isNew`: another address, so another invitation; else the same one with another name, zone or locale. `sequence`
   * is the room's afterwards.
   */
  | {
      type: 'AttendeeChanged';
      invitation: Invitation;
      previous: Invitation;
      isNew: boolean;
      sequence: number;
      cancelSequence: number | null;
      links: MintedLink[];
    }
  /** `byLink`: on the page of the answer link, with what was written to the organizer there; null: by mail. */
  | {
      type: 'Answered';
      role: Role;
      partstat: Partstat;
      order: AnswerOrder;
      contentKey: string | null;
      byLink: { note: AnswerNote | null } | null;
    }
  /**
   * The answer that was applied last once more; for a reply `order` is the copy's, which moves the answer's own
   * forward.
   */
  | { type: 'AnswerRepeated'; role: Role; order: AnswerOrder | null }
  /** `limit`: what a page says, where a person is told. */
  | { type: 'AnswerIgnored'; role: Role; why: string; limit?: Refusal }
  | {
      type: 'Resent';
      role: Role;
      at: Date;
      occasion: string;
      why: 'platform' | 'stale-reply' | 'refresh';
      link: NewLink | null;
      answerLink: AnswerLink | null;
    }
  /** `fresh`: the proposer's next reschedule link, since the one of the form is used up. */
  | {
      type: 'Proposed';
      proposal: Proposal;
      links: [NewLink, NewLink];
      fresh: NewLink | null;
      replaced: string | null;
      /** The approval that waited to take effect and ends with what it approved: both parties are told. */
      undone: { startUtc: Date; endUtc: Date } | null;
      contentKey?: string | null;
    }
  | { type: 'DecisionHeld'; proposalId: string; decision: Decision; effectiveAt: Date }
  | { type: 'HoldDropped'; proposalId: string; cause: 'undone' | 'contested' | 'lapsed'; why: string | null }
  | {
      type: 'Approved';
      proposalId: string;
      by: Role;
      at: Date;
      previous: { startUtc: Date; endUtc: Date };
      links: MintedLink[];
    }
  | { type: 'Declined'; proposalId: string; by: Role; at: Date; link: NewLink | null }
  | { type: 'Expired'; proposalId: string; cause: ExpiryCause; at: Date; link: NewLink | null }
  | { type: 'CounterRefused'; proposal: Proposal; why: string; link: NewLink | null; contentKey?: string | null }
  | { type: 'FreshLinkMade'; role: Role; occasion: string; link: NewLink }
  /** The one mail that answers a held answer or a person's words. */
  /**
   * `asked`: what a person's words asked for, so that the same is not answered twice a day; empty for an unconfirmed
   * answer.
   */
  | {
      type: 'LinkOffered';
      role: Role;
      why: 'held' | 'text';
      occasion: string;
      asked: string;
      claim: Claim;
      link: NewLink;
      answerLink: AnswerLink | null;
      unreadable?: Unreadable;
    };

export const isBooked = (room: Room): boolean => room.invitations.some((each) => each.role === 'guest');

export const invitationOf = (room: Room, role: Role): Invitation | undefined =>
  room.invitations.find((each) => each.role === role);

export const proposalOf = (room: Room, proposalId: string): Proposal | undefined =>
  room.proposals.find((each) => each.proposalId === proposalId);

/** The room after an event, one revision up where the event shows; `room` is null only for `Created`. */
export function evolve(room: Room | null, event: RoomEvent): Room {
  if (event.type === 'Created') return event.room;
  if (room === null) throw new Error(`${event.type} before Created`);
  const after = apply(room, event);
  return isShown(room, after, event) ? { ...after, revision: room.revision + 1 } : after;
}

/**
 * Whether the API shows a difference: when a letter went out again, or an answer came that says the same, is not
 * shown.
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
      return withInvitation(room, event.role, (each) => ({
        ...each,
        partstat: event.partstat,
        answered: event.order,
        appliedContent: event.contentKey,
      }));
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
      return {
        ...withContent(room, event.proposal.proposedBy, event.contentKey ?? null),
        proposals: [...room.proposals, event.proposal],
      };
    case 'DecisionHeld':
    case 'HoldDropped':
    case 'Declined':
    case 'Expired':
      return withProposal(room, event.proposalId, (each) => evolveProposal(each, event));
  }
}

type ProposalEvent = Extract<RoomEvent, { type: 'DecisionHeld' | 'HoldDropped' | 'Declined' | 'Expired' }>;

function evolveProposal(proposal: Proposal, event: ProposalEvent): Proposal {
  switch (event.type) {
    case 'DecisionHeld':
      return { ...proposal, held: { decision: event.decision, effectiveAt: event.effectiveAt } };
    case 'HoldDropped':
      return { ...proposal, held: null, buttonsOnly: true, lapsedWhy: event.why };
    case 'Declined':
      return { ...proposal, status: 'declined', held: null, decisionAt: event.at };
    case 'Expired':
      // A hold that is overtaken lapses with its proposal, and the page says why.
      return {
        ...proposal,
        status: 'expired',
        held: null,
        decisionAt: event.at,
        lapsedWhy: proposal.held ? lapseOf(event.cause) : proposal.lapsedWhy,
      };
  }
}

/** The new time, one sequence up, and both answers open again: an old acceptance never counts for a new time. */
function approved(room: Room, event: Extract<RoomEvent, { type: 'Approved' }>): Room {
  const proposal = proposalOf(room, event.proposalId);
  if (!proposal) throw new Error('Approved without its proposal');
  const decided = withProposal(room, event.proposalId, (each) => ({
    ...each,
    status: 'approved',
    held: null,
    approvedBy: event.by,
    decisionAt: event.at,
  }));
  return moved({ ...decided, startUtc: proposal.startUtc, endUtc: proposal.endUtc });
}

/** Whoever of the two was replaced, pages, timeline and webhooks say the same. */
export const lapseOf = (cause: ExpiryCause): string => (cause === 'proposer-changed' ? 'attendee-changed' : cause);

/** Another time or place: one sequence up, and both answers open again. */
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

/** A COUNTER is an answer too; a proposal of the form has no content key and leaves what was answered by mail. */
const withContent = (room: Room, role: Role, contentKey: string | null): Room =>
  contentKey === null ? room : withInvitation(room, role, (each) => ({ ...each, appliedContent: contentKey }));

const withProposal = (room: Room, proposalId: string, change: (proposal: Proposal) => Proposal): Room => ({
  ...room,
  proposals: room.proposals.map((each) => (each.proposalId === proposalId ? change(each) : each)),
});
