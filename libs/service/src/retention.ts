// Forgets the technical rows of an app after their time (contract, section 7.6): answers kept for a repeated request,
// ids of handled events, keys of mails.
// Each app names its own tables; every replica runs this, and two that meet on the same rows wait a moment and delete
// them once.
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Queryable } from '#persistence';

export const retentionSettings = {
  RETENTION_TECHNICAL_DAYS: z
    .string()
    .regex(/^(?:off|[1-9]\d{0,4})$/, 'must be a whole number of days from 1 to 99999, or off')
    .transform((given) => (given === 'off' ? given : Number(given)))
    .optional(),
};

/** Where RETENTION_TECHNICAL_DAYS is not set. */
const defaultDays = 7;

/** One table of an app's own. The names are of the code, never of a request. */
export interface AgedTable {
  table: 'idempotency_keys' | 'imip_seen' | 'handled_events';
  /** The column that says when the row was made; it has an index. */
  madeAt: string;
  /** SQL: which rows may go at all; `t` is the row. */
  only: string;
  /** How long a row stays at least, in days, however short the setting is. */
  atLeastDays?: number;
}

/** What an app has handled: of `handled_events` each app deletes its own rows. `app` is a name of the code's. */
export const handledEventsOf = (app: string): AgedTable => ({
  table: 'handled_events',
  madeAt: 'handled_at',
  only: `t.app = '${app}'`,
});

/** Rows of one DELETE: a few milliseconds, in which a request that brings the very same key waits. */
const batch = 500;
const betweenBatchesMs = 100;
const everyMs = 600_000;

@Injectable()
export class Retention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Queryable,
    /** Off: nothing is forgotten. */
    private readonly days: number | 'off' = defaultDays,
    private readonly tables: readonly AgedTable[],
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.days !== 'off') this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Deletes all that is past its time, a batch at a time; resolves with how many rows went. */
  async sweep(): Promise<number> {
    let gone = 0;
    for (const table of this.tables) gone += await this.sweepTable(table);
    return gone;
  }

  private async sweepTable({ table, madeAt, only, atLeastDays = 0 }: AgedTable): Promise<number> {
    if (this.days === 'off') return 0;
    const age = Math.max(this.days, atLeastDays);
    // By ctid, so that two replicas delete the same rows in the same order; from where the last batch ended, so that
    // rows that stay are passed once.
    const sql = `
      with gone as (
        delete from ${table} where ctid = any(array(
          select t.ctid from ${table} t
           where t.${madeAt} < now() - $1 * interval '1 day' and t.${madeAt} >= $2::text::timestamptz and ${only}
           order by t.${madeAt} limit ${batch}))
        returning ${madeAt} as made_at)
      select count(*)::int as rows, max(made_at)::text as until from gone`;
    let gone = 0;
    for (let from = '-infinity'; !this.stopping.signal.aborted;) {
      const [done] = await this.db.query<{ rows: number; until: string | null }>(sql, [age, from]);
      gone += done?.rows ?? 0;
      if (!done?.until || done.rows < batch) break;
      from = done.until;
      await this.pause(betweenBatchesMs);
    }
    return gone;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      // Replicas that start together do not sweep together.
      await this.pause(everyMs * (0.5 + Math.random()));
      if (this.stopping.signal.aborted) return;
      await this.sweep().catch((error: unknown) => this.logger.warn({ err: error }, 'old rows could not be deleted'));
    }
  }

  private pause(ms: number): Promise<void> {
    return wait(ms, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
  }
}
