// LISTEN on a connection that gets lost: it comes back by one attempt at a time, tells what may have been missed, and
// never ends the process.
import { Client } from 'pg';
import { Database } from '#persistence';
import { openProxy, type TcpProxy } from '../../support/broker';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';

let fresh: FreshDatabase;
let proxy: TcpProxy;
let db: Database;
let faults: { at: number; why: string }[];

beforeEach(async () => {
  fresh = await freshDatabase();
  const direct = new URL(fresh.url);
  direct.port ||= '5432';
  proxy = await openProxy(direct.href);
  faults = [];
  db = new Database(
    { url: proxy.url, applicationName: 'listener', poolSize: 2 },
    (error) => void faults.push({ at: performance.now(), why: error.message }),
  );
});
afterEach(async () => {
  await db.close();
  await proxy.close();
  await fresh.drop();
});

const notified = async (wakes: () => number): Promise<void> => {
  const before = wakes();
  await fresh.db.query(`select pg_notify('bell', '')`);
  await eventually('the notification arrives', () => wakes() > before);
};

it('goes on by one attempt at a time while Postgres is away, and says so once for each', async () => {
  let wakes = 0;
  await db.listen('bell', () => (wakes += 1));
  await notified(() => wakes);
  proxy.shut(true);
  proxy.cut();
  await eventually('six attempts have failed', () => faults.length >= 6, { timeoutMs: 40_000 });
  // Attempts that beget attempts would have no pauses between them.
  const [fifth, sixth] = faults.slice(4).map(({ at }) => at);
  expect((sixth ?? 0) - (fifth ?? 0)).toBeGreaterThanOrEqual(700);
  expect(faults.length).toBe(6);
  proxy.shut(false);
  const missed = wakes;
  await eventually('it says that something may have been missed', () => wakes > missed, { timeoutMs: 40_000 });
  await notified(() => wakes);
}, 60_000);

it('comes back by itself where Postgres is away at the first attempt; until then nothing is said to be heard', async () => {
  const wakes = { bell: 0, gong: 0 };
  proxy.shut(true);
  const [stop] = await Promise.all([
    db.listen('bell', () => (wakes.bell += 1)),
    db.listen('gong', () => (wakes.gong += 1)),
  ]);
  // Once for both.
  expect(faults).toHaveLength(1);
  expect([db.hears('bell'), db.hears('gong')]).toEqual([false, false]);
  proxy.shut(false);
  await eventually('both channels are heard', () => db.hears('bell') && db.hears('gong'), { timeoutMs: 40_000 });
  // What was announced meanwhile is looked for.
  await eventually('both are woken', () => wakes.bell > 0 && wakes.gong > 0);
  for (const [channel, woken] of [['bell', () => wakes.bell] as const, ['gong', () => wakes.gong] as const]) {
    const before = woken();
    await fresh.db.query(`select pg_notify('${channel}', '')`);
    await eventually('the notification arrives', () => woken() > before);
    expect(woken()).toBe(before + 1);
  }
  stop();
  expect([db.hears('bell'), db.hears('gong')]).toEqual([false, true]);
});

it('takes up channels that are asked for while it is away', async () => {
  let wakes = 0;
  await db.listen('other', () => undefined);
  proxy.shut(true);
  proxy.cut();
  await eventually('the loss is seen', () => faults.length > 0);
  await db.listen('bell', () => (wakes += 1));
  proxy.shut(false);
  await eventually('it is back', () => wakes > 0);
  await notified(() => wakes);
});

it('is closed at once while it is away, and nothing is left that could fail later', async () => {
  const rejected: unknown[] = [];
  const onRejection = (reason: unknown): void => void rejected.push(reason);
  process.on('unhandledRejection', onRejection);
  await db.listen('bell', () => undefined);
  proxy.shut(true);
  proxy.cut();
  await eventually('the pauses have grown', () => faults.length >= 5, { timeoutMs: 40_000 });
  const begun = performance.now();
  await db.close();
  expect(performance.now() - begun).toBeLessThan(4_000);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', onRejection);
  expect(rejected).toEqual([]);
  db = new Database({ url: fresh.url, applicationName: 'listener' });
});

it('takes up several channels at once, by one statement after the other', async () => {
  const query = Client.prototype.query as (...args: unknown[]) => Promise<unknown>;
  const running = new Map<unknown, number>();
  const atOnce: number[] = [];
  const watched = jest.spyOn(Client.prototype, 'query').mockImplementation(async function (
    this: Client,
    ...args: unknown[]
  ) {
    running.set(this, (running.get(this) ?? 0) + 1);
    atOnce.push(running.get(this) ?? 0);
    try {
      return await query.apply(this, args);
    } finally {
      running.set(this, (running.get(this) ?? 0) - 1);
    }
  });
  const wakes = { bell: 0, gong: 0 };
  await Promise.all([db.listen('bell', () => (wakes.bell += 1)), db.listen('gong', () => (wakes.gong += 1))]);
  watched.mockRestore();
  await fresh.db.query(`select pg_notify('bell', ''), pg_notify('gong', '')`);
  await eventually('both notifications arrive', () => wakes.bell > 0 && wakes.gong > 0);
  expect(atOnce.length).toBeGreaterThanOrEqual(2);
  expect(Math.max(...atOnce)).toBe(1);
});
