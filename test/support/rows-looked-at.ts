// How many rows Postgres looks at for some work: what a statement costs, whatever the machine.
// Used by the tests of what a long backlog and many rooms cost; `db` has one connection, whose count is told.
import type { Queryable } from '#persistence';

/** Rows of `table`, or of all, since the database was made. */
async function looks(db: Queryable, table: string | null): Promise<number> {
  // A backend tells what it has counted now and then, or when it is asked to.
  await db.query('select pg_stat_force_next_flush()');
  const [row] = await db.query<{ looks: string }>(
    `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) as looks from pg_stat_user_tables
        where $1::text is null or relname = $1`,
    [table],
  );
  return Number(row?.looks);
}

export async function rowsLookedAt(db: Queryable, table: string | null, work: () => Promise<unknown>): Promise<number> {
  const before = await looks(db, table);
  await work();
  return (await looks(db, table)) - before;
}
