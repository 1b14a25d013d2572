// The entities say what the migrations made: every table, column, default, key, check and index, with its condition
// and order.
import { Database } from '#persistence';
import { type FreshDatabase, freshDatabase } from '../../support/database';

let fresh: FreshDatabase;
let db: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = new Database({ url: fresh.url, applicationName: 'schema', wholeTables: true });
  await db.query('select 1');
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

it('TypeORM would change nothing in a migrated database', async () => {
  const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
});

it('a column that an entity lacks is seen', async () => {
  await db.query('alter table rate_limits add column planted int');
  const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
  await db.query('alter table rate_limits drop column planted');
  expect(upQueries.map(({ query }) => query)).toEqual([expect.stringContaining('planted')]);
});

it('every table has its entity', async () => {
  const tables = await db.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not relispartition and relname <> 'schema_migrations'`,
  );
  const known = db.dataSource.entityMetadatas.map(({ tableName }) => tableName);
  expect(tables.map(({ name }) => name).sort()).toEqual(known.sort());
});

// TypeORM's own comparison knows the name and the columns of an index, not their order and not its condition.
it('every index has the order and the condition that its entity names', async () => {
  const made = await db.query<{ name: string; columns: string[]; condition: string | null }>(
    `select i.relname as name, pg_get_expr(x.indpred, x.indrelid) as condition,
            array(select trim(both '"' from pg_get_indexdef(x.indexrelid, at, true))
              from generate_series(1, x.indnkeyatts) at) as columns
       from pg_index x join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = i.relnamespace
      where n.nspname = 'public' and not i.relispartition and not exists (select from pg_constraint where conindid = x.indexrelid)`,
  );
  const named = db.dataSource.entityMetadatas.flatMap(({ indices }) =>
    indices.map(({ name, columns, where }) => ({
      name,
      columns: columns.map(({ databaseName }) => databaseName),
      condition: where ?? null,
    })),
  );
  const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);
  expect(named.toSorted(byName)).toEqual(made.toSorted(byName));
});
