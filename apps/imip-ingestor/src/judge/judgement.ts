// The input and output types of judge: the context of a mail, the trust settings, and the judgement.
// Shared by judge.ts and its parts, by matching.ts that finds what is known, and by the reader.
import type { EventPayload, Role } from '#contracts';
import type { EnvelopeSender } from '../interpret/mail';

export interface InvitationFacts {
  id: string;
  role: Role;
  email: string;
  /** DTSTAMPs of the letters to this attendee for this room, in whole seconds since 1970. */
  letterSeconds: readonly number[];
}

/** The room of a mail's UID, as far as judge needs it. */
export interface RoomFacts {
  roomId: string;
  invitations: InvitationFacts[];
}

export interface Trust {
  /** ORGANIZER_EMAIL: the central mailbox. */
  organizer: string;
  /** AUTHSERV_ID; null: no Authentication-Results are believed. */
  authservId: string | null;
  mode: 'lenient' | 'verified';
}

export interface Party {
  roomId: string;
  invitationId: string;
  role: Role;
}

/** Whom a reply tag names; `isErased`: their data was erased. */
export interface TaggedParty extends Party {
  isErased?: boolean;
}

/** A letter of ours that a mail is about. */
export interface MatchedLetter extends Party {
  /** With angle brackets. */
  messageId: string;
  /** Whose mailbox it went to. */
  email: string;
}

/** A meeting, still to come, of the writer of a mail. */
export interface WriterMeeting extends Party {
  email: string;
  startUtc: Date;
  endUtc: Date;
  /** IANA zone of the writer, as the platform knows it. */
  timeZone: string;
}

/** Everything that judge uses beside the mail itself. A list may be empty; a value is null where it is unknown. */
export interface MailContext {
  room: RoomFacts | null;
  /** The parties of the reply tags in the mail's addresses; unknown tags are left out. */
  tagged: TaggedParty[];
  /** The letter whose Message-ID a report quotes, or the one an answer answers. */
  letter: MatchedLetter | null;
  /** The party of a report that only names a recipient; anybody who knows an address can write such a report. */
  recipientParty: Party | null;
  /** The meetings of the writer that are still to come. */
  writerMeetings: WriterMeeting[];
  /** The result of the way in's own check of the sender, as an Authentication-Results field of `wayInAuthservId`. */
  authentication: string | null;
  /** MAIL FROM, as the way in reports it: empty for the null sender, null where it is unknown. */
  envelopeFrom: EnvelopeSender;
}

export const emptyContext: MailContext = {
  room: null,
  tagged: [],
  letter: null,
  recipientParty: null,
  writerMeetings: [],
  authentication: null,
  envelopeFrom: null,
};

type JudgedEventName =
  'ReplyReceived' | 'CounterReceived' | 'RefreshReceived' | 'BounceReceived' | 'TextReplyReceived' | 'ReplyHeld';
/** An event without the id of the stored mail, which only the reader knows. */
export type JudgedEvent = {
  [N in JudgedEventName]: { name: N; data: Omit<EventPayload<N>, 'mailId'> };
}[JudgedEventName];

/**
 * `held`: not believed; the attendee can confirm it. `recorded`: understood, without effect. `party`: the party it is
 * about, where known.
 */
export type Judgement =
  | { verdict: 'event'; why: string; event: JudgedEvent; party: Party }
  /** `event` is null where there is nothing to confirm. */
  | { verdict: 'held'; why: string; event: JudgedEvent | null; party: Party }
  | { verdict: 'recorded' | 'ignored'; why: string; party: Party | null };
