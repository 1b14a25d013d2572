// The shared value lists: roles, statuses, people and policies, as the HTTP contract and the events spell them.
// Imported by every lib and app; contains shapes only.
import { z } from 'zod';

export const roles = ['host', 'guest'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** The other of the two parties. */
export const counterpartyOf = (role: Role): Role => (role === 'host' ? 'guest' : 'host');

export const Partstat = z.enum(['needs-action', 'accepted', 'declined', 'tentative']);
export type Partstat = z.infer<typeof Partstat>;

export const RoomStatus = z.enum(['scheduled', 'cancelled']);
export type RoomStatus = z.infer<typeof RoomStatus>;

export const ProposalStatus = z.enum(['pending', 'approved', 'declined', 'expired']);
export type ProposalStatus = z.infer<typeof ProposalStatus>;

export const ProposalSource = z.enum(['link', 'counter']);
export type ProposalSource = z.infer<typeof ProposalSource>;

/**
 * `confirm` opens a page that asks whether an answer is really the attendee's own; `answer` one where the attendee
 * accepts, declines or says maybe.
 */
export const LinkPurpose = z.enum(['propose', 'approve', 'decline', 'confirm', 'answer']);
export type LinkPurpose = z.infer<typeof LinkPurpose>;

export const DeliveryState = z.enum(['pending', 'sent', 'delivered', 'deferred', 'bounced', 'failed']);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** What the ledger's `method` column may contain; `none` is a plain mail without a calendar part. */
export const LetterMethod = z.enum(['REQUEST', 'CANCEL', 'DECLINECOUNTER', 'none']);
export type LetterMethod = z.infer<typeof LetterMethod>;

/** Policy of a room with every choice made; pinned to the room when it is created. */
export const Policy = z.object({
  onDecline: z.enum(['strict', 'soft']),
  proposals: z.enum(['both', 'host', 'guest', 'none']),
  proposalTtlHours: z.number(),
});
export type Policy = z.infer<typeof Policy>;

/** Why a reply that came again has no effect, as the timeline tells it: a code and words. */
export const repeatedReplyWhy = 'duplicate: this reply was read before';

/** Whether the party of that role may ask for another time. */
export const allowsProposals = ({ proposals }: Pick<Policy, 'proposals'>, role: Role): boolean =>
  proposals === 'both' || proposals === role;

/** An instant as every output of ours writes it: RFC 3339 in UTC with milliseconds, e.g. `2026-12-01T09:00:00.000Z`. */
export const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export type Instant = z.infer<typeof Instant>;
