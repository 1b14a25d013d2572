// Decides the instant that orders a reply among the others of its attendee, and the key that identifies copies of a
// reply (contract, section 7.1).
// Called by judge.ts; scheduling-api compares the stamps under the room's lock.
import { createHash } from 'node:crypto';
import { type EventPayload, personKey } from '#contracts';
import type { MailHead } from '../interpret/mail';
import type { Reading } from '../interpret/reading';

/** The fields of the event that order a reply. */
export type ReplyOrder = Pick<EventPayload<'ReplyReceived'>, 'dtstamp' | 'receivedAt' | 'echoOf'>;

/**
 * DTSTAMP, else the mail's Date, else the arrival; none of them later than the arrival. A DTSTAMP of one of our own
 * letters is a copy and dates nothing (SOGo 5.8 copies it into every reply): then the Date counts, or the arrival where
 * the Date is the same copy.
 * `letterSeconds`: DTSTAMPs of the letters to this attendee, in seconds since 1970.
 */
export function orderOf(
  { dtstamp }: Pick<Reading, 'dtstamp'>,
  { date }: Pick<MailHead, 'date'>,
  letterSeconds: readonly number[],
  receivedAt: Date,
): ReplyOrder {
  const stamp = dtstamp === undefined ? null : new Date(dtstamp);
  const isEcho = stamp !== null && letterSeconds.includes(secondsOf(stamp));
  const isCopy = isEcho && date !== null && secondsOf(date) === secondsOf(stamp);
  const written = stamp !== null && !isEcho ? stamp : date === null || isCopy ? receivedAt : date;
  return {
    dtstamp: earlier(written, receivedAt).toISOString(),
    receivedAt: receivedAt.toISOString(),
    ...(isEcho ? { echoOf: stamp.toISOString() } : {}),
  };
}

/** iCalendar knows no fraction of a second (RFC 5545 3.3.12). */
const secondsOf = (instant: Date): number => Math.floor(instant.getTime() / 1_000);

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** A digest of a reply's content: two mails with the same digest are one reply sent twice (contract, section 2). */
export function contentKeyOf(reading: Reading, head: MailHead): string {
  const { uid, method, sequence, attendee, dtstamp, partstat, startUtc, endUtc } = reading;
  // Without DTSTAMP the mail's Date orders replies (R5) and distinguishes them: accept, decline, accept are three
  // replies.
  const stamp = dtstamp ?? head.date?.toISOString();
  const content = [uid, method, sequence, attendee && personKey(attendee), stamp, partstat, startUtc, endUtc].map(
    (each) => each ?? null,
  );
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
