// The database's own settings never change what the product does: the same flow on a database with hostile defaults
// and on a plain one. A database that cannot serve is refused at start.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '#persistence';
import { migrate } from '#persistence/migrate';
import { settingNames } from '../../../libs/persistence/src/session';
import { type FreshDatabase, freshDatabase, onServer } from '../../support/database';
import { type Api, startApi } from '../../support/scheduling-api';

const hostile = {
  DateStyle: 'German, DMY',
  IntervalStyle: 'sql_standard',
  TimeZone: 'Pacific/Kiritimati',
  default_transaction_isolation: 'serializable',
  default_transaction_read_only: 'on',
  default_transaction_deferrable: 'on',
  standard_conforming_strings: 'off',
  transform_null_equals: 'on',
  row_security: 'off',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  client_encoding: 'LATIN1',
  statement_timeout: '7d',
  lock_timeout: '7d',
  idle_in_transaction_session_timeout: '7d',
  enable_indexscan: 'off',
  synchronous_commit: 'off',
};

const open: { stop(): Promise<void>; drop(): Promise<void> }[] = [];
afterAll(async () => {
  for (const { stop, drop } of open) await stop().then(drop);
});

async function apiOn(defaults: Record<string, string>): Promise<Api> {
  const database: FreshDatabase = await freshDatabase({ defaults });
  const api = await startApi({}, database);
  open.push({ stop: () => api.stop(), drop: () => database.drop() });
  return api;
}

/** What differs in every run: ids, and the time now. */
const withoutChance = (value: unknown): unknown => {
  const now = Date.now();
  const text = JSON.stringify(value)
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, 'id')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => (Math.abs(Date.parse(at) - now) < 60_000 ? 'now' : at));
  return JSON.parse(text);
};

/** Rooms found by time, moved, cancelled, with their timeline; everything that a time passes through. */
async function flow(api: Api): Promise<unknown> {
  const [startUtc, endUtc] = ['2031-05-05T10:00:00.125Z', '2031-05-05T11:00:00Z'];
  const body = { title: 'Übung', startUtc, endUtc, host: { email: 'h@x.test' }, guest: { email: 'g@y.test' } };
  const made = await api.post('/api/practice-room/create', body, { 'idempotency-key': 'one' });
  const again = await api.post('/api/practice-room/create', body, { 'idempotency-key': 'one' });
  const { roomId } = made.body;
  const moved = await api.post('/api/practice-room/reschedule', {
    roomId,
    startUtc: '2031-12-31T23:30:00Z',
    endUtc: '2032-01-01T00:30:00Z',
  });
  const found = await api.get('/api/practice-room?from=2031-12-31T23:00:00Z&to=2032-01-01T00:00:00Z');
  const cancelled = await api.post('/api/practice-room/delete', { roomId, reason: 'façade' });
  const timeline = await api.get(`/api/practice-room/${roomId}/timeline`);
  const events = (await api.events()).map(({ name, data }) => [name, data]);
  const answers = [made, again, moved, found, cancelled, timeline].map((each) => [each.status, each.body]);
  return withoutChance([answers, events]);
}

it('with hostile defaults of the database every answer and event is the same', async () => {
  const [plain, odd] = [await apiOn({}), await apiOn(hostile)];
  const expected = await flow(plain);
  expect(await flow(odd)).toEqual(expected);
  expect(JSON.stringify(expected)).toContain('2031-05-05T10:00:00.125Z');
  expect(await odd.database.db.misfits()).toEqual([]);
});

it('a transaction is read committed and may write, and its limits are ours', async () => {
  const fresh = await freshDatabase({ defaults: hostile });
  try {
    const rows = await fresh.db.transaction((tx) =>
      tx.query(`select current_setting('transaction_isolation') as isolation,
                       current_setting('transaction_read_only') as read_only, current_setting('lock_timeout') as lock,
                       current_setting('synchronous_commit') as durable`),
    );
    expect(rows).toEqual([{ isolation: 'read committed', read_only: 'off', lock: '8s', durable: 'on' }]);
  } finally {
    await fresh.drop();
  }
});

it('a scan that cannot be avoided is not compiled, though up to Postgres 17 its plan costs 10^10', async () => {
  const fresh = await freshDatabase({ defaults: { jit: 'on', jit_above_cost: '0' } });
  try {
    expect(await fresh.db.query(`select current_setting('jit') as jit`)).toEqual([{ jit: 'off' }]);
    const [plan] = await fresh.db.query<{ 'QUERY PLAN': [{ JIT?: object }] }>(
      'explain (format json) select reason from dead_letters',
    );
    expect(plan?.['QUERY PLAN'][0].JIT).toBeUndefined();
  } finally {
    await fresh.drop();
  }
});

it("the URL's own options hold beside ours", async () => {
  const fresh = await freshDatabase();
  const url = new URL(fresh.url);
  url.searchParams.set('options', '-c search_path=elsewhere,public -c statement_timeout=1234');
  const db = new Database({ url: url.href, applicationName: 'options' });
  try {
    const rows = await db.query(
      `select current_setting('search_path') as path, current_setting('enable_seqscan') as scan`,
    );
    expect(rows).toEqual([{ path: 'elsewhere,public', scan: 'off' }]);
    expect(await db.misfits()).toEqual([]);
  } finally {
    await db.close();
    await fresh.drop();
  }
});

it('a database whose encoding is not UTF8 is refused in one line, by migrate too', async () => {
  const fresh = await freshDatabase();
  const name = `latin_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} encoding 'LATIN1' locale_provider libc locale 'C' template template0`);
  const url = new URL(fresh.url);
  url.pathname = `/${name}`;
  const db = new Database({ url: url.href, applicationName: 'latin' });
  try {
    const words = 'its database has the encoding LATIN1: create one with encoding UTF8';
    expect(await db.misfits()).toEqual([words]);
    await expect(migrate(url.href, 'example.test')).rejects.toThrow(`DATABASE_URL: ${words}`);
  } finally {
    await db.close();
    await onServer(`drop database ${name} with (force)`);
    await fresh.drop();
  }
});

it('a setting that did not arrive is named with its remedy', async () => {
  const fresh = await freshDatabase();
  const url = new URL(fresh.url);
  // As behind a pooler that drops what it does not know.
  url.searchParams.set('options', '-c enable_seqscan=on -c TimeZone=Asia/Tokyo');
  url.searchParams.set('statement_timeout', '0');
  const db = new Database({ url: url.href, applicationName: 'dropped' });
  try {
    const [fault = '', ...more] = await db.misfits();
    expect(more).toEqual([]);
    expect(fault).toMatch(/^settings do not reach Postgres.*docs\/scale\.md/);
    expect(fault).toContain("alter role … set enable_seqscan = 'off'; alter role … set TimeZone = 'UTC'");
  } finally {
    await db.close();
    await fresh.drop();
  }
});

it.each([
  ['off', false],
  ['local', false],
  ['remote_write', false],
  ['on', true],
  ['remote_apply', true],
])('a commit by synchronous_commit=%s, as behind a pooler, is durable enough: %s', async (value, isEnough) => {
  const fresh = await freshDatabase();
  const url = new URL(fresh.url);
  url.searchParams.set('options', `-c synchronous_commit=${value}`);
  const db = new Database({ url: url.href, applicationName: 'durable' });
  try {
    const faults = await db.misfits();
    expect(faults).toEqual(isEnough ? [] : [expect.stringContaining("set synchronous_commit = 'on'")]);
  } finally {
    await db.close();
    await fresh.drop();
  }
});

it('a search_path that hides our tables is refused in one line; one that finds them, and a database without any, are not', async () => {
  const fresh = await freshDatabase();
  const name = new URL(fresh.url).pathname.slice(1);
  await onServer(`alter database ${name} set search_path = 'tenant'`);
  const db = new Database({ url: fresh.url, applicationName: 'hidden' });
  try {
    expect(await db.misfits()).toEqual([
      expect.stringMatching(/^its tables are in the schema public, .* search_path .*\(tenant\): add it there$/),
    ]);
    await db.query('create schema tenant');
    await db.query('alter table public.practice_rooms set schema tenant');
    expect(await db.misfits()).toEqual([]);
    await db.query('drop table tenant.practice_rooms cascade');
    expect(await db.misfits()).toEqual([]);
  } finally {
    await db.close();
    await fresh.drop();
  }
});

it('the recipe for a pooler gives the role every setting that a session needs', () => {
  const recipe = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'scale.md'), 'utf8');
  const given = [...recipe.matchAll(/^alter role scheduling set (\w+) =/gm)].map(([, name]) => name);
  expect(given.sort()).toEqual(settingNames({}).sort());
});
