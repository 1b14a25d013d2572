// A letter that a sender has in hand: what the ledger tells of it, what is fixed by its first claim, and for how long
// it is that sender's.
// Told by both ways into a hand, sent-letters.ts (as it is written) and claimed-letters.ts (as it falls due).
import type { LetterMethod, Role } from '#contracts';
import { Letter, type LetterFacts } from '../letters/letter';

export const leaseMs = 10_000;
/** SQL: of `leaseMs`. */
export const lease = `interval '${leaseMs} milliseconds'`;

export interface LeasedLetter {
  facts: LetterFacts;
  /** As the ledger holds it; unreadable content is a fault of the renderer's, not of the claim. */
  content: unknown;
  roomId: string;
  invitationId: string;
  role: Role;
  method: LetterMethod;
  sequence: number;
  occasion: string;
  /** This one included. */
  attempts: number;
  /** Of those, how many the relay answered with a temporary no to this letter. */
  putOff: number;
  /** Since the first claim, or since it was driven again. */
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

/** SQL: of the ledger's row `l`, what a `LetterRow` is made of. */
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

/** Those of these rows that somebody has in hand. */
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

/** The letter a claim carries. Throws ZodError for content of a version this code cannot read. */
export const letterOf = (claimed: LeasedLetter): Letter => Letter.parse(claimed.content);

/**
 * SQL: DTSTAMP of a letter to somebody whose newest one has `lastStamp` (null: none). It grows by at least a second
 * per UID and attendee: Outlook
 * calls an update that is not younger than its request out of date.
 */
export const nextStamp = (lastStamp: string): string =>
  `greatest(date_trunc('second', now()), ${lastStamp} + interval '1 second')`;

/** SQL: of the letters `p` to one attendee, the Message-ID that began the thread; null where no REQUEST was tried. */
export const threadStart = (which = 'true'): string =>
  `(array_agg(p.message_id order by p.position) filter (where p.method = 'REQUEST' and p.attempts > 0 and ${which}))[1]`;
