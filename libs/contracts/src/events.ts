// The one table of events: name → routing key → payload schema. A public interface for platform services (contract,
// section 5).
// Read by publishers and consumers alike; a payload is checked on publish and on receipt. Never edit a version: add
// the next.
import { z } from 'zod';
import {
  Instant,
  LetterMethod,
  LinkPurpose,
  Partstat,
  Policy,
  ProposalSource,
  ProposalStatus,
  Role,
  RoomStatus,
} from './vocabulary';

/** A magic link by reference: the sender recomputes the token from it; no token and no hash is sent over the broker. */
export const LinkRef = z.object({
  linkId: z.uuid(),
  keyId: z.string(),
  purpose: LinkPurpose.exclude(['answer']),
  expiresAt: Instant,
});
export type LinkRef = z.infer<typeof LinkRef>;

/** A type of its own, in fields of its own: a reader of an earlier version knows no such purpose. */
export const AnswerLinkRef = LinkRef.extend({ purpose: z.literal('answer') });
export type AnswerLinkRef = z.infer<typeof AnswerLinkRef>;

export const InvitationSnapshot = z.object({
  invitationId: z.uuid(),
  role: Role,
  email: z.string(),
  name: z.string().nullable(),
  timeZone: z.string(),
  locale: z.string(),
  partstat: Partstat,
  /**
   * The reschedule link minted with this event; null where none was (a cancelled room, or a policy that lets the role
   * propose nothing).
   */
  rescheduleLink: LinkRef.nullable(),
  /** The answer link minted with this event; left out where none was. */
  answerLink: AnswerLinkRef.nullable().optional(),
});
export type InvitationSnapshot = z.infer<typeof InvitationSnapshot>;

/** The room right after the event: all that a letter needs. Invitations: the host alone, or host and guest. */
export const RoomSnapshot = z.object({
  roomId: z.uuid(),
  uid: z.string(),
  sequence: z.number().int().nonnegative(),
  status: RoomStatus,
  title: z.string(),
  startUtc: Instant,
  endUtc: Instant,
  location: z.string().nullable(),
  videoUrl: z.string().nullable(),
  policy: Policy,
  invitations: z.array(InvitationSnapshot),
});
export type RoomSnapshot = z.infer<typeof RoomSnapshot>;

/** One of the times that a proposal offers. */
export const ProposalOption = z.object({ optionId: z.uuid(), startUtc: Instant, endUtc: Instant });

export const ProposalSnapshot = z.object({
  proposalId: z.uuid(),
  proposedBy: Role,
  source: ProposalSource,
  startUtc: Instant,
  endUtc: Instant,
  /** Already stripped of address-like strings. */
  note: z.string().nullable(),
  status: ProposalStatus,
  expiresAt: Instant,
  /** SEQUENCE of the COUNTER it came from, for DECLINECOUNTER; null for the web form. */
  counterSequence: z.number().int().nullable(),
  /** One to three; left out by versions that had one option only. */
  options: z.array(ProposalOption).optional(),
});
export type ProposalSnapshot = z.infer<typeof ProposalSnapshot>;

/** RFC 9562 5.9: replaces the id where there was no proposal. */
export const noProposal = '00000000-0000-0000-0000-000000000000';

const ofRoom = z.object({ room: RoomSnapshot });
/** Every event that is not about the whole room names people by invitation and role only. */
const ofParty = z.object({ roomId: z.uuid(), invitationId: z.uuid(), role: Role });
/** The unreadable part of a mail: all of an encrypted one, or the time of a COUNTER. Left out where all was read. */
export const Unreadable = z.enum(['encrypted', 'time']);
export type Unreadable = z.infer<typeof Unreadable>;

/** A mail that was read: `mailId` is the stored mail; `dtstamp` orders one attendee's answers (RFC 5546 2.1.5). */
const ofMail = ofParty.extend({ mailId: z.uuid() });

/** A calendar reply whose sender was checked; its order was not, because that needs the room's lock (R13–R17). */
const answer = ofMail.extend({
  /** SEQUENCE, or X-MICROSOFT-CDO-APPT-SEQUENCE where SEQUENCE is 0 or absent; null where neither was there. */
  sequence: z.number().int().nonnegative().nullable(),
  dtstamp: Instant,
  startUtc: Instant.nullable(),
  endUtc: Instant.nullable(),
  /** When the mail arrived: orders answers of one DTSTAMP. */
  receivedAt: Instant.optional(),
  /** The DTSTAMP of a letter of ours that the mail copied; `dtstamp` is then taken from elsewhere. */
  echoOf: Instant.optional(),
  /** Equal for two mails with the same content: the second counts only where another reply was applied in between. */
  contentKey: z.string().optional(),
});

/** What an unconfirmed reply claims. `partstat` is null for a new time. */
export const Claim = z.object({
  partstat: Partstat.nullable(),
  sequence: z.number().int().nonnegative().nullable(),
  startUtc: Instant.nullable(),
  endUtc: Instant.nullable(),
  /** A COUNTER's comment, stripped of address-like strings. */
  note: z.string().nullable(),
  /** The attendee wrote it in words of their own; left out for an answer that was not believed. */
  own: z.boolean().optional(),
});
export type Claim = z.infer<typeof Claim>;

const letter = ofParty.extend({
  letterId: z.uuid(),
  messageId: z.string(),
  method: LetterMethod,
  sequence: z.number().int().nonnegative(),
  occasion: z.string(),
});

export const events = {
  RoomBooked: { version: 1, key: 'room.booked.v1', schema: ofRoom },
  RoomRescheduled: {
    version: 1,
    key: 'room.rescheduled.v1',
    /**
     * `proposalId` is `noProposal` where the platform moved the room; `closed`: whose pending requests for a new time
     * ended with it; `approvedBy`: who approved the proposal, left out where the platform moved the room.
     */
    schema: ofRoom.extend({
      proposalId: z.uuid(),
      previousStartUtc: Instant,
      previousEndUtc: Instant,
      reason: z.string().nullable().optional(),
      closed: z.array(Role).optional(),
      approvedBy: Role.optional(),
    }),
  },
  /** What the platform changed beside the time. Letters are owed for all but `externalId`. */
  RoomUpdated: {
    version: 1,
    key: 'room.updated.v1',
    schema: ofRoom.extend({
      changed: z.array(z.enum(['title', 'location', 'videoUrl', 'externalId'])),
      previous: z.object({
        title: z.string(),
        location: z.string().nullable(),
        videoUrl: z.string().nullable(),
        externalId: z.string().nullable(),
      }),
      closed: z.array(Role),
    }),
  },
  /**
   * `invitationId` is the one of now; `previous` the one that another address has replaced, null where only name,
   * zone or locale changed.
   */
  AttendeeChanged: {
    version: 1,
    key: 'attendee.changed.v1',
    schema: ofRoom.extend({
      invitationId: z.uuid(),
      role: Role,
      previous: InvitationSnapshot.nullable(),
      /** SEQUENCE of the CANCEL to the old address; null where there is none. */
      cancelSequence: z.number().int().nonnegative().nullable(),
    }),
  },
  RoomCancelled: {
    version: 1,
    key: 'room.cancelled.v1',
    schema: ofRoom.extend({
      cause: z.enum(['deleted', 'declined']),
      by: Role.nullable(),
      reason: z.string().nullable(),
    }),
  },
  ProposalCreated: {
    version: 1,
    key: 'proposal.created.v1',
    /** Links are the counterparty's; `replaced` is the same party's earlier proposal that this one replaces. */
    schema: ofRoom.extend({
      proposal: ProposalSnapshot,
      /** Of the first option. */
      approveLink: LinkRef,
      approveLinks: z.array(z.object({ optionId: z.uuid(), link: LinkRef })).optional(),
      declineLink: LinkRef,
      /** Opens the counterparty's form for another time instead; left out where they may propose none. */
      suggestLink: LinkRef.nullable().optional(),
      replaced: z.uuid().nullable(),
      /** The other party's proposal that this one answers: it was declined in the same instant (`countered`). */
      insteadOf: ProposalSnapshot.nullable().optional(),
      /**
       * The time of the replaced proposal, where its approval was given and waited to take effect: it no longer does.
       */
      undone: z.object({ startUtc: Instant, endUtc: Instant }).nullable().optional(),
    }),
  },
  ProposalApproved: { version: 1, key: 'proposal.approved.v1', schema: ofRoom.extend({ proposal: ProposalSnapshot }) },
  ProposalDeclined: {
    version: 1,
    key: 'proposal.declined.v1',
    /**
     * `by` is null where no party declined it: a COUNTER that was refused, with the code of the reason in `why`.
     */
    schema: ofRoom.extend({
      proposal: ProposalSnapshot,
      by: Role.nullable(),
      why: z.string().nullable(),
      /** `countered`: by proposing another time instead; the ProposalCreated that follows tells the proposer of both. */
      cause: z.string().optional(),
    }),
  },
  ProposalExpired: {
    version: 1,
    key: 'proposal.expired.v1',
    schema: ofRoom.extend({
      proposal: ProposalSnapshot,
      cause: z.enum(['time', 'replaced', 'other-approved', 'room-cancelled', 'lapsed']),
      /** A more precise reason beside `cause`, whose values are fixed: `room-moved`, `attendee-changed`. */
      why: z.string().optional(),
    }),
  },
  ReplyReceived: { version: 1, key: 'reply.received.v1', schema: answer.extend({ partstat: Partstat }) },
  CounterReceived: {
    version: 1,
    key: 'counter.received.v1',
    /** `startUtc`/`endUtc` are the proposed time; `note` is the comment, stripped of address-like strings. */
    schema: answer.extend({ startUtc: Instant, endUtc: Instant.nullable(), note: z.string().nullable() }),
  },
  RefreshReceived: { version: 1, key: 'refresh.received.v1', schema: ofMail },
  BounceReceived: {
    version: 1,
    key: 'bounce.received.v1',
    schema: ofParty.extend({
      mailId: z.uuid().nullable(),
      messageId: z.string().nullable(),
      kind: z.enum(['hard', 'soft', 'delayed', 'delivered', 'complained']),
      status: z.string().nullable(),
    }),
  },
  TextReplyReceived: {
    version: 1,
    key: 'text.received.v1',
    schema: ofMail.extend({
      intent: z.enum(['propose', 'accept', 'decline', 'unclear']),
      proposedTimes: z.array(z.object({ startUtc: Instant, endUtc: Instant.nullable() })),
      unreadable: Unreadable.optional(),
      /** The text says maybe; `intent` is then `unclear`, which consumers of earlier versions know. */
      tentative: z.boolean().optional(),
    }),
  },
  ReplyHeld: { version: 1, key: 'reply.held.v1', schema: ofMail.extend({ why: z.string(), claim: Claim }) },
  /**
   * The one mail that answers an unconfirmed reply or a person's text: `link` opens the page that fits, `claim` is what
   * the page asks about.
   */
  LinkOffered: {
    version: 1,
    key: 'link.offered.v1',
    schema: ofParty.extend({
      occasion: z.uuid(),
      why: z.enum(['held', 'text']),
      claim: Claim,
      link: LinkRef,
      unreadable: Unreadable.optional(),
      /** Only where a person's text is answered. */
      answerLink: AnswerLinkRef.nullable().optional(),
    }),
  },
  ResendRequested: {
    version: 1,
    key: 'resend.requested.v1',
    /**
     * `occasion` is empty for the letter that the room's state owes, else the id of what caused a repeat; `link` is
     * newly minted.
     */
    schema: ofParty.extend({
      occasion: z.string(),
      why: z.enum(['platform', 'stale-reply', 'refresh']),
      link: LinkRef.nullable(),
      answerLink: AnswerLinkRef.nullable().optional(),
    }),
  },
  /** `occasion` is the id of the request; the mail goes to the address the link is bound to. */
  FreshLinkRequested: {
    version: 1,
    key: 'fresh-link.requested.v1',
    schema: ofParty.extend({ occasion: z.uuid(), link: LinkRef }),
  },
  LetterSent: { version: 1, key: 'letter.sent.v1', schema: letter },
  LetterFailed: { version: 1, key: 'letter.failed.v1', schema: letter.extend({ reason: z.string() }) },
  /** An operator asks to send these failed letters again. `by` is the operator, as the audit names callers. */
  LettersReplayRequested: {
    version: 1,
    key: 'letters.replay-requested.v1',
    schema: z.object({ letterIds: z.array(z.uuid()), by: z.string() }),
  },
  /** An operator asks to read and judge these mails again, which had no effect. */
  MailsReplayRequested: {
    version: 1,
    key: 'mails.replay-requested.v1',
    schema: z.object({ mailIds: z.array(z.uuid()), by: z.string() }),
  },
  /** By id only: the row of the erasure names the person until it is done. */
  PersonErasureRequested: {
    version: 1,
    key: 'person.erasure-requested.v1',
    schema: z.object({ erasureId: z.uuid() }),
  },
  /** At most 1,000 parties an event; an erasure of more has several events. */
  PersonErased: {
    version: 1,
    key: 'person.erased.v1',
    schema: z.object({ erasureId: z.uuid(), parties: z.array(ofParty) }),
  },
} as const satisfies Record<string, { version: number; key: string; schema: z.ZodType }>;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName = EventName> = z.infer<(typeof events)[N]['schema']>;

/** Own keys only: `constructor` and the like are no event names. */
export const isEventName = (name: string): name is EventName => Object.hasOwn(events, name);
