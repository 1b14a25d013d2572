// Retries failed letters after their cause was fixed: those that are still valid, each with its old Message-ID.
// Called by `npm run replay -- --failed`, and for the console by its event; the senders find what is due within a
// second.
import { Controller, Inject } from '@nestjs/common';
import type { Envelope } from '#contracts';
import { Consumes } from '#messaging';
import { appendAudit, type AuditSource, Database, type Transaction } from '#persistence';
import { app } from './record-outcome';
import { lettersDue } from './lease-letters';
import { supersedes } from './order';
import { dueAgain, lockRoomLetters } from './write-letters';

export interface FailedFilter {
  roomId?: string | undefined;
  /** How the reason begins: `550`, `deadline`, `render-failed`. */
  reason?: string | undefined;
  ids?: string[] | undefined;
}

/** Who asked for the retry, for the audit. */
export interface RetriedBy {
  actor: string;
  source?: AuditSource;
  correlationId?: string;
}

export interface RetriedLetters {
  again: number;
  /** `overtaken`: a newer letter to the same attendee supersedes it. `past`: its meeting or question is over. */
  overtaken: number;
  past: number;
}

interface FailedLetter {
  id: string;
  room_id: string;
  role: 'host' | 'guest';
  method: string;
  sequence: number;
  message_id: string;
  overtaken: boolean;
  past: boolean;
}

// A CANCEL is sent however late. An invitation to a meeting that has begun, or a question that has expired, is not.
const failed = `
  select l.id, l.room_id, l.role, l.method, l.sequence, l.message_id,
         exists (select 1 from letters n where ${supersedes('n', 'l')}) as overtaken,
         l.method <> 'CANCEL' and ((l.content -> 'room' ->> 'startUtc')::timestamptz <= now()
           or coalesce((l.content -> 'matter' ->> 'expiresAt')::timestamptz <= now(), false)) as past
    from letters l
   where l.state = 'failed' and not l.content ? 'erased' and ($1::uuid is null or l.room_id = $1) and ($2::text is null
     or starts_with(l.last_error, $2)) and ($3::uuid[] is null or l.id = any($3))
   order by l.position`;

/**
 * Makes failed letters due again, a room at a time. Safe to repeat: a letter that is due or sent is not failed any
 * more.
 */
export async function retryFailedLetters(
  db: Database,
  { roomId: only, reason, ids }: FailedFilter = {},
  by: RetriedBy = { actor: 'replay' },
): Promise<RetriedLetters> {
  const params = [only ?? null, reason ?? null, ids ?? null];
  const found = await db.query<FailedLetter>(failed, params);
  let again = 0;
  for (const roomId of new Set(found.map((letter) => letter.room_id))) {
    again += await db.transaction(async (tx) => {
      lockRoomLetters(tx, roomId);
      return retryRoom(tx, await tx.query<FailedLetter>(failed, [roomId, ...params.slice(1)]), by);
    });
  }
  return {
    again,
    overtaken: found.filter((letter) => letter.overtaken).length,
    past: found.filter((letter) => letter.past && !letter.overtaken).length,
  };
}

async function retryRoom(tx: Transaction, letters: FailedLetter[], by: RetriedBy): Promise<number> {
  const wanted = letters.filter((letter) => !letter.overtaken && !letter.past);
  const rows = await tx.query<{ id: string }>(
    `update letters l set ${dueAgain} where l.id = any($1::uuid[]) and l.state = 'failed' returning l.id`,
    [wanted.map(({ id }) => id)],
  );
  const due = new Set(rows.map(({ id }) => id));
  const lines = wanted
    .filter(({ id }) => due.has(id))
    .map(({ room_id, role, method, sequence, message_id }) => ({
      roomId: room_id,
      kind: 'letter' as const,
      role,
      method,
      sequence,
      verdict: 'driven-again',
      messageId: message_id,
      ...by,
    }));
  appendAudit(tx, app, lines);
  if (rows.length > 0) tx.wake(lettersDue);
  return rows.length;
}

/** Receives what an operator asks for at the console, by the queue `notification-sender.operator`. */
@Controller()
export class OperatorConsumer {
  constructor(@Inject(Database) private readonly db: Database) {}

  @Consumes('notification-sender.operator', 'LettersReplayRequested')
  async onReplay({ data, correlationId }: Envelope<'LettersReplayRequested'>): Promise<void> {
    await retryFailedLetters(this.db, { ids: data.letterIds }, { actor: data.by, source: 'console', correlationId });
  }
}
