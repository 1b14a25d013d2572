// A calendar answer with any part of it given by the test: what no client of the simulator would write.
// Used by the end-to-end tests of belief and order.
import { readMail } from '../../apps/imip-ingestor/src/interpret/mail';
import { organizer, type Party } from './product';

export interface AnswerMail {
  /** Header From; the attendee unless told otherwise. */
  from?: string;
  /** ATTENDEE, from the character after the name on: `:mailto:…`, `;EMAIL=…:…`. */
  attendee?: string;
  partstat?: string;
  method?: 'REPLY' | 'COUNTER';
  /** null leaves the line out. */
  sequence?: number | null;
  /** `20301101T080000Z`; null leaves the line out. */
  dtstamp?: string | null;
  start?: string;
  /** RFC 5322 date; null leaves it out. */
  date?: string | null;
  messageId?: string;
  /** Further header lines. */
  headers?: string[];
}

let count = 0;

/** `invitation` is a letter that the attendee got: its UID is answered, and its start unless told otherwise. */
export function answerMail(invitation: Buffer, { email }: Party, given: AnswerMail = {}): Buffer {
  const { method = 'REPLY', partstat = 'DECLINED', sequence = 0, date = mailDate(new Date()) } = given;
  const { dtstamp = utc(new Date()), start = propertyIn(invitation, 'DTSTART') } = given;
  return Buffer.from(
    [
      `From: ${given.from ?? `<${email}>`}`,
      `To: <${organizer}>`,
      'Subject: Re',
      ...(date === null ? [] : [`Date: ${date}`]),
      `Message-ID: <${given.messageId ?? `answer-${process.pid}-${++count}`}@clients.test>`,
      ...(given.headers ?? []),
      `Content-Type: text/calendar; method=${method}; charset=utf-8`,
      '',
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//clients.test//EN',
      `METHOD:${method}`,
      'BEGIN:VEVENT',
      `UID:${propertyIn(invitation, 'UID')}`,
      ...(sequence === null ? [] : [`SEQUENCE:${sequence}`]),
      ...(dtstamp === null ? [] : [`DTSTAMP:${dtstamp}`]),
      `DTSTART:${start}`,
      `ORGANIZER:mailto:${organizer}`,
      `ATTENDEE;PARTSTAT=${partstat}${given.attendee ?? `:mailto:${email}`}`,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
}

/** The text of a mail's first part of a type. */
export const textIn = (raw: Buffer, type: string): string =>
  readMail(raw)
    .parts.find((each) => each.type === type)
    ?.body.toString('utf8') ?? '';

/** The value of a property of a letter's calendar. */
export const propertyIn = (raw: Buffer, name: string): string =>
  new RegExp(`^${name}[^:\r\n]*:(.*)$`, 'm').exec(textIn(raw, 'text/calendar').replaceAll('\r\n ', ''))?.[1]?.trim() ??
  '';

/** The link to a page of ours in a mail, or an empty text. */
export const linkIn = (raw: Buffer, page: string): string =>
  textIn(raw, 'text/plain')
    .split(/\r?\n/)
    .find((line) => new RegExp(`^https?://\\S+/${page}\\?`).test(line)) ?? '';

/** An instant as DTSTAMP. */
export const utc = (instant: Date): string =>
  instant
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');

/** An instant as Date header. */
export const mailDate = (instant: Date): string => instant.toUTCString().replace('GMT', '+0000');
