// How long a loop without work may rest: until its next row is due, as long as commits are announced; else it polls.
import { Database, longestRestMs, untilDueMs } from '#persistence';
import { openProxy, type TcpProxy } from '../../support/broker';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';

let fresh: FreshDatabase;
let proxy: TcpProxy;
let db: Database;

beforeEach(async () => {
  fresh = await freshDatabase();
  const direct = new URL(fresh.url);
  direct.port ||= '5432';
  proxy = await openProxy(direct.href);
  db = new Database({ url: fresh.url, listenUrl: proxy.url, applicationName: 'rest', poolSize: 2 });
});
afterEach(async () => {
  await db.close();
  await proxy.close();
  await fresh.drop();
});

const restUntil = (nextDue: string, atMostMs?: number): Promise<number> =>
  untilDueMs(db, { channel: 'bell', nextDue, ...(atMostMs === undefined ? {} : { atMostMs }) });

it('rests until the next row is due, by the clock of the database, and not for longer than its limit', async () => {
  await db.listen('bell', () => undefined);
  const soon = await restUntil(`select clock_timestamp() + interval '3 seconds'`);
  expect(soon).toBeGreaterThan(1_000);
  expect(soon).toBeLessThanOrEqual(3_000);
  expect(await restUntil(`select now() + interval '1 hour'`)).toBe(longestRestMs);
  expect(await restUntil(`select now() + interval '1 hour'`, 1_500)).toBe(1_500);
  expect(await restUntil('select null::timestamptz')).toBe(longestRestMs);
});

it('polls for what is due already, and where the database cannot be asked', async () => {
  await db.listen('bell', () => undefined);
  expect(await restUntil(`select now() - interval '1 second'`)).toBe(0);
  expect(await restUntil('select no_such_column')).toBe(0);
});

it('polls while notifications do not arrive, and rests again once they do', async () => {
  const nothing = 'select null::timestamptz';
  expect(await restUntil(nothing)).toBe(0);
  let wakes = 0;
  await db.listen('bell', () => (wakes += 1));
  expect(await restUntil(nothing)).toBe(longestRestMs);
  proxy.shut(true);
  proxy.cut();
  await eventually('the loss is seen', async () => (await restUntil(nothing)) === 0);
  proxy.shut(false);
  await eventually('it is back, and says that something may have been missed', () => wakes > 0);
  expect(await restUntil(nothing)).toBe(longestRestMs);
});
