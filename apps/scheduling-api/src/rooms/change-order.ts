// The order of changes for a reader that follows them by `updatedAt`: the instant of a change, and up to which
// instant nothing more can come.
// `changeInstant` is called by rooms.store.ts in every transaction that may change a room, `settledUntil` by
// rooms.queries.ts.
//
// Transactions do not commit in the order of their clocks: a reader that has seen the later of two changes would never
// ask for the earlier one, which commits after it. So a transaction takes a shared advisory lock until it is over. The
// key of the lock is the least instant its changes may carry. A reader is shown nothing later than the least of those
// keys. Whoever then asks for all from the latest instant seen misses nothing. Only transactions that change rooms
// count, so that a long backup or report does not delay readers.
import { setTimeout as wait } from 'node:timers/promises';
import type { Queryable } from '#persistence';

/** The upper bits of the locks' keys; the lower 42 are milliseconds since 1970. */
const namespace = 1_180_271;
const milliseconds = (instant: string): string => `floor(extract(epoch from ${instant}) * 1000)::bigint`;
/** SQL: the database's clock, and after it was set back the latest change: instants never go backwards. */
const notBefore = `greatest(${milliseconds('clock_timestamp()')},
  coalesce((select ${milliseconds('max(updated_at)')}
  from practice_rooms), 0))`;

export interface ChangeInstant {
  /** The database's clock. */
  now: Date;
  /** What `updatedAt` becomes where something changes. */
  at: Date;
}

/**
 * The instant of this transaction's changes, announced to readers until it is over. After the rooms' locks were had.
 */
export async function changeInstant(tx: Queryable): Promise<ChangeInstant> {
  // The clock is read once more after the lock: a reader that did not see the lock has read it before. The namespace is
  // a parameter because only a statement with parameters is prepared: planning this one took longer than running it.
  const [row] = await tx.query<{ now: Date; at: string }>(
    `with least as materialized (select ${notBefore} as ms),
          announced as materialized (select ms, pg_advisory_xact_lock_shared(($1::bigint << 42) + ms) from least)
     select clock_timestamp() as now, greatest(ms, ${milliseconds('clock_timestamp()')}) as at from announced`,
    [namespace],
  );
  if (!row) throw new Error('Postgres returned no time');
  return { now: row.now, at: new Date(Number(row.at)) };
}

const againMs = 20;

/**
 * The latest instant up to which every change is committed. Waits at most `timeoutMs` for the transactions that were
 * at work when it was called, so that who asks right after a change, or by the clock, finds it; what takes longer is
 * left for a later call.
 */
export async function settledUntil(db: Queryable, timeoutMs = 1_000): Promise<Date> {
  const until = performance.now() + timeoutMs;
  let asked: number | undefined;
  for (;;) {
    const [row] = await db.query<{ latest: string; oldest: string | null }>(
      `select ${notBefore} as latest, (
         select min(key - (${namespace}::bigint << 42)) from (
           select (classid::bigint << 32) | objid::bigint as key from pg_locks
            where locktype = 'advisory' and objsubid = 1 and database = (select oid from pg_database
              where datname = current_database())) as locks
          where key >> 42 = ${namespace}) as oldest`,
    );
    const latest = Number(row?.latest ?? 0);
    const oldest = Number(row?.oldest ?? Infinity);
    asked ??= latest;
    if (oldest >= asked || performance.now() >= until) return new Date(Math.min(latest, oldest));
    await wait(againMs);
  }
}
