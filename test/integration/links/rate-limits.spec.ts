// Rate limits on two API instances over one database: counted together, only against those they are meant for, and
// never in the way of work.
// Windows are pinned to a day ahead where a test counts, so that no minute ends in the middle of it.
import { Client } from 'pg';
import { neighbourhood } from '../../../apps/scheduling-api/src/http/rate-limits';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type Api, type ApiAnswer, startApi } from '../../support/scheduling-api';
import { bookedRoom, tokenFor } from './links-fixtures';

/** A machine under load answers late; what passes uncounted then has a test of its own. */
const slow = 20_000;
let database: FreshDatabase;
/** Two instances behind a proxy they trust, and one that trusts none. */
let one: Api;
let two: Api;
let direct: Api;
beforeAll(async () => {
  database = await freshDatabase({ poolSize: 20 });
  one = await startApi({ RATE_LIMIT: 'on' }, database, '127.0.0.1', slow);
  two = await startApi({ RATE_LIMIT: 'on' }, database, '127.0.0.1', slow);
  direct = await startApi({ RATE_LIMIT: 'on' }, database, undefined, slow);
});
afterAll(async () => {
  for (const api of [one, two, direct]) await api.stop();
  await database.drop();
});
beforeEach(() => database.db.query('delete from rate_limits'));

const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address, accept: 'application/json' });
const pin = (): Promise<unknown> =>
  database.db.query(`update rate_limits set window_start = date_trunc('day', now()) + interval '1 day'`);
const unknownToken = (n: number): string => `${String(n).padStart(22, 'A')}.${'B'.repeat(43)}`;

/** Asks by turns of both instances; how many of the answers had each status. */
async function count(times: number, ask: (api: Api, n: number) => Promise<ApiAnswer>): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (let n = 0; n < times; n += 1) {
    const { status } = await ask(n % 2 === 0 ? one : two, n);
    counts[status] = (counts[status] ?? 0) + 1;
    if (n === 0) await pin();
  }
  return counts;
}

it('one address may try 60 unknown tokens a minute, over all instances; the others and good links are not touched', async () => {
  const room = await bookedRoom(one);
  const good = await tokenFor(database.db, room.roomId, 'guest', 'propose');
  expect(await count(63, (api, n) => api.get(`/approve?t=${unknownToken(n)}`, from('203.0.113.7')))).toEqual({
    404: 60,
    429: 3,
  });
  expect((await one.get(`/approve?t=${unknownToken(0)}`, from('203.0.113.8'))).status).toBe(404);
  expect((await two.get(`/reschedule?r=${good}`, from('203.0.113.7'))).status).toBe(200);
  const refused = await two.get('/approve', from('203.0.113.7'));
  expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const page = await two.get('/approve', { ...from('203.0.113.7'), accept: 'text/html' });
  expect([page.status, page.headers.get('content-type')?.split(';')[0]]).toEqual([429, 'text/html']);
});

it('a good link beside an unknown token does not hide it: what is counted is what is used', async () => {
  const room = await bookedRoom(one);
  const good = await tokenFor(database.db, room.roomId, 'guest', 'propose');
  const there = from('203.0.113.9');
  expect(await count(62, (api, n) => api.get(`/approve?t=${unknownToken(n)}&r=${good}`, there))).toEqual({
    404: 60,
    429: 2,
  });
  const times = { proposedStartUtc: '2031-01-01T10:00:00Z', proposedEndUtc: '2031-01-01T11:00:00Z' };
  expect((await one.post('/api/reschedule/propose', { ...times, token: unknownToken(1), r: good }, there)).status).toBe(
    429,
  );
  expect((await one.post(`/approve?t=${good}`, { token: unknownToken(1), r: good }, there)).status).toBe(429);
});

it('one token may be used for 120 requests a minute, whoever sends it; another link is not touched', async () => {
  const room = await bookedRoom(one);
  const [mine, other] = [
    await tokenFor(database.db, room.roomId, 'guest', 'propose'),
    await tokenFor(database.db, room.roomId, 'host', 'propose'),
  ];
  expect(await count(123, (api, n) => api.get(`/reschedule?r=${mine}`, from(`203.0.113.${n}`)))).toEqual({
    200: 120,
    429: 3,
  });
  // The body of a POST counts like the address of a GET.
  const posted = await one.post('/api/reschedule/propose', {
    token: mine,
    proposedStartUtc: '2031-01-01T10:00:00Z',
    proposedEndUtc: '2031-01-01T11:00:00Z',
  });
  expect(posted.status).toBe(429);
  expect((await one.get(`/reschedule?r=${other}`, from('203.0.113.1'))).status).toBe(200);
});

it('one API key may ask 100 times a second; the other key is not touched, and a wrong key is not counted', async () => {
  const room = await bookedRoom(direct);
  await database.db.query('delete from rate_limits');
  const path = `/api/practice-room/${room.roomId}`;
  expect(await count(103, (api) => api.get(path))).toEqual({ 200: 100, 429: 3 });
  expect((await one.get(path, { authorization: 'Bearer test-key-of-at-least-thirty-two-characters-2' })).status).toBe(
    200,
  );
  expect((await one.get(path, { authorization: 'Bearer nonsense' })).status).toBe(401);
  const rows = await database.db.query<{ key: string }>('select key from rate_limits order by key');
  expect(rows.map((row) => row.key)).toEqual(['api-key:others', 'api-key:tests']);
});

it('a new window begins at nothing', async () => {
  const room = await bookedRoom(one);
  await database.db.query(`update rate_limits set hits = 5000, window_start = now() - interval '2 minutes'`);
  expect((await one.get(`/api/practice-room/${room.roomId}`)).status).toBe(200);
  expect(await database.db.query('select hits from rate_limits')).toEqual([{ hits: 1 }]);
});

it('X-Forwarded-For counts only from a trusted proxy: without one everybody behind it is one address', async () => {
  const ask = (n: number): Promise<ApiAnswer> => direct.get(`/approve?t=${unknownToken(n)}`, from(`198.51.100.${n}`));
  expect((await ask(0)).status).toBe(404);
  await pin();
  await database.db.query('update rate_limits set hits = 60');
  expect((await ask(1)).status).toBe(429);
  expect((await one.get(`/approve?t=${unknownToken(1)}`, from('198.51.100.1'))).status).toBe(404);
});

it('neither an address nor a token is kept', async () => {
  const room = await bookedRoom(one);
  const token = await tokenFor(database.db, room.roomId, 'guest', 'propose');
  await one.get(`/reschedule?r=${token}`, from('203.0.113.7'));
  await one.get('/reschedule?r=none', from('203.0.113.7'));
  const rows = JSON.stringify(await database.db.query('select * from rate_limits'));
  expect(rows).toMatch(/token:[0-9a-f]{64}/);
  expect(rows).not.toMatch(/203\.0\.113|[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/);
});

it('with RATE_LIMIT=off nothing is counted', async () => {
  const free = await startApi({}, database);
  const room = await bookedRoom(free);
  await free.get(`/reschedule?r=${await tokenFor(database.db, room.roomId, 'guest', 'propose')}`);
  await free.stop();
  expect(await database.db.query('select key from rate_limits')).toEqual([]);
});

it('counting that hangs or fails refuses no good request', async () => {
  const fresh = await startApi({ RATE_LIMIT: 'on' }, database);
  const room = await bookedRoom(fresh);
  const path = `/api/practice-room/${room.roomId}`;
  const blocker = new Client({ connectionString: database.url });
  await blocker.connect();
  await blocker.query('begin');
  await blocker.query('lock table rate_limits in access exclusive mode');
  // More at a time than the pool has connections.
  const answers = await Promise.all(Array.from({ length: 60 }, () => fresh.get(path)));
  expect(new Set(answers.map((each) => each.status))).toEqual(new Set([200]));
  await blocker.query('commit');
  await blocker.end();
  await database.db.query('alter table rate_limits rename to away');
  expect((await fresh.get(path)).status).toBe(200);
  await database.db.query('alter table away rename to rate_limits');
  await database.db.query('delete from rate_limits');
  await eventually(
    'it counts again',
    async () =>
      (await fresh.get(path)).status === 200 && (await database.db.query('select 1 from rate_limits')).length === 1,
  );
  await fresh.stop();
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s stands for %s', (address, whom) => {
  expect(neighbourhood(address)).toBe(whom);
});
