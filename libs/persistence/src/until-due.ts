// How long a loop that found no work may rest: until its next row is due, while commits are announced by NOTIFY.
// Asked by the loops of all apps; without it each would look for work every second, also on an idle machine.
import type { Database } from './database';

/**
 * The longest rest. It bounds the delay of a row that nobody announces, because its writer died between commit and
 * NOTIFY, or because the listening connection has died unnoticed. It is shorter than every lease, so that the end of a
 * lease is known before it comes, also of a process that dies meanwhile.
 */
export const longestRestMs = 5_000;

export interface DueRows {
  /** The channel that announces new rows, and rows that are due sooner than before. */
  channel: string;
  /** SQL of one value: when the next row is due; null where there is none. */
  nextDue: string;
  params?: unknown[];
  /** Less than `longestRestMs`, where a row may be due sooner than that after its commit. */
  atMostMs?: number;
}

/**
 * Milliseconds until the loop must look again; 0 where a row is due, or where notifications do not arrive: then the
 * loop polls. By the database's clock. Never rejects.
 */
export async function untilDueMs(
  db: Database,
  { channel, nextDue, params = [], atMostMs = longestRestMs }: DueRows,
): Promise<number> {
  if (!db.hears(channel)) return 0;
  try {
    const [row] = await db.query<{ ms: string | null }>(untilDueSql(nextDue), params);
    return restOf(row?.ms ?? null, atMostMs);
  } catch {
    return 0;
  }
}

/** SQL of one value, `ms`, for `restOf`. */
export const untilDueSql = (nextDue: string): string =>
  `select extract(epoch from (${nextDue}) - clock_timestamp()) * 1000 as ms`;

/** The rest of a loop whose next row is due in `ms`, as `untilDueSql` gives it. */
export const restOf = (ms: string | null, atMostMs = longestRestMs): number =>
  ms === null ? atMostMs : Math.max(0, Math.min(Math.ceil(Number(ms)), atMostMs));
