// The words of the simulator: which clients there are, what a person does in them, and what leaves as a mail.
// Imported by every client's file and by reply-as.
import type { Invitation } from './invitation';

export const clients = [
  'google',
  'google-notification',
  'outlook',
  'apple',
  'thunderbird',
  'sogo',
  'kde',
  'gnus',
  'horde',
  'aerc',
  'exchange-2010',
  'icloud',
  'samsung',
] as const;
export type Client = (typeof clients)[number];

/** Those with a button that proposes a time; the others' users take the link in the mail. */
const proposing: readonly Client[] = [
  'google',
  'google-notification',
  'outlook',
  'apple',
  'kde',
  'exchange-2010',
  'icloud',
];
/** Whose habits a client has with words, absence notes and reports: a text is quoted in one of these five ways. */
export type Family = 'google' | 'outlook' | 'apple' | 'thunderbird' | 'samsung';

export function familyOf(client: Client): Family {
  switch (client) {
    case 'google':
    case 'google-notification':
      return 'google';
    case 'outlook':
    case 'exchange-2010':
      return 'outlook';
    case 'apple':
    case 'icloud':
      return 'apple';
    case 'samsung':
      return 'samsung';
    default:
      return 'thunderbird';
  }
}

export const canPropose = (client: Client): boolean => proposing.includes(client);

export type Action =
  | { kind: 'accept' | 'tentative' | 'decline'; comment?: string }
  /**
   * `partstat`: Exchange lets its users accept or decline the old time along with the proposal; the others say
   * TENTATIVE.
   */
  | {
      kind: 'counter';
      startUtc: Date;
      endUtc: Date;
      comment?: string;
      partstat?: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE';
    }
  | { kind: 'refresh' };

/** What makes one answer differ from the next; the same input gives the same bytes. */
export interface SendingFacts {
  /** The client's clock: Date and DTSTAMP. */
  now: Date;
  /** Unique among answers, letters, digits and hyphens: Message-ID and boundaries are made of it. */
  id: string;
  /** Whom the mail is from, where that is not the invited person: for forgeries and wrong accounts. */
  from?: string;
  /** Whom ATTENDEE names, where that is not the invited person. */
  attendee?: string;
  /** Outlook only: leaves the VTIMEZONE out, as Exchange does at times. */
  withoutVtimezone?: boolean;
}

export interface SentMail {
  raw: Buffer;
  envelopeFrom: string;
  envelopeTo: string;
}

/** What a client's file gets to see. */
export interface AnswerContext {
  invitation: Invitation;
  action: Action;
  now: Date;
  id: string;
  /** Header From. */
  from: string;
  /** ATTENDEE. */
  attendee: string;
  withoutVtimezone: boolean;
}

export const methodOf = (action: Action): 'REPLY' | 'COUNTER' | 'REFRESH' =>
  action.kind === 'counter' ? 'COUNTER' : action.kind === 'refresh' ? 'REFRESH' : 'REPLY';

export function partstatOf(action: Action): 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' {
  switch (action.kind) {
    case 'accept':
      return 'ACCEPTED';
    case 'decline':
      return 'DECLINED';
    case 'counter':
      return action.partstat ?? 'TENTATIVE';
    default:
      return 'TENTATIVE';
  }
}

/** The word that clients put before the title. */
export function wordOf(action: Action): string {
  switch (action.kind) {
    case 'accept':
      return 'Accepted';
    case 'decline':
      return 'Declined';
    case 'tentative':
      return 'Tentative';
    case 'counter':
      return 'New Time Proposed';
    case 'refresh':
      return 'Refresh';
  }
}

export const commentOf = (action: Action): string | undefined =>
  action.kind === 'refresh' ? undefined : action.comment;
