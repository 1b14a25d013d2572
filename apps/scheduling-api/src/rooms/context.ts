// The input of every decision beside the room: the time, new ids, the settings. Also the links of letters.
// Shared by the decide files; made by the store.
import { allowsProposals, type Role } from '#contracts';
import type { AnswerLink, MintedLink, NewLink, Room } from './room';

/** The settings that rule links and proposals (contract, section 3). */
export interface DecisionRules {
  organizerEmail: string;
  /** null: until the meeting starts. */
  rescheduleLinkTtlHours: number | null;
  decisionLinks: 'one-click' | 'confirm';
  holdSeconds: number;
}

/** A mail with a link that was sent in response to a mail; it is not part of the room. */
export interface OfferedMail {
  role: Role;
  at: Date;
}

/** The time of the database, new ids, and the settings for links and proposals. */
export interface Context {
  now: Date;
  /**
   * UUID version 7: such ids begin with their time, so new rows are near each other in every index and touch few old
   * pages.
   */
  newId: () => string;
  rules: DecisionRules;
  /** Mails with a link to either party in the last day; none where the command sends no mail. */
  offered?: readonly OfferedMail[];
}

/**
 * A reschedule link for one role: until the meeting starts or the setting's hours have passed; none where the policy
 * lets the role propose nothing, or once it has started.
 */
export function proposeLink(room: Room, role: Role, startUtc: Date, context: Context): NewLink | null {
  if (!allowsProposals(room.policy, role) || startUtc <= context.now) return null;
  const { rescheduleLinkTtlHours } = context.rules;
  const ttlEnd =
    rescheduleLinkTtlHours === null ? startUtc.getTime() : context.now.getTime() + rescheduleLinkTtlHours * 3_600_000;
  return {
    linkId: context.newId(),
    purpose: 'propose',
    role,
    proposalId: null,
    expiresAt: new Date(Math.min(ttlEnd, startUtc.getTime())),
  };
}

/** An answer link for one role: until the meeting starts; none once it has. */
export const answerLink = (role: Role, startUtc: Date, context: Context): AnswerLink | null =>
  startUtc <= context.now
    ? null
    : { linkId: context.newId(), purpose: 'answer', role, proposalId: null, expiresAt: startUtc };

/** The links of an invitation to one role, for a meeting that starts at `startUtc`. */
export const invitationLinks = (room: Room, role: Role, startUtc: Date, context: Context): MintedLink[] =>
  [proposeLink(room, role, startUtc, context), answerLink(role, startUtc, context)].filter((each) => each !== null);

/** Those of the invitations to both. */
export const linksToBoth = (room: Room, startUtc: Date, context: Context): MintedLink[] =>
  (['host', 'guest'] as const).flatMap((role) => invitationLinks(room, role, startUtc, context));

/** iCalendar has no fractions of a second (RFC 5545 3.3.12), so a time that was mailed comes back without them. */
export const sameSecond = (a: Date, b: Date): boolean =>
  Math.floor(a.getTime() / 1_000) === Math.floor(b.getTime() / 1_000);

/** Whether an event of these times would have a length in a calendar. */
export const longerThanNothing = ({ startUtc, endUtc }: { startUtc: Date; endUtc: Date }): boolean =>
  endUtc > startUtc && !sameSecond(startUtc, endUtc);
