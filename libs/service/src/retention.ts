// Deletes the rows of an app when their retention time is over (contract, section 7.6): technical ones by table, others
// by a rule of their own.
// Each app names its own tables; every replica runs this, and two that reach the same rows delete them once.
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { AppName } from '#contracts';
import type { Queryable } from '#persistence';

const days = z
  .string()
  .regex(/^(?:off|[1-9]\d{0,4})$/, 'must be a whole number of days from 1 to 99999, or off')
  .transform((given) => (given === 'off' ? given : Number(given)))
  .optional();

export const retentionSettings = {
  RETENTION_RAW_MAIL_DAYS: days,
  RETENTION_ROOM_DAYS: days,
  RETENTION_AUDIT_DAYS: days,
  RETENTION_WEBHOOK_DAYS: days,
  RETENTION_TECHNICAL_DAYS: days,
};

type RetentionName = keyof typeof retentionSettings;
export type RetentionSettings = Readonly<{ [name in RetentionName]?: number | 'off' | undefined }>;

const defaults: Record<RetentionName, number> = {
  RETENTION_RAW_MAIL_DAYS: 30,
  RETENTION_ROOM_DAYS: 400,
  RETENTION_AUDIT_DAYS: 730,
  RETENTION_WEBHOOK_DAYS: 30,
  RETENTION_TECHNICAL_DAYS: 7,
};

/** After how many days rows are deleted; off: never. */
export const retentionDays = (settings: RetentionSettings, name: RetentionName): number | 'off' =>
  settings[name] ?? defaults[name];

/** Where RETENTION_TECHNICAL_DAYS is not set. */
const defaultDays = defaults.RETENTION_TECHNICAL_DAYS;

/** Rows that are deleted by a rule of their own. `$1` of both statements is the number of days; each returns `rows`. */
export interface AgedRows {
  /** As the report names them: `letters of rooms`. */
  what: string;
  days: number | 'off';
  /** SQL: how many would be deleted now; may read whole tables. */
  count: string;
  /**
   * SQL: deletes at most `$2` of the oldest. Where `$3` is used it is where the last batch ended (empty at first), and
   * `until` where this one did: rows that must stay are then passed once.
   */
  remove: string;
  resumes?: true;
  /** `remove` also prepares: it runs where nothing is to be deleted too, with null for the days. */
  always?: true;
}

/** SQL for `remove`: deletes the rows of `table` whose ids `select` finds. */
export const deleteFrom = (table: string, select: string): string => `
  with deleted as (delete from ${table} where id = any(array(${select})) returning 1)
  select count(*)::int as rows from deleted`;

const months = {
  audit: { tables: ['audit'], keep: 'keep_audit_months' },
  mails: { tables: ['raw_mails', 'imip_messages'], keep: 'keep_mail_months' },
} as const;

/**
 * Months that are over as a whole are dropped, and coming ones are made. A month of mails is dropped once its last row
 * is deleted.
 */
export const monthsOf = (what: keyof typeof months, days: number | 'off'): AgedRows => ({
  what: `months of ${what}`,
  days,
  count: `select ${months[what].tables.map((table) => `cardinality(old_months('${table}', $1))`).join(' + ')} as rows`,
  remove: `select ${months[what].keep}($1) as rows where $2::int > 0`,
  always: true,
});

/**
 * The lines of the audit that an app wrote before the first month; later ones are dropped with their month. `app` is a
 * name in the code.
 */
export const auditLinesOf = (app: string, settings: RetentionSettings): AgedRows => ({
  what: `audit of ${app}`,
  days: retentionDays(settings, 'RETENTION_AUDIT_DAYS'),
  count: `select count(*)::int as rows from audit where app = '${app}' and at < now() - $1 * interval '1 day'
            and tableoid::regclass::text !~ '^audit_\\d{4}_\\d{2}$'`,
  remove: `select age_audit('${app}', $1, $2) as rows`,
});

/** One table of an app's own. The names are of the code, never of a request. */
export interface AgedTable {
  table: 'idempotency_keys' | 'imip_seen' | 'handled_events';
  /** The column that says when the row was made; it has an index. */
  madeAt: string;
  /** SQL: which rows may be deleted at all; `t` is the row. */
  only: string;
  /** How long a row stays at least, in days, however short the setting is. */
  atLeastDays?: number;
}

/** Each app deletes its own rows of `handled_events`. `app` is a name in the code. */
export const handledEventsOf = (app: string): AgedTable => ({
  table: 'handled_events',
  madeAt: 'handled_at',
  only: `t.app = '${app}'`,
});

/** Rows of one DELETE: a few milliseconds, in which a request that brings the very same key waits. */
const batch = 100;
const restAtLeastMs = 25;
/**
 * A sweep rests this many times as long as its last batch took, so that it uses at most a fifth of one core of the
 * database.
 */
const restTimes = 4;
const everyMs = 600_000;

/** `npm run doctor` reports an app whose row is an hour old. */
const recordRun = `insert into retention_runs (app, ran_at) values ($1, now())
  on conflict (app) do update set ran_at = excluded.ran_at`;

/** Deletes old rows at start and every five to fifteen minutes; replicas may run it at the same time. */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Queryable,
    /** Off: nothing is deleted. */
    private readonly days: number | 'off' = defaultDays,
    private readonly tables: readonly AgedTable[],
    private readonly logger: Logger,
    private readonly others: readonly AgedRows[] = [],
    /** The app that owns the rows; a complete sweep is recorded under this name. */
    private readonly app?: AppName,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Deletes expired rows in batches; resolves with how many were deleted. */
  async sweep(): Promise<number> {
    let deleted = 0;
    for (const table of this.tables) deleted += await this.sweepTable(table);
    for (const rows of this.others) deleted += await this.sweepRows(rows);
    if (this.app !== undefined && !this.stopping.signal.aborted) await this.db.query(recordRun, [this.app]);
    return deleted;
  }

  /** What a sweep would delete now, by name; deletes nothing. */
  async plan(): Promise<{ what: string; days: number | 'off'; rows: number }[]> {
    const plan = [];
    for (const { table, madeAt, only, atLeastDays = 0 } of this.tables) {
      const sql = `select count(*)::int as rows from ${table} t where t.${madeAt} < now() - $1 * interval '1 day' and ${only}`;
      const days = this.days === 'off' ? this.days : Math.max(this.days, atLeastDays);
      plan.push({ what: table, days, rows: await this.counted(sql, days) });
    }
    for (const { what, days, count } of this.others) plan.push({ what, days, rows: await this.counted(count, days) });
    return plan;
  }

  private async counted(sql: string, days: number | 'off'): Promise<number> {
    if (days === 'off') return 0;
    const [row] = await this.db.query<{ rows: number }>(sql, [days]);
    return row?.rows ?? 0;
  }

  private async sweepRows({ days, remove, resumes, always }: AgedRows): Promise<number> {
    if (days === 'off' && !always) return 0;
    const age = days === 'off' ? null : days;
    return this.inBatches('', async (from) => {
      const params = resumes ? [age, batch, from] : [age, batch];
      const [done] = await this.db.query<{ rows: number; until?: string | null }>(remove, params);
      const rows = done?.rows ?? 0;
      const until = done?.until ?? '';
      const isLast = resumes ? until === '' || until === from : rows < batch;
      return { rows, next: isLast ? null : until };
    });
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
    return this.inBatches('-infinity', async (from) => {
      const [done] = await this.db.query<{ rows: number; until: string | null }>(sql, [age, from]);
      const rows = done?.rows ?? 0;
      return { rows, next: rows < batch ? null : (done?.until ?? null) };
    });
  }

  /** `remove` deletes one batch; `next` is where the following one begins, null behind the last. */
  private async inBatches(
    first: string,
    remove: (from: string) => Promise<{ rows: number; next: string | null }>,
  ): Promise<number> {
    let deleted = 0;
    for (let from: string | null = first; from !== null && !this.stopping.signal.aborted;) {
      const begun = performance.now();
      const { rows, next } = await remove(from);
      deleted += rows;
      from = next;
      if (next !== null) await this.rest(performance.now() - begun);
    }
    return deleted;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      // Replicas that start together do not sweep together.
      await this.pause(everyMs * (0.5 + Math.random()));
      if (this.stopping.signal.aborted) return;
      await this.sweep().catch((error: unknown) => this.logger.warn({ err: error }, 'old rows could not be deleted'));
    }
  }

  private rest(batchMs: number): Promise<void> {
    return this.pause(Math.max(restAtLeastMs, restTimes * batchMs));
  }

  private pause(ms: number): Promise<void> {
    return wait(ms, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
  }
}
