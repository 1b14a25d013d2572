// A leased letter: its columns in the ledger, the facts that its first lease fixes, and the duration of a lease.
// Used by write-letters.ts, which leases letters as it inserts them, and by lease-letters.ts, which leases due ones.
import type { LetterMethod, Role } from '#contracts';
import { Letter, type LetterFacts } from '../letters/letter';

export const leaseMs = 10_000;
/** SQL: of `leaseMs`. */
export const lease = `interval '${leaseMs} milliseconds'`;

export interface LeasedLetter {
  facts: LetterFacts;
  /** As stored; unreadable content fails when the letter is rendered, not when it is leased. */
  content: unknown;
  roomId: string;
  invitationId: string;
  role: Role;
  method: LetterMethod;
  sequence: number;
  occasion: string;
  /** This one included. */
  attempts: number;
  /** Of those, how many the SMTP relay deferred for the letter's own sake. */
  putOff: number;
  /** Since the first lease, or since it was retried by an operator. */
  ageMs: number;
  eventId: string;
  correlationId: string;
}

const columns = [
  'id',
  'state',
  'content',
  'room_id',
  'invitation_id',
  'role',
  'method',
  'sequence',
  'occasion',
  'attempts',
  'put_off',
  'event_id',
  'correlation_id',
  'message_id',
  'dtstamp',
  'claimed_at',
];

/** SQL: the columns of a `LetterRow`, of the ledger's row `l`. */
export const letterRow = (l: string): string =>
  `${columns.map((column) => `${l}.${column}`).join(', ')}, extract(epoch from now() - ` +
  `coalesce(${l}.tried_since, ${l}.claimed_at)) * 1000 as age_ms`;

/** The names that `letterRow` gives. */
export const letterColumns = [...columns, 'age_ms'].join(', ');

export interface LetterRow {
  id: string;
  state: string;
  content: Record<string, unknown>;
  room_id: string;
  invitation_id: string;
  role: Role;
  method: LetterMethod;
  sequence: number;
  occasion: string;
  attempts: number;
  put_off: number;
  age_ms: string;
  event_id: string;
  correlation_id: string;
  message_id: string;
  dtstamp: Date;
  claimed_at: Date;
}

/** The rows that are leased, as letters. */
export const leasedOf = (rows: readonly LetterRow[]): LeasedLetter[] =>
  rows
    .filter((row) => row.state === 'sending')
    .map((row) => ({
      facts: {
        letterId: row.id,
        messageId: row.message_id,
        firstMessageId: typeof row.content['firstMessageId'] === 'string' ? row.content['firstMessageId'] : null,
        dtstamp: row.dtstamp,
        writtenAt: row.claimed_at,
      },
      content: row.content,
      roomId: row.room_id,
      invitationId: row.invitation_id,
      role: row.role,
      method: row.method,
      sequence: row.sequence,
      occasion: row.occasion,
      attempts: row.attempts,
      putOff: row.put_off,
      ageMs: Number(row.age_ms),
      eventId: row.event_id,
      correlationId: row.correlation_id,
    }));

/** The letter of a lease. Throws ZodError for content of a version that this code cannot read. */
export const letterOf = (leased: LeasedLetter): Letter => Letter.parse(leased.content);

/**
 * SQL: DTSTAMP of a letter to somebody whose newest one has `lastStamp` (null: none). It grows by at least a second per
 * UID and attendee: Outlook treats an update as outdated unless it is younger than the request before.
 */
export const nextStamp = (lastStamp: string): string =>
  `greatest(date_trunc('second', now()), ${lastStamp} + interval '1 second')`;

/** SQL: of the letters `p` to one attendee, the Message-ID that began the thread; null where no REQUEST was tried. */
export const threadStart = (which = 'true'): string =>
  `(array_agg(p.message_id order by p.position) filter (where p.method = 'REQUEST' and p.attempts > 0 and ${which}))[1]`;
