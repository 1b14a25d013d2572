// The outbox publisher on a real Postgres and a real broker: no event is lost, none is published twice without a fault,
// and no poll is needed.
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type ChannelModel, connect } from 'amqplib';
import { type Envelope } from '#contracts';
import {
  OutboxPublisher,
  type OutboxPublisherOptions,
  RabbitPublisher,
  gaugeOutbox,
  namesOf,
  outboxCheck,
} from '#messaging';
import { Database, PgOutbox, appendEvents } from '#persistence';
import { register } from 'prom-client';
import { type TcpProxy, brokerUrl, dropPrefix, freshPrefix, openProxy } from '../../support/broker';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { bounce, quick, silent } from './messaging-fixtures';

const prefix = freshPrefix();
const { main } = namesOf(prefix, 'notification-sender.deliveries', quick);
const hour = 3_600_000;

let database: FreshDatabase;
let probe: ChannelModel;
let proxy: TcpProxy;
const stops: (() => Promise<unknown>)[] = [];
/** Ids that reached the queue, in its order. */
let arrived: string[];
let app: string;

beforeAll(async () => {
  database = await freshDatabase();
});

beforeEach(async () => {
  arrived = [];
  app = `app-${randomUUID()}`;
  proxy = await openProxy();
  probe = await connect(brokerUrl());
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await probe.close();
  await proxy.close();
});

afterAll(async () => {
  await database.drop();
  await dropPrefix(prefix);
});

/** An outbox publisher as a process of its own has it: own pool, own connection to the broker. */
async function startPublishing(
  options: OutboxPublisherOptions = {},
): Promise<{ outboxPublisher: OutboxPublisher; publisher: RabbitPublisher; outbox: CountingOutbox; db: Database }> {
  const db = new Database({ url: database.url, applicationName: `outbox of ${app}` });
  const publisher = new RabbitPublisher({ url: proxy.url, prefix, appName: 'test', logger: silent, retry: quick });
  publisher.open();
  await publisher.whenReady(AbortSignal.timeout(25_000));
  const outbox = new CountingOutbox(db, [app]);
  const made = new OutboxPublisher(outbox, publisher, silent, options);
  made.start();
  stops.push(async () => {
    await made.stop();
    await publisher.close();
    await db.close();
  });
  return { outboxPublisher: made, publisher, outbox, db };
}

/** The outbox, and how many rows were read out of it. */
class CountingOutbox extends PgOutbox {
  taken = 0;
  /** Runs between the lease of rows and their publishing. */
  afterTake: () => Promise<unknown> = async () => undefined;

  override async lease(limit: number): ReturnType<PgOutbox['lease']> {
    const rows = await super.lease(limit);
    this.taken += rows.length;
    if (rows.length > 0) await this.afterTake();
    return rows;
  }
}

async function collect(): Promise<void> {
  const channel = await probe.createChannel();
  await channel.purgeQueue(main);
  await channel.consume(main, (message) => void (message && arrived.push(String(message.properties.messageId))), {
    noAck: true,
  });
}

const append = (events: Envelope[]): Promise<void> =>
  database.db.transaction(async (tx) => appendEvents(tx, app, events));
const many = (count: number): Envelope[] => Array.from({ length: count }, () => bounce());
const idsOf = (events: Envelope[]): string[] => events.map((event) => event.id);
const left = async (): Promise<{ attempts: number; last_error: string | null }[]> =>
  database.db.query('select attempts, last_error from outbox where app = $1', [app]);
const empty = async (): Promise<boolean> => (await left()).length === 0;

it('a commit wakes the outbox publisher: no event waits for the poll', async () => {
  await startPublishing({ pollMs: hour });
  await collect();
  await eventually('the outbox publisher listens', async () => {
    const events = [bounce()];
    await append(events);
    return eventually('it arrives', () => arrived.includes(events[0]?.id ?? ''), { timeoutMs: 500 });
  });
  const times: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const event = bounce();
    await append([event]);
    const committed = performance.now();
    await eventually('the event arrives', () => arrived.includes(event.id), { everyMs: 1 });
    times.push(performance.now() - committed);
  }
  process.stdout.write(`from commit to queue, median: ${times.sort((a, b) => a - b)[4]?.toFixed(1)} ms\n`);
  await eventually('the outbox is empty', empty);
});

describe('events written by the process of the outbox publisher', () => {
  const write = (db: Database, events: Envelope[]): Promise<void> =>
    db.transaction(async (tx) => appendEvents(tx, app, events));

  it('are published directly after their commit, without another read', async () => {
    const { outbox, db } = await startPublishing({ pollMs: hour });
    await collect();
    await eventually('the outbox publisher works', async () => {
      await write(db, many(1));
      return arrived.length > 0;
    });
    const before = outbox.taken;
    const events = many(50);
    for (const event of events) await write(db, [event]);
    await eventually('all arrive', () => events.every(({ id }) => arrived.includes(id)));
    expect(outbox.taken).toBe(before);
    expect(arrived.slice(-50)).toEqual(idsOf(events));
    await eventually('the outbox is empty', empty);
  });

  it('wait unchanged in the outbox while the broker is away, and are published in their order', async () => {
    const { publisher, db } = await startPublishing();
    await collect();
    proxy.shut(true);
    proxy.cut();
    await eventually('the broker is gone', () => !publisher.isReady);
    const events = many(20);
    for (const event of events) await write(db, [event]);
    // Rows that were leased at the moment of the loss are returned unchanged.
    await eventually('none counts as attempted', async () => (await left()).every((row) => row.attempts === 0));
    expect(await left()).toHaveLength(events.length);
    proxy.shut(false);
    await eventually('all arrive', () => arrived.length >= 20);
    expect(arrived).toEqual(idsOf(events));
  });

  it('are published by another process when their own ended before it could', async () => {
    const { publisher, outboxPublisher: gone, db } = await startPublishing();
    await gone.stop();
    const events = many(3);
    // As a process leaves them that dies right after the commit: leased, not on their way.
    db.receivers.set(app, { hasRoom: () => true, take: () => undefined });
    await write(db, events);
    expect((await left()).map((row) => row.attempts)).toEqual([1, 1, 1]);
    await database.db.query(`update outbox set due_at = now() where app = $1`, [app]);
    await collect();
    await startPublishing();
    await eventually('all arrive', () => events.every(({ id }) => arrived.includes(id)));
    expect(publisher.isReady).toBe(true);
  });
});

it('events of one outbox publisher reach the queue in the order of their writing, over many batches', async () => {
  const events = many(1_500);
  for (let from = 0; from < events.length; from += 300) await append(events.slice(from, from + 300));
  const { outboxPublisher: made } = await startPublishing();
  await collect();
  await eventually('all arrive', () => arrived.length >= events.length);
  await eventually('the outbox is empty', empty);
  expect(arrived).toEqual(idsOf(events));
  await made.stop();
});

it('several outbox publishers share the rows and publish none twice', async () => {
  const events = many(1_000);
  await append(events);
  await collect();
  await Promise.all([startPublishing(), startPublishing(), startPublishing()]);
  const later = many(500);
  for (let from = 0; from < later.length; from += 50) await append(later.slice(from, from + 50));
  await eventually('the outbox is empty', empty);
  await eventually('all arrive', () => arrived.length >= 1_500);
  expect(new Set(arrived)).toEqual(new Set(idsOf([...events, ...later])));
  expect(arrived).toHaveLength(1_500);
});

it('while the broker is away rows wait unchanged, and are published when it is back', async () => {
  const { publisher } = await startPublishing();
  await collect();
  proxy.shut(true);
  proxy.cut();
  await eventually('the broker is gone', () => !publisher.state.connected);
  const events = many(20);
  await append(events);
  await eventually('they have waited a while', async () => (await backlog()).ageSeconds > 0.5);
  // Rows that were leased at the moment of the loss are returned unchanged.
  await eventually('none counts as attempted', async () => (await left()).every((row) => row.attempts === 0));
  expect(await left()).toHaveLength(events.length);
  proxy.shut(false);
  await eventually('all arrive', () => events.every((event) => arrived.includes(event.id)));
  await eventually('the outbox is empty', empty);
});

it('rows leased at the moment in which the broker goes away are returned as untried', async () => {
  const { publisher, outbox } = await startPublishing();
  await collect();
  outbox.afterTake = async () => {
    proxy.shut(true);
    proxy.cut();
    await eventually('the broker is gone', () => !publisher.isReady);
  };
  const events = many(20);
  await append(events);
  await eventually('they are returned', async () => (await left()).every((row) => row.last_error === 'no broker'));
  expect((await left()).map((row) => row.attempts)).toEqual(events.map(() => 0));
  outbox.afterTake = async () => undefined;
  proxy.shut(false);
  await eventually('all arrive', () => events.every((event) => arrived.includes(event.id)));
});

it('rows returned by an outbox publisher that stops, however often, were not attempted', async () => {
  for (let restart = 0; restart < 3; restart += 1) {
    const { outboxPublisher: made, outbox } = await startPublishing({ stopWithinMs: 50 });
    await eventually('the rows of the process before are published', empty);
    proxy.swallow(true);
    const before = outbox.taken;
    await append(many(1));
    await eventually('the row is being published', () => outbox.taken > before);
    await made.stop();
    expect(await left()).toEqual([{ attempts: 0, last_error: 'returned at a stop' }]);
    proxy.swallow(false);
    proxy.cut();
  }
});

it('a connection lost over and over under load loses nothing', async () => {
  await startPublishing();
  await collect();
  const events: Envelope[] = [];
  for (let round = 0; round < 8; round += 1) {
    const batch = many(200);
    events.push(...batch);
    await append(batch);
    await eventually('the batch is under way', () => arrived.some((id) => batch.some((event) => event.id === id)));
    proxy.cut();
  }
  await eventually('the outbox is empty', empty, { timeoutMs: 40_000 });
  await eventually('all arrive', () => new Set(arrived).size === events.length);
  expect(new Set(arrived)).toEqual(new Set(idsOf(events)));
});

it('a database that ends every connection is survived, and its commits wake the outbox publisher again', async () => {
  // Rows whose taking was committed while its answer was lost are nobody's until their lease ends: those the poll
  // finds.
  await startPublishing({ pollMs: 5_000 });
  await collect();
  for (let round = 0; round < 3; round += 1) {
    const event = bounce();
    await append([event]);
    await eventually('the event arrives', () => arrived.includes(event.id), { timeoutMs: 40_000 });
    await endBackends();
  }
  await eventually('the outbox publisher is notified of commits again', async () => {
    const event = bounce();
    await append([event]);
    return eventually('it arrives', () => arrived.includes(event.id), { timeoutMs: 1_000 });
  });
  await eventually('the outbox is empty', empty);
});

it('stopping finishes rows that are being published and leases no more', async () => {
  const { outboxPublisher: made } = await startPublishing();
  await collect();
  const events = many(600);
  await append(events);
  await eventually('some arrive', () => arrived.length > 0);
  await made.stop();
  const rest = await left();
  await eventually('the leased rows have arrived', () => arrived.length === events.length - rest.length);
  expect(rest.every((row) => row.attempts === 0)).toBe(true);
});

it('health and metrics show how old the outbox is', async () => {
  const outbox = new PgOutbox(database.db, [app]);
  gaugeOutbox(outbox);
  expect(await outboxCheck(outbox).check()).toEqual({ status: 'ok', detail: { depth: 0, ageSeconds: 0 } });
  await append(many(2));
  await database.db.query(`update outbox set created_at = now() - interval '90 seconds' where app = $1`, [app]);
  expect(await outboxCheck(outbox).check()).toMatchObject({ status: 'degraded', detail: { depth: 2, ageSeconds: 90 } });
  expect(await outboxCheck(outbox, 120).check()).toMatchObject({ status: 'ok' });
  expect(await register.getSingleMetricAsString('scheduling_outbox_age_seconds')).toMatch(
    /^scheduling_outbox_age_seconds 9\d/m,
  );
});

const backlog = (): Promise<{ ageSeconds: number }> => new PgOutbox(database.db, [app]).backlog();

async function endBackends(): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
      and application_name like $1`,
    [`outbox of ${app}%`],
  );
  await client.end();
}
