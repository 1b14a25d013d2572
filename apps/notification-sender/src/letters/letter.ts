// The letter: everything that decides its text and its calendar, without tokens and without the ledger's columns.
// Made by lettersFor, kept as the ledger row's `content`, read back by the renderer.
import { z } from 'zod';
import { AnswerLinkRef, Instant, LetterMethod, LinkRef, Partstat, Role, Unreadable } from '#contracts';

const Times = z.object({ startUtc: Instant, endUtc: Instant });
export type Times = z.infer<typeof Times>;

/** `alternatives`: the other times of the same proposal. */
const ProposedTimes = Times.extend({ note: z.string().nullable(), alternatives: z.array(Times).default([]) });

const DeclinedTimes = Times.extend({ alternatives: z.array(Times) });

/** The content that depends on the kind of letter. */
const Matter = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('invite') }),
  /**
   * `changed` beside the time, with what title and place were before; `reason`: the organizer's words;
   * `requestClosed`: the reader's own request for a new time ended with it; `approvedBy`: who approved the new time,
   * where one of the two did.
   */
  z.object({
    kind: z.literal('update'),
    previous: Times.nullable(),
    changed: z.array(z.enum(['title', 'location', 'videoUrl'])).default([]),
    titleBefore: z.string().nullable().default(null),
    locationBefore: z.string().nullable().default(null),
    reason: z.string().nullable().default(null),
    requestClosed: z.boolean().default(false),
    approvedBy: Role.nullable().default(null),
  }),
  /** `withdrawn`: the reader's address was replaced by another one. */
  z.object({
    kind: z.literal('cancel'),
    declinedBy: Role.nullable(),
    reason: z.string().nullable().default(null),
    withdrawn: z.boolean().default(false),
  }),
  z.object({
    kind: z.literal('proposal'),
    proposed: ProposedTimes,
    expiresAt: Instant,
    approveLink: LinkRef,
    /** Of the alternatives, in their order. */
    moreApproveLinks: z.array(LinkRef).default([]),
    declineLink: LinkRef,
    /** Opens the reader's own form, for another time instead. */
    suggestLink: LinkRef.nullable().default(null),
    /** What the reader had approved before, and what ended with this proposal before it took effect. */
    undone: Times.nullable().default(null),
    /** What the reader had proposed and the other party has declined with this proposal. */
    insteadOf: DeclinedTimes.nullable().default(null),
  }),
  z.object({
    kind: z.literal('proposal-sent'),
    proposed: ProposedTimes,
    expiresAt: Instant,
    undone: Times.nullable().default(null),
    /** What the other party had proposed and the reader has declined with this proposal. */
    insteadOf: DeclinedTimes.nullable().default(null),
  }),
  /**
   * `byParty`: false where nobody decided: a COUNTER that was refused, for the reason whose code is `why`.
   */
  z.object({
    kind: z.literal('proposal-declined'),
    proposed: ProposedTimes,
    byParty: z.boolean(),
    why: z.string().nullable().default(null),
  }),
  /** `otherChanged`: lapsed because who was asked was replaced. */
  z.object({
    kind: z.literal('proposal-expired'),
    proposed: ProposedTimes,
    lapsed: z.boolean(),
    otherChanged: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('fresh-link') }),
  /** Somebody answered in the reader's name and was not believed; `partstat` is null where a new time was proposed. */
  z.object({
    kind: z.literal('held-answer'),
    partstat: Partstat.nullable(),
    startUtc: Instant.nullable(),
    link: LinkRef,
  }),
  /** The reader wrote words; the link leads to the page that fits: a form filled in with `startUtc`, or yes or no. */
  z.object({
    kind: z.literal('text-answer'),
    partstat: Partstat.nullable(),
    /** Whether a decline cancels the session for both. */
    strict: z.boolean().default(false),
    startUtc: Instant.nullable(),
    link: LinkRef,
    unreadable: Unreadable.optional(),
  }),
]);
export type Matter = z.infer<typeof Matter>;
/** The input of a letter: optional fields may be left out. */
export type MatterInput = z.input<typeof Matter>;
export type LetterKind = Matter['kind'];

export const Letter = z.object({
  method: LetterMethod,
  /** SEQUENCE of the calendar part and of the ledger's key. */
  sequence: z.number().int().nonnegative(),
  /** The room's sequence when the letter was due; by it a letter is superseded. */
  roomSequence: z.number().int().nonnegative(),
  occasion: z.string(),
  room: Times.extend({
    roomId: z.uuid(),
    uid: z.string(),
    title: z.string(),
    location: z.string().nullable(),
    videoUrl: z.string().nullable(),
  }),
  to: z.object({
    invitationId: z.uuid(),
    role: Role,
    email: z.string(),
    name: z.string().nullable(),
    timeZone: z.string(),
    locale: z.string(),
    partstat: Partstat,
    /**
     * Which secret makes the tag of this attendee's reply address; null: letters come from the organizer's own
     * address.
     */
    tagKey: z.string().nullable().default(null),
  }),
  /** The other party's address: only for the privacy gate, never for the text. */
  otherEmail: z.string().nullable(),
  mayPropose: z.boolean(),
  rescheduleLink: LinkRef.nullable(),
  /** None in letters that were written before there were answer links. */
  answerLink: AnswerLinkRef.nullable().default(null),
  matter: Matter,
});
export type Letter = z.infer<typeof Letter>;
export type Attendee = Letter['to'];

/** Facts that the first lease fixes: a repeat after a crash is the same mail to the byte. */
export interface LetterFacts {
  letterId: string;
  /** With angle brackets. */
  messageId: string;
  /** Message-ID of the first invite to this attendee; null for that one itself. */
  firstMessageId: string | null;
  dtstamp: Date;
  /** When the letter was first leased: its Date. */
  writtenAt: Date;
}
