// The transactional outbox: events are appended inside the business transaction and taken by a relay after it committed.
// `appendEvents` is called by every store; `PgOutbox` is the relay's side of it.
import type { Envelope, OutboxOutcome, OutboxPort, OutboxRow } from '#contracts';
import type { Database, Queryable } from './database';

const channel = 'outbox_wake';
/** A relay that dies leaves its rows to the others after this long. */
const leaseSeconds = 10;

/** Writes events for the relay of `app`, in order, and wakes the relays when the transaction commits. */
export async function appendEvents(tx: Queryable, app: string, envelopes: Envelope[]): Promise<void> {
  if (envelopes.length === 0) return;
  await tx.query(
    `with appended as (
       insert into outbox (app, event_id, envelope)
       select $1, (e ->> 'id')::uuid, e from jsonb_array_elements($2::jsonb) with ordinality as t(e, n) order by n
     )
     select pg_notify('${channel}', '')`,
    [app, JSON.stringify(envelopes)],
  );
}

export class PgOutbox implements OutboxPort {
  /** `apps`: whose rows this relay takes; one app each, or all three in the standalone process. */
  constructor(
    private readonly db: Database,
    private readonly apps: string[],
  ) {}

  async take(limit: number): Promise<OutboxRow[]> {
    const rows = await this.db.query<{ position: string; envelope: Envelope; attempts: number }>(
      `update outbox set due_at = now() + interval '${leaseSeconds} seconds', attempts = attempts + 1
        where position in (
          select position from outbox where app = any($1) and due_at <= now()
          order by position limit $2 for update skip locked)
       returning position, envelope, attempts`,
      [this.apps, limit],
    );
    return rows
      .map((row) => ({ position: row.position, envelope: row.envelope, attempts: row.attempts - 1 }))
      .sort((a, b) => (BigInt(a.position) < BigInt(b.position) ? -1 : 1));
  }

  async settle(outcomes: OutboxOutcome[]): Promise<void> {
    const sent = outcomes.filter((row) => row.outcome === 'sent').map((row) => row.position);
    if (sent.length > 0) await this.db.query('delete from outbox where position = any($1::bigint[])', [sent]);
    for (const row of outcomes) {
      if (row.outcome === 'again') {
        await this.db.query(
          `update outbox set due_at = now() + $2 * interval '1 millisecond', last_error = $3 where position = $1`,
          [row.position, row.afterMs, row.reason.slice(0, 500)],
        );
      } else if (row.outcome === 'dead') {
        await this.db.query(
          `with gone as (delete from outbox where position = $1 returning app, event_id, envelope)
           insert into dead_letters (app, event_id, envelope, reason) select app, event_id, envelope, $2 from gone`,
          [row.position, row.reason.slice(0, 500)],
        );
      }
    }
  }

  async renew(positions: string[]): Promise<void> {
    await this.db.query(
      `update outbox set due_at = now() + interval '${leaseSeconds} seconds' where position = any($1::bigint[]) and due_at > now()`,
      [positions],
    );
  }

  async onWake(wake: () => void): Promise<() => Promise<void>> {
    const stop = await this.db.listen(channel, wake);
    return async () => stop();
  }

  async backlog(): Promise<{ depth: number; ageSeconds: number }> {
    const [row] = await this.db.query<{ depth: string; age: string | null }>(
      `select count(*) as depth, extract(epoch from clock_timestamp() - min(created_at)) as age from outbox where app = any($1)`,
      [this.apps],
    );
    return { depth: Number(row?.depth ?? 0), ageSeconds: Math.max(0, Number(row?.age ?? 0)) };
  }
}
