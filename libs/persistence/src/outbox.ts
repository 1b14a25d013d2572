// The transactional outbox: events are appended inside the business transaction and published after it committed.
// `appendEvents` is called by every store; OutboxPublisher reads the rows through `PgOutbox`.
import type { Envelope, OutboxOutcome, OutboxPort, OutboxRow, OutboxReceiver } from '#contracts';
import type { Transaction } from './pipelined-transaction';
import type { Database } from './database';
import { untilDueMs } from './until-due';

const channel = 'outbox_wake';
/** The rows of a publisher that died are free for the others after this time. */
const leaseSeconds = 10;
const lease = `now() + interval '${leaseSeconds} seconds'`;
/**
 * SQL, always true: this statement's commit does not wait for the disk. Where Postgres loses a lease or a removal in a
 * crash, an event is published again, and its consumers skip it. Events themselves are appended by commits that wait.
 */
const unflushed = `(select set_config('synchronous_commit', 'off', true)) = 'off'`;

/**
 * Writes events for the outbox publisher of `app`, in order. A publisher in this process with room for them gets them
 * at the commit; else all publishers are woken.
 */
export function appendEvents(tx: Transaction, app: string, envelopes: Envelope[]): void {
  if (envelopes.length === 0) return;
  const params = [app, JSON.stringify(envelopes)];
  const receiver = tx.receiverOf(app);
  if (!receiver?.hasRoom(envelopes.length)) {
    tx.write(append('0', 'now()'), params);
    tx.wake(channel);
    return;
  }
  // A failure also fails the transaction, which reports it.
  const written = tx
    .query<InsertedRow>(`${append('1', lease)} returning position, event_id`, params)
    .catch((): InsertedRow[] => []);
  tx.afterCommit(() => void written.then((rows) => receiver.take(rowsOf(envelopes, rows))));
}

const append = (attempts: string, dueAt: string): string =>
  `insert into outbox (app, event_id, envelope, attempts, due_at)
   select $1, (e ->> 'id')::uuid, e, ${attempts}, ${dueAt} from jsonb_array_elements($2::jsonb)
     with ordinality as t(e, n) order by n`;

/** SQL: a leased row is due at the end of its lease. */
const nextDue = `select min(o.due_at) from unnest($1::text[]) as a(app)
  cross join lateral (select due_at from outbox where app = a.app order by due_at limit 1) o`;

interface InsertedRow {
  position: string;
  event_id: string;
}

function rowsOf(envelopes: Envelope[], written: InsertedRow[]): OutboxRow[] {
  const positions = new Map(written.map((row) => [row.event_id, row.position]));
  return envelopes.flatMap((envelope) => {
    const position = positions.get(envelope.id);
    return position === undefined ? [] : [{ position, envelope, attempts: 0 }];
  });
}

/** The outbox in Postgres: rows are leased for ten seconds at a time, oldest first. */
export class PgOutbox implements OutboxPort {
  /** `apps`: whose rows are published; one app, or all three in the standalone process. */
  constructor(
    private readonly db: Database,
    private readonly apps: string[],
  ) {}

  passNewRows(receiver: OutboxReceiver): () => void {
    for (const app of this.apps) this.db.receivers.set(app, receiver);
    return () => {
      for (const app of this.apps) if (this.db.receivers.get(app) === receiver) this.db.receivers.delete(app);
    };
  }

  async lease(limit: number): Promise<OutboxRow[]> {
    const rows = await this.db.query<{ position: string; envelope: Envelope; attempts: number }>(
      // As an array, which is computed once: with a join the planner may run the limited subquery again for every row.
      `update outbox set due_at = ${lease}, attempts = attempts + 1
        where ${unflushed} and position = any(array(
          select position from outbox where app = any($1) and due_at <= now()
          order by position limit $2 for update skip locked))
       returning position, envelope, attempts`,
      [this.apps, limit],
    );
    return rows
      .map((row) => ({ position: row.position, envelope: row.envelope, attempts: row.attempts - 1 }))
      .sort((a, b) => (BigInt(a.position) < BigInt(b.position) ? -1 : 1));
  }

  async settle(outcomes: OutboxOutcome[]): Promise<void> {
    const sent = outcomes.filter((row) => row.outcome === 'sent').map((row) => row.position);
    if (sent.length > 0)
      await this.db.query(`delete from outbox where ${unflushed} and position = any($1::bigint[])`, [sent]);
    for (const row of outcomes) {
      if (row.outcome === 'dead') {
        await this.db.query(
          `with gone as (delete from outbox where position = $1 returning app, event_id, envelope)
           insert into dead_letters (app, event_id, envelope, reason) select app, event_id, envelope, $2 from gone`,
          [row.position, row.reason.slice(0, 500)],
        );
      }
    }
    const again = outcomes.filter((row) => row.outcome === 'again');
    // Last, because this update is not idempotent: a repeat after a failure would lower the attempts twice.
    if (again.length > 0)
      await this.db.query(
        `update outbox set due_at = now() + after_ms * interval '1 millisecond', last_error = reason,
          attempts = greatest(attempts - untried, 0)
           from unnest($1::bigint[], $2::float8[], $3::text[], $4::int[]) as given(at, after_ms, reason, untried)
             where position = given.at`,
        [
          again.map((row) => row.position),
          again.map((row) => row.afterMs),
          again.map((row) => row.reason.slice(0, 500)),
          again.map((row) => (row.attempted ? 0 : 1)),
        ],
      );
  }

  async renew(positions: string[]): Promise<void> {
    await this.db.query(`update outbox set due_at = ${lease} where position = any($1::bigint[]) and due_at > now()`, [
      positions,
    ]);
  }

  untilDueMs(): Promise<number> {
    return untilDueMs(this.db, { channel, nextDue, params: [this.apps] });
  }

  async onWake(wake: () => void): Promise<() => Promise<void>> {
    const stop = await this.db.listen(channel, wake);
    return async () => stop();
  }

  async backlog(): Promise<{ depth: number; ageSeconds: number }> {
    const [row] = await this.db.query<{ depth: string; age: string | null }>(
      `select count(*) as depth, extract(epoch from clock_timestamp() - min(created_at)) as age from outbox
        where app = any($1)`,
      [this.apps],
    );
    return { depth: Number(row?.depth ?? 0), ageSeconds: Math.max(0, Number(row?.age ?? 0)) };
  }
}
