// The meaning of a mail, before judge decides whether to believe it: what `npm run interpret` prints (contract, section
// 1).
// Made by interpret and its kinds; consumed by judge, the reader and the command.
import type { CalendarMessage } from '#ics';
import type { Intent } from './words/intent';
import type { ProposedTime } from './words/proposed-times';

export const kinds = ['reply', 'counter', 'refresh', 'bounce', 'auto-reply', 'text', 'ignored'] as const;
export type Kind = (typeof kinds)[number];

/**
 * Calendar fields, given whenever they could be read, whatever the kind. Instants are RFC 3339 in UTC with
 * milliseconds.
 */
export interface CalendarFields {
  /** Upper case; of the calendar's own METHOD line where there is one. */
  method?: string;
  uid?: string;
  /** SEQUENCE, or X-MICROSOFT-CDO-APPT-SEQUENCE where SEQUENCE is 0 or absent. */
  sequence?: number;
  dtstamp?: string;
  organizer?: string;
  /** The attendee who answers: the only ATTENDEE, or of several the one who wrote the mail. */
  attendee?: string;
  /** Lower case, as sent: may be `delegated` or a value of no standard. */
  partstat?: string;
  /** For a counter the proposed time. */
  startUtc?: string;
  endUtc?: string;
  comment?: string;
}

export interface BounceRecipient {
  address: string;
  kind: 'hard' | 'soft' | 'delayed' | 'delivered';
  status?: string;
  /** The host refused our own address, not the recipient's. Not part of what `interpret` prints. */
  organizerRefused?: boolean;
}

export interface Reading extends CalendarFields {
  kind: Kind;
  /** A kebab-case code, a colon, words. Never an address, a token or text of the mail. */
  why: string;
  recipients?: BounceRecipient[];
  /** The text that a person typed, without quote and signature; also of a list mail. Never sent to the other party. */
  visibleText?: string;
  /** The language of the text (BCP 47), where it could be recognized. */
  language?: string;
  /** The likely intent of the text. It decides which page to offer and changes nothing. */
  intent?: Intent;
  /** The visible text still has quotes and signature, because nothing was left without them. Not printed. */
  unstripped?: true;
  /** Future times, read against the mail's Date and its UTC offset. */
  proposedTimes?: ProposedTime[];
  /** The calendar behind a reply, counter or refresh; `sha256` is of the decoded part. */
  calendar?: { message: CalendarMessage; sha256: string; flags: string[] };
}

/** The code at the beginning of a `why`. */
export const codeOf = (why: string): string => why.split(':', 1)[0] ?? why;

/** Whether a person wrote something that we answer: a text, or an encrypted mail. */
export const isWrittenByAPerson = ({ kind, why }: Reading): boolean => kind === 'text' || codeOf(why) === 'encrypted';

/** One line of `npm run interpret`: the contract's fields and no others, unknown ones left out. */
export function reportLine(file: string, reading: Reading): string {
  const { calendar: _calendar, unstripped: _unstripped, intent, recipients, ...row } = reading;
  const named = recipients?.map(({ organizerRefused: _refused, ...each }) => each);
  return JSON.stringify({
    file,
    ...row,
    ...(named === undefined ? {} : { recipients: named }),
    ...(reading.kind === 'text' ? { intent } : {}),
  });
}
