// docs/privacy.md says of every column what it contains and what an erasure does to it, and of no column that is not there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FreshDatabase, freshDatabase } from '../../support/database';

/** The columns of each table that the page describes in full rows of five cells. */
function described(page: string): string[] {
  return page.split(/^### /m).flatMap((section) => {
    const table = /^\w+/.exec(section)?.[0] ?? '';
    const rows = [...section.matchAll(/^\| (`[^|]+) \|([^|]+)\|([^|]+)\|([^|]+)\|([^|]+)\|$/gm)];
    return rows.flatMap(([, columns = '', ...cells]) =>
      cells.every((cell) => (cell ?? '').trim() !== '')
        ? [...columns.matchAll(/`(\w+)`/g)].map(([, column]) => `${table}.${String(column)}`)
        : [],
    );
  });
}

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'privacy.md'), 'utf8');
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const columns = async (): Promise<string[]> =>
  (
    await fresh.db.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns c
        where table_schema = 'public' and table_name <> 'schema_migrations'
          and not exists (select from pg_inherits where inhrelid = format('%I', table_name)::regclass)`,
    )
  ).map(({ name }) => name);

it('every column stands in the table once, and no other', async () => {
  expect(described(page).sort()).toEqual((await columns()).sort());
});

it('a column that is missing is seen', async () => {
  await fresh.db.query('alter table letters add column planted text');
  const missing = (await columns()).filter((name) => !described(page).includes(name));
  await fresh.db.query('alter table letters drop column planted');
  expect(missing).toEqual(['letters.planted']);
});
