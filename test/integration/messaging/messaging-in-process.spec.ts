// The same handlers without a broker, fed by the outbox: nothing lost over a restart, the same retries, the same dead
// letters.
import { randomUUID } from 'node:crypto';
import { type Envelope, type OutboxPort } from '#contracts';
import { type Delivery, InProcessTransport, OutboxPublisher, PermanentFault } from '#messaging';
import { PgOutbox, appendEvents, markHandled } from '#persistence';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import {
  type Run,
  bounce,
  deliveriesController,
  letterSent,
  mailController,
  quick,
  refresh,
  serve,
  silent,
} from './messaging-fixtures';

let database: FreshDatabase;
let app: string;
const stops: (() => Promise<unknown>)[] = [];
const seen: { id: string; delivery: Delivery; at: number }[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  await database.db.query('create table effects (event_id uuid not null)');
});

beforeEach(() => {
  app = `app-${randomUUID()}`;
  seen.length = 0;
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

afterAll(() => database.drop());

interface RunOptions {
  concurrency?: number;
  stopWithinMs?: number;
  renewEveryMs?: number;
  withMail?: boolean;
  port?: OutboxPort;
}

interface Process {
  outboxPublisher: OutboxPublisher;
  stop(): Promise<void>;
}

/** One process of the standalone app: handlers, transport and outbox publisher. */
async function run(act: Run, options: RunOptions = {}): Promise<Process> {
  const {
    concurrency = 16,
    stopWithinMs = 2_000,
    renewEveryMs = 3_000,
    withMail = true,
    port = new PgOutbox(database.db, [app]),
  } = options;
  const noted: Run = async (envelope, delivery) => {
    seen.push({ id: envelope.id, delivery, at: Date.now() });
    await act(envelope, delivery);
  };
  const transport = new InProcessTransport({ logger: silent, retry: quick, concurrency, closeWithinMs: stopWithinMs });
  const controllers = [deliveriesController(noted), ...(withMail ? [mailController(noted)] : [])];
  const nest = await serve({ strategy: transport }, controllers);
  const outboxPublisher = new OutboxPublisher(port, transport, silent, { pollMs: 100, stopWithinMs, renewEveryMs });
  outboxPublisher.start();
  const stop = async (): Promise<void> => {
    await Promise.all([outboxPublisher.stop(), nest.close()]);
  };
  stops.push(stop);
  return { outboxPublisher, stop };
}

const append = (...events: Envelope[]): Promise<void> =>
  database.db.transaction(async (tx) => appendEvents(tx, app, events));
const left = (): Promise<{ attempts: number; last_error: string | null; due_at: Date }[]> =>
  database.db.query('select attempts, last_error, due_at from outbox where app = $1', [app]);
const deadOf = (): Promise<{ reason: string; event_id: string }[]> =>
  database.db.query('select reason, event_id from dead_letters where app = $1', [app]);
const empty = async (): Promise<boolean> => (await left()).length === 0;

it('an event leaves the outbox only when its handler is done', async () => {
  let finish: () => void = () => undefined;
  await run(() => new Promise<void>((resolve) => (finish = resolve)));
  await append(bounce());
  await eventually('the handler runs', () => seen.length === 1);
  expect(await left()).toHaveLength(1);
  finish();
  await eventually('the row is gone', empty);
});

it('a slow handler delays no other event, and its lease is renewed while it runs', async () => {
  let finish: () => void = () => undefined;
  const slow = bounce();
  await run(
    (envelope) => (envelope.id === slow.id ? new Promise<void>((resolve) => (finish = resolve)) : Promise.resolve()),
    {
      concurrency: 4,
      renewEveryMs: 100,
    },
  );
  await append(slow, ...Array.from({ length: 100 }, () => bounce()));
  await eventually('all others are done', async () => (await left()).length === 1);
  const [before] = await left();
  await eventually('the lease moves on', async () => ((await left())[0]?.due_at ?? 0) > (before?.due_at ?? 0));
  expect(seen.filter((each) => each.id === slow.id)).toHaveLength(1);
  finish();
  await eventually('the slow one is done too', empty);
});

it('no more handlers run at a time than the limit', async () => {
  let running = 0;
  let most = 0;
  await run(
    async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    },
    { concurrency: 3 },
  );
  await append(...Array.from({ length: 60 }, () => bounce()));
  await eventually('all are done', empty);
  expect(most).toBe(3);
});

it('a failed event is tried again after the delay of its step and dies with its reason after the last attempt', async () => {
  await run(async () => Promise.reject(new Error('boom for ann@example.com')));
  const event = bounce();
  await append(event);
  const [letter] = await eventually('a dead letter', async () => {
    const letters = await deadOf();
    return letters.length > 0 && letters;
  });
  expect(letter).toEqual({ event_id: event.id, reason: 'notification-sender.deliveries: boom for [address]' });
  expect(seen.map((each) => each.delivery)).toEqual(
    [1, 2, 3].map((attempt) => ({ queue: 'notification-sender.deliveries', attempt })),
  );
  const [first = 0, second = 0, third = 0] = seen.map((each) => each.at);
  expect(second - first).toBeGreaterThanOrEqual(quick.delaysMs[0] - 5);
  expect(third - second).toBeGreaterThanOrEqual((quick.delaysMs[1] ?? 0) - 5);
  expect(await empty()).toBe(true);
});

it('a permanent fault and an unreadable event are dead letters at once', async () => {
  await run(async () => Promise.reject(new PermanentFault('no such invitation')));
  const unreadable = { ...bounce(), version: 2 };
  await append(bounce(), unreadable);
  await eventually('two dead letters', async () => (await deadOf()).length === 2);
  const reasons = new Map((await deadOf()).map((letter) => [letter.event_id, letter.reason]));
  expect(reasons.get(unreadable.id)).toBe('UnreadableEvent: BounceReceived: version 2 is not 1');
  expect([...reasons.values()]).toContain('notification-sender.deliveries: PermanentFault: no such invitation');
  expect(seen).toHaveLength(1);
});

it('an event that no queue is bound to is done at once', async () => {
  await run(() => Promise.resolve());
  await append(letterSent());
  await eventually('it is gone', empty);
  expect(seen).toHaveLength(0);
});

it('an event without a consumer waits for it, however often it was tried', async () => {
  const without = await run(() => Promise.resolve(), { withMail: false });
  await append(refresh());
  await database.db.query('update outbox set attempts = 50 where app = $1', [app]);
  await eventually('it waits', async () => (await left())[0]?.last_error === 'no handler for scheduling-api.mail');
  await without.stop();
  await run(() => Promise.resolve());
  await eventually('it is done', empty);
  expect(seen).toHaveLength(1);
});

it('waiting for a consumer is no attempt: the first failure after it is not the last', async () => {
  const without = await run(() => Promise.resolve(), { withMail: false });
  await append(refresh());
  await eventually('it waits', async () => (await left())[0]?.last_error === 'no handler for scheduling-api.mail');
  await database.db.query('update outbox set due_at = now() where app = $1', [app]);
  await eventually('it waits again', async () => ((await left())[0]?.due_at ?? new Date(0)) > new Date());
  await without.stop();
  expect((await left())[0]?.attempts).toBe(0);
  await run(() => (seen.length === 1 ? Promise.reject(new Error('unlucky')) : Promise.resolve()));
  await eventually('it is done', empty);
  expect(seen.map(({ delivery }) => delivery.attempt)).toEqual([1, 2]);
  expect(await deadOf()).toEqual([]);
});

it('an event that falls due while its failure is being recorded is tried again without delay', async () => {
  const outbox = new PgOutbox(database.db, [app]);
  let taken = 0;
  const slowToAnswer: OutboxPort = {
    renew: (positions) => outbox.renew(positions),
    onWake: (wake) => outbox.onWake(wake),
    backlog: () => outbox.backlog(),
    untilDueMs: () => Promise.resolve(0),
    passNewRows: () => () => undefined,
    async lease(limit) {
      const rows = await outbox.lease(limit);
      taken += rows.length;
      return rows;
    },
    // The store has recorded it, but its response arrives only after the row was leased again.
    async settle(outcomes) {
      await outbox.settle(outcomes);
      if (outcomes.some((outcome) => outcome.outcome === 'again'))
        await eventually('the row is leased again', () => taken === 2);
    },
  };
  await run(async (_, { attempt }) => (attempt === 1 ? Promise.reject(new Error('unlucky')) : Promise.resolve()), {
    port: slowToAnswer,
  });
  await append(bounce());
  await eventually('the second attempt', () => seen.length === 2, { timeoutMs: 3_000 });
  await eventually('the outbox is empty', empty);
});

it('a failure after the row was returned does not make the event dead: another process has it by then', async () => {
  let fail: () => void = () => undefined;
  let finish: () => void = () => undefined;
  await append(bounce());
  await database.db.query('update outbox set attempts = 50 where app = $1', [app]);
  const first = await run(() => new Promise((_, reject) => (fail = () => reject(new Error('too late')))), {
    stopWithinMs: 50,
  });
  await eventually('the first has it', () => seen.length === 1);
  await first.stop();
  await run(() => new Promise<void>((resolve) => (finish = resolve)));
  await eventually('the second has it', () => seen.length === 2);
  fail();
  // What the first would have written by now is there before these are answered.
  for (let turn = 0; turn < 20; turn += 1) await left();
  expect([await left(), await deadOf()]).toEqual([[expect.objectContaining({ attempts: 51 })], []]);
  finish();
  await eventually('it is done', empty);
  expect(await deadOf()).toEqual([]);
});

it('nothing is lost over restarts, and every effect happens once', async () => {
  const events: Envelope[] = [];
  const fragile: Run = (envelope) =>
    database.db.transaction(async (tx) => {
      if (!(await markHandled(tx, app, 'test', envelope.id))) return;
      await tx.query('insert into effects values ($1)', [envelope.id]);
      // Some never come back, some fail before the commit, most work.
      const chance = Math.random();
      if (chance < 0.02) await new Promise((resolve) => setTimeout(resolve, 400));
      if (chance < 0.05) throw new Error('unlucky');
    });
  for (let round = 0; round < 3; round += 1) {
    const batch = Array.from({ length: 100 }, () => bounce());
    events.push(...batch);
    await append(...batch);
    const before = seen.length;
    const process = await run(fragile, { stopWithinMs: 50, concurrency: 8 });
    await eventually('some work is done', () => seen.length > before + 20);
    await process.stop();
  }
  await run(fragile);
  await eventually('the outbox is empty', empty, { timeoutMs: 40_000 });
  const rows = await database.db.query<{ event_id: string }>('select event_id from effects');
  const dead = (await deadOf()).map((letter) => letter.event_id);
  expect([...rows.map((row) => row.event_id), ...dead].sort()).toEqual(events.map((event) => event.id).sort());
});
