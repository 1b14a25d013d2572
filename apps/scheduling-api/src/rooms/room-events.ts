// What can happen to a room, and the links that are minted with it.
// Given by decide, carried out by room.ts, told by announce.ts, audit-line.ts and the webhooks.
import type { Claim, LinkPurpose, Partstat, Role, Unreadable } from '#contracts';
import type { Refusal } from './refusal';
import type { AnswerOrder, Decision, Invitation, Proposal, Room } from './room-shapes';

/** What the links of letters and decisions are for; answer links stand in places of their own. */
type LetterPurpose = Exclude<LinkPurpose, 'answer'>;

/** A magic link to be minted with the event that carries it; the token is a function of the id. */
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
      /** The counterparty's: one approve link an option, in their order. */
      links: { approve: NewLink[]; decline: NewLink; suggest: NewLink | null };
      fresh: NewLink | null;
      replaced: string | null;
      /** The approval that waited to take effect and ends with what it approved: both parties are told. */
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
