// A transaction that does not wait for results that it does not need: on a real Postgres.
import { Database } from '#persistence';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';

let fresh: FreshDatabase;
let db: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = fresh.db;
  await db.query('create table things (id int primary key, word text not null)');
});
afterAll(() => fresh.drop());
beforeEach(() => db.query('delete from things'));

const words = async (): Promise<string[]> =>
  (await db.query<{ word: string }>('select word from things order by id')).map(({ word }) => word);
const put = `insert into things (id, word) values ($1, $2)`;

it('what is written without waiting is there after the commit, in its order', async () => {
  await db.transaction(async (tx) => {
    for (let id = 1; id <= 50; id += 1) tx.write(put, [id, `word ${id}`]);
    tx.write('update things set word = $2 where id = $1', [50, 'the last']);
  });
  const all = await words();
  expect([all.length, all[49]]).toEqual([50, 'the last']);
});

it('a statement nobody waited for fails the whole transaction, with its own fault and not that of a later one', async () => {
  const failing = db.transaction(async (tx) => {
    tx.write(put, [1, 'kept by nobody']);
    tx.write(put, [1, 'twice']);
    tx.write('insert into no_such_table values ($1)', [1]);
    return Promise.resolve();
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  const errors = db.transaction(async (tx) => {
    tx.write(put, [null, 'no id']);
    await tx.query('select 1 as one where $1', [true]);
  });
  await expect(errors).rejects.toMatchObject({ code: '23502' });
  expect(await words()).toEqual([]);
  await db.transaction(async (tx) => tx.write(put, [2, 'the connection is as good as new']));
  expect(await words()).toHaveLength(1);
});

it('wakes and what waits for the commit happen after it, and never without it', async () => {
  const received: string[] = [];
  const silence = await db.listen('things', () => received.push('woken'));
  const failing = db.transaction(async (tx) => {
    tx.wake('things');
    tx.afterCommit(() => received.push('committed'));
    tx.write(put, [null, 'no id']);
    return Promise.resolve();
  });
  await expect(failing).rejects.toThrow();
  expect(received).toEqual([]);
  await db.transaction(async (tx) => {
    tx.wake('things');
    tx.afterCommit(() => received.push('committed'));
    tx.write(put, [1, 'there']);
    return Promise.resolve();
  });
  expect(received).toEqual(['committed', 'woken']);
  silence();
});

it('another process is woken by the commits of this one, once for those of a moment', async () => {
  let woken = 0;
  const other = new Database({ url: fresh.url, applicationName: 'other' });
  await other.listen('others', () => (woken += 1));
  const commit = (): Promise<void> => db.transaction(async (tx) => tx.wake('others'));
  await commit();
  await eventually('it is woken', () => woken > 0);
  await Promise.all(Array.from({ length: 50 }, commit));
  const before = woken;
  await commit();
  await eventually('the last commit is announced too', () => woken > before);
  expect(woken).toBeLessThan(50);
  await other.close();
});

it('a migration that adds a column does not disturb statements that are prepared', async () => {
  const sql = 'select id, word from things where id = $1';
  const read = (): Promise<unknown[]> => db.query(sql, [1]);
  await db.query(put, [1, 'before']);
  // Of more connections than one: each has prepared it.
  await Promise.all(Array.from({ length: 20 }, read));
  await db.query('alter table things add column more text');
  expect(await Promise.all(Array.from({ length: 20 }, read))).toEqual(
    Array.from({ length: 20 }, () => [{ id: 1, word: 'before' }]),
  );
});
