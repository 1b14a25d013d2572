// What a room consists of: its people, proposals and times.
// Read by everything that decides about a room; room.ts says how each event changes it.
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
  /** The content key of the last answer or COUNTER that was applied: the same once more is a copy of it. */
  appliedContent: string | null;
  /**
   * The last time the current REQUEST was sent again without being asked for by the platform, and for which sequence.
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
  /** After an Undo, a contest or a lapse the links show buttons and never record again. */
  buttonsOnly: boolean;
  lapsedWhy: string | null;
  createdAt: Date;
  expiresAt: Date;
  decisionAt: Date | null;
  approvedBy: Role | null;
  /** The other party's proposal that this one was sent instead of an approval of; it was declined with it. */
  insteadOf: string | null;
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
