// The shapes that judging takes and gives: what is known of a mail beside it, whom to believe, and what is to be done.
// Shared by judge.ts and its parts, by matching.ts that finds what is known, and by the reader.
import type { EventPayload, Role } from '#contracts';
import type { EnvelopeSender } from '../interpret/mail';

export interface KnownInvitation {
  id: string;
  role: Role;
  email: string;
  /** DTSTAMPs of the letters that this attendee was sent for this room, in whole seconds since 1970. */
  letterSeconds: readonly number[];
}

/** The room that a mail's UID names, as far as judging needs it. */
export interface KnownRoom {
  roomId: string;
  invitations: KnownInvitation[];
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

/** A letter of ours that a mail is about. */
export interface KnownLetter extends Party {
  /** With angle brackets. */
  messageId: string;
  /** Whose mailbox it went to. */
  email: string;
}

/** A running meeting of the one who wrote a mail. */
export interface Writer extends Party {
  email: string;
  startUtc: Date;
  endUtc: Date;
  /** IANA zone of the writer, as the platform knows it. */
  timeZone: string;
}

/** What is known beside the mail itself; each list is empty and each value null where there is nothing. */
export interface Known {
  room: KnownRoom | null;
  /** Whom the reply tags in the mail's addresses name: tags that are not ours name nobody. */
  tagged: Party[];
  /** The letter whose Message-ID a report quotes, or the one an answer answers. */
  letter: KnownLetter | null;
  /** Whom a report names by recipient alone: anybody who knows an address can write such a report. */
  mentioned: Party | null;
  /** The running meetings of the one who wrote the mail. */
  writer: Writer[];
  /**
   * What the way in says about the sender after its own check, in the form of an Authentication-Results field of
   * `wayInAuthservId`.
   */
  authentication: string | null;
  /** MAIL FROM, as the way in gives it: empty for the null sender, null where it is unknown. */
  envelopeFrom: EnvelopeSender;
}

export const nothingKnown: Known = {
  room: null,
  tagged: [],
  letter: null,
  mentioned: null,
  writer: [],
  authentication: null,
  envelopeFrom: null,
};

type Judged =
  'ReplyReceived' | 'CounterReceived' | 'RefreshReceived' | 'BounceReceived' | 'TextReplyReceived' | 'ReplyHeld';
/** An event without the id of the stored mail, which only the reader knows. */
export type JudgedEvent = { [N in Judged]: { name: N; data: Omit<EventPayload<N>, 'mailId'> } }[Judged];

/**
 * `held`: not believed, but the attendee can confirm it. `recorded`: understood, without effect. `party`: whom it is
 * about, where known.
 */
export type Judgement =
  | { verdict: 'event'; why: string; event: JudgedEvent; party: Party }
  /** `event` is null where there is nothing to confirm. */
  | { verdict: 'held'; why: string; event: JudgedEvent | null; party: Party }
  | { verdict: 'recorded' | 'ignored'; why: string; party: Party | null };
