// The settings that every session of ours needs, whatever the database's own are; and whether they, and the database,
// are as needed.
// Sent as startup parameters by database.ts. A pooler may drop those: the check at start (service's start-fault.ts)
// then refuses, and names what to set by `alter role` (docs/scale.md).

/** What our SQL and pg's reading of values rely on, by Postgres' name and in its own words. */
const meaning = {
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  default_transaction_deferrable: 'off',
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  row_security: 'on',
  extra_float_digits: '1',
  // A 2xx must survive a crash, and with a synchronous standby the loss of the primary (docs/delivery.md).
  synchronous_commit: 'on',
} as const;

/**
 * Planner settings for statements that find few rows: one generic plan a connection, and always by index. A plan is
 * kept: one made for an empty table would still scan the table when it is large, until its statistics are renewed.
 * Up to Postgres 17 a scan that cannot be avoided costs 10^10 in a plan; for that it would be compiled, in 0.1 to 1 s.
 */
const byIndex = {
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
  plan_cache_mode: 'force_generic_plan',
} as const;

/** Postgres' defaults, set explicitly because the role may have those above, for a pooler; `jit` may stay off. */
const asUsual: Record<Exclude<keyof typeof byIndex, 'jit'>, string> = {
  enable_seqscan: 'on',
  enable_bitmapscan: 'on',
  enable_hashjoin: 'on',
  enable_mergejoin: 'on',
  plan_cache_mode: 'auto',
};

/** Milliseconds; pg sends these as parameters of their own. */
export const limits = {
  // A replica that froze inside a transaction must not keep a room's lock from the others.
  idle_in_transaction_session_timeout: 10_000,
  lock_timeout: 8_000,
  statement_timeout: 30_000,
} as const;

export interface SessionKind {
  /** For statements that read whole tables. */
  wholeTables?: boolean | undefined;
}

const settingsOf = ({ wholeTables }: SessionKind): Record<string, string> => ({
  ...(wholeTables ? asUsual : byIndex),
  ...meaning,
});

/** The startup parameter `options`; a blank in a value is escaped. */
export const sessionOptions = (kind: SessionKind): string =>
  Object.entries(settingsOf(kind))
    .map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`)
    .join(' ');

/** For a migration, which takes the time that it needs: for one transaction, as a pooler's session is others' next. */
export const setForMigration = Object.entries({
  ...asUsual,
  ...meaning,
  idle_in_transaction_session_timeout: '0',
  lock_timeout: '0',
  statement_timeout: '0',
})
  .map(([name, value]) => `set_config('${name}', '${value}', true)`)
  .join(', ');

/** Which database a connection leads to; the same through a pooler, and on another host of it. */
export const identityQuery = `
  select (select system_identifier from pg_control_system())::text as cluster,
         (select oid from pg_database where datname = current_database())::text as database`;

export interface DatabaseIdentity {
  cluster: string;
  database: string;
}

export const sessionQuery = `
  select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
         (select jsonb_object_agg(name, setting) from pg_settings where name = any($1::text[])) as settings,
         current_setting('search_path') as path,
         case when to_regclass('practice_rooms') is null then
           (select min(relnamespace::regnamespace::text) from pg_class where relname = 'practice_rooms' and relkind = 'r')
         end as hidden`;

export interface SessionState {
  version: number;
  encoding: string;
  settings: Record<string, string> | null;
  path: string;
  /** The schema of our tables, where `path` does not lead to it; null too before the first migration. */
  hidden: string | null;
}

export const settingNames = (kind: SessionKind): string[] => Object.keys({ ...settingsOf(kind), ...limits });

/** Sentences for an operator about what DATABASE_URL leads to; none where it can serve. */
export function databaseMisfits(state: SessionState, kind: SessionKind): string[] {
  const { version, encoding, settings, path, hidden } = state;
  const missing = [
    ...Object.entries(settingsOf(kind)).filter(([name, value]) => !isAs(name, settings?.[name], value)),
    // Another limit is an operator's choice, by the URL or the role; no limit means that ours was lost.
    ...Object.entries(limits).filter(([name]) => !(Number(settings?.[name]) > 0)),
  ];
  return [
    ...(version < 140_000 ? ['its server is older than Postgres 14: upgrade it'] : []),
    ...(encoding === 'UTF8' ? [] : [encodingMisfit(encoding)]),
    ...(hidden === null
      ? []
      : [
          `its tables are in the schema ${hidden}, which is not in the search_path of its database or user (${path}): ` +
            'add it there',
        ]),
    ...(missing.length === 0
      ? []
      : [
          'settings do not reach Postgres, as behind a pooler that drops them; give them to the role (docs/scale.md): ' +
            missing.map(([name, value]) => `alter role … set ${name} = '${value}'`).join('; '),
        ]),
  ];
}

export const encodingMisfit = (encoding: string): string =>
  `its database has the encoding ${encoding}: create one with encoding UTF8`;

/**
 * Any order of day and month is as good: none of our texts is a date that it decides. Of synchronous_commit only
 * `remote_apply` is stronger than `on`.
 */
function isAs(name: string, found: string | undefined, needed: string): boolean {
  if (name === 'DateStyle') return found?.startsWith('ISO') === true;
  return found === needed || (name === 'synchronous_commit' && found === 'remote_apply');
}

/**
 * SQL: whether `column`, whose values are `all`, has one of `wanted`. Written as NOT IN so that the planner cannot
 * choose the partial index of open rows; with stale statistics it scans all of that index for one id.
 */
export function stateIn<State extends string>(
  column: string,
  all: readonly State[],
  ...wanted: NoInfer<State>[]
): string {
  return `${column} not in (${all
    .filter((state) => !wanted.includes(state))
    .map((state) => `'${state}'`)
    .join(', ')})`;
}
