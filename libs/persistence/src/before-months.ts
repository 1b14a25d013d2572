// Prepares the migration that divides tables into months: everything that reads a whole table, done while bookings
// continue. Called by migrate.ts, outside the transaction of the migrations; what is missing afterwards the migration
// does itself, under its lock, as on a small or a new database.
import { setTimeout as wait } from 'node:timers/promises';
import { type QueryRunner, QueryFailedError } from 'typeorm';

/** What each table is divided by. Ids of mails begin with the time they were made at (RFC 9562 5.7). */
export const monthKeys = { raw_mails: 'id', imip_messages: 'id', audit: 'at' } as const;
export type MonthTable = keyof typeof monthKeys;
export const monthTables = Object.keys(monthKeys) as MonthTable[];

/** The check that the old rows are all of before the first month: with it attaching them reads none. */
export const beforeCheck = 'ck_before_months';
/** The index that becomes the audit's key. */
export const auditKey = 'audit_pkey_with_at';

/** SQL: the first instant of a month, and the first id that can be made in it. */
export const firstOf = (table: MonthTable, month: string): string =>
  table === 'audit'
    ? `(${month}) at time zone 'UTC'`
    : `(lpad(to_hex((extract(epoch from (${month}) at time zone 'UTC') * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid`;

/** SQL: where the months begin. Until then, at least a month, old and new rows stand together. */
export const firstMonth = `date_trunc('month', now() at time zone 'UTC') + interval '2 months'`;

/**
 * Locks tables as a change of them needs, but makes no other statement wait behind it for longer than 0.9 s, which is
 * less than Postgres' deadlock_timeout: running transactions end first. For an open transaction.
 */
export async function lockTables(db: QueryRunner, tables: readonly string[]): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await db.query('savepoint before_lock');
    await db.query(`set local lock_timeout = '900ms'`);
    try {
      await db.query(`lock table ${tables.join(', ')} in access exclusive mode`);
      await db.query('set local lock_timeout = 0');
      return;
    } catch (error) {
      await db.query('rollback to savepoint before_lock');
      if (tries === 600 || !isCode(error, '55P03')) throw error;
      await wait(500);
    }
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === code;

/** Undoes what `prepareMonths` did: a check that stays would refuse rows from the first month on. */
export async function unprepareMonths(db: QueryRunner): Promise<void> {
  for (const table of await undivided(db))
    await db.query(`alter table ${table} drop constraint if exists ${beforeCheck}`);
  await db.query(`drop index concurrently if exists ${auditKey}`);
}

/**
 * Each statement for itself. `inTransaction` runs one where no other runner of migrations is at work; the settings of a
 * migration apply in it.
 */
export async function prepareMonths(
  db: QueryRunner,
  inTransaction: (work: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  for (const table of await undivided(db)) {
    await inTransaction(async () => {
      if (!(await undivided(db)).includes(table)) return;
      await lockTables(db, [table]);
      const [row] = (await db.query(`select (${firstOf(table, firstMonth)})::text as first`)) as [{ first: string }];
      await db.query(`alter table ${table} drop constraint if exists ${beforeCheck}`);
      await db.query(
        `alter table ${table} add constraint ${beforeCheck} check (${monthKeys[table]} < '${row.first}') not valid`,
      );
    });
    await inTransaction(async () => {
      if (!(await undivided(db)).includes(table)) return;
      await db.query(`alter table ${table} validate constraint ${beforeCheck}`);
    }).catch((error: unknown) => {
      // Ids of an earlier release say no time: the migration moves these rows.
      if (!isCode(error, '23514')) throw error;
    });
  }
  if (!(await undivided(db)).includes('audit')) return;
  const [left] = (await db.query(
    `select indexrelid from pg_index where indexrelid = to_regclass('${auditKey}') and not indisvalid`,
  )) as unknown[];
  if (left !== undefined) await db.query(`drop index concurrently ${auditKey}`);
  await db.query(`create unique index concurrently if not exists ${auditKey} on audit (position, at)`);
}

/** Those of the tables that are there and not divided yet. */
async function undivided(db: QueryRunner): Promise<MonthTable[]> {
  const rows = (await db.query(
    `select relname as name from pg_class
      where relkind = 'r' and not relispartition and oid = any(array[${monthTables
        .map((table) => `to_regclass('${table}')`)
        .join(', ')}])`,
  )) as { name: MonthTable }[];
  return rows.map(({ name }) => name);
}
