// The events of a room, and the links that are made with them.
// Returned by decide, applied by room.ts, published by announce.ts, audit-line.ts and the webhooks.
import type { Claim, LinkPurpose, Partstat, Role, Unreadable } from '#contracts';
import type { Refusal } from './refusal';
import type { AnswerOrder, Decision, Invitation, Proposal, Room } from './room-shapes';

/** The purposes of the links in letters and decisions; answer links have a type of their own. */
type LetterPurpose = Exclude<LinkPurpose, 'answer'>;

/** A magic link that is made with its event; the token is a function of the id. */
export interface NewLink<P extends LinkPurpose = LetterPurpose> {
  linkId: string;
  purpose: P;
  role: Role;
  proposalId: string | null;
  /** Which of the proposal's times an approve link approves. */
  optionId?: string;
  expiresAt: Date;
  /** What a confirm link asks about. */
  claim?: Claim;
}

/** Opens the page where an attendee accepts, declines or says maybe. */
export type AnswerLink = NewLink<'answer'>;
export type MintedLink = NewLink | AnswerLink;

/** `attendee-changed`: the party who should decide was replaced; `proposer-changed`: the proposer was. */
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
   * A copy of the answer that was applied last; for a reply `order` is that of the copy, which the answer then has.
   */
  | { type: 'AnswerRepeated'; role: Role; order: AnswerOrder | null }
  /** `limit`: the refusal that a page shows, where a limit is the reason. */
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
      /** The counterparty's: one approve link an option, in their order. */
      links: { approve: NewLink[]; decline: NewLink; suggest: NewLink | null };
      fresh: NewLink | null;
      replaced: string | null;
      /** The pending approval that ends with the replaced proposal; both parties are mailed about it. */
      undone: { startUtc: Date; endUtc: Date } | null;
      contentKey?: string | null;
    }
  | { type: 'DecisionHeld'; proposalId: string; decision: Decision; optionId: string | null; effectiveAt: Date }
  | { type: 'HoldDropped'; proposalId: string; cause: 'undone' | 'contested' | 'lapsed'; why: string | null }
  | {
      type: 'Approved';
      proposalId: string;
      optionId: string;
      by: Role;
      at: Date;
      previous: { startUtc: Date; endUtc: Date };
      links: MintedLink[];
    }
  /** `countered`: by proposing another time instead. */
  | { type: 'Declined'; proposalId: string; by: Role; at: Date; cause: 'countered' | null; link: NewLink | null }
  | { type: 'Expired'; proposalId: string; cause: ExpiryCause; at: Date; link: NewLink | null }
  | { type: 'CounterRefused'; proposal: Proposal; why: string; link: NewLink | null; contentKey?: string | null }
  | { type: 'FreshLinkMade'; role: Role; occasion: string; link: NewLink }
  /**
   * A mail with a link, in response to an unconfirmed answer or to text. `asked`: what the text asked for, so that the
   * same request gets no second mail on a day; empty for an unconfirmed answer.
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
