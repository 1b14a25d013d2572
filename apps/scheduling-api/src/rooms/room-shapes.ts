// The types of a room: its people, proposals and times.
// Used by everything that decides about a room; room.ts applies events to it.
import type { Partstat, Policy, ProposalSource, ProposalStatus, Role, RoomStatus } from '#contracts';

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
  /** The content key of the last answer or COUNTER that was applied; a mail with the same key is a copy. */
  appliedContent: string | null;
  /**
   * When the current REQUEST was last sent again without a call of the platform, and for which sequence.
   */
  resent: { sequence: number; at: Date } | null;
}

export type Decision = 'approve' | 'decline';

/** One of the times that a proposal offers. */
export interface ProposalOption {
  optionId: string;
  startUtc: Date;
  endUtc: Date;
}

export interface Proposal {
  proposalId: string;
  proposedBy: Role;
  source: ProposalSource;
  counterSequence: number | null;
  /** The room's sequence when it was made; it is open as long as that is not older than `timeSequence`. */
  roomSequence: number;
  /** The first option's; after an approval those of the chosen one. */
  startUtc: Date;
  endUtc: Date;
  /** One to three; a COUNTER has one. */
  options: readonly ProposalOption[];
  chosenOptionId: string | null;
  note: string | null;
  status: ProposalStatus;
  /** `optionId`: which time is approved; null for a decline. */
  held: { decision: Decision; optionId: string | null; effectiveAt: Date } | null;
  /** After an Undo, a contest or a lapse the links only show buttons, and opening them records nothing. */
  buttonsOnly: boolean;
  lapsedWhy: string | null;
  createdAt: Date;
  expiresAt: Date;
  decisionAt: Date | null;
  approvedBy: Role | null;
  /** The other party's proposal that this one answers and declines. */
  insteadOf: string | null;
}

export interface Room {
  roomId: string;
  uid: string;
  sequence: number;
  /**
   * The sequence of the last change of start, end or location; answers and links since then are current (contract,
   * section 7.3).
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
   * Increases by one with every change that the API shows, except delivery states; orders two views of a room.
   */
  revision: number;
  createdAt: Date;
  /** When `revision` was increased last, by the order of changes (change-order.ts). */
  updatedAt: Date;
  cancelledBy: 'platform' | Role | null;
  /** Stripped of address-like strings. */
  cancelReason: string | null;
}
