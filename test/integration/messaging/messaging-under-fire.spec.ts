// Outbox, its publisher, broker and consumer together, while every connection is cut repeatedly: no event is lost,
// every effect happens once.
import { randomUUID } from 'node:crypto';
import { type ChannelModel, connect } from 'amqplib';
import { type Envelope } from '#contracts';
import { OutboxPublisher, RabbitPublisher, RabbitTransport, namesOf } from '#messaging';
import { PgOutbox, appendEvents, markHandled } from '#persistence';
import { brokerUrl, dropPrefix, freshPrefix, openProxy } from '../../support/broker';
import { freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { bounce, deliveriesController, depth, serve, silent } from './messaging-fixtures';

const prefix = freshPrefix();
const retry = { delaysMs: [100, 300] as const, maxAttempts: 12 };
const { main, retry: waiting, dead } = namesOf(prefix, 'notification-sender.deliveries', retry);

let probe: ChannelModel;

beforeAll(async () => {
  probe = await connect(brokerUrl());
});

afterAll(async () => {
  await probe.close();
  await dropPrefix(prefix);
});

it('every event is handled at least once and has its effect exactly once', async () => {
  const database = await freshDatabase({ poolSize: 30 });
  const { db } = database;
  await db.query('create table effects (event_id uuid not null)');
  const proxy = await openProxy();
  const app = `app-${randomUUID()}`;
  const options = { url: proxy.url, prefix, appName: 'test', logger: silent, retry };
  const publisher = new RabbitPublisher({ ...options, confirmWithinMs: 2_000 });
  publisher.open();
  const outboxPublisher = new OutboxPublisher(new PgOutbox(db, [app]), publisher, silent);
  outboxPublisher.start();
  const transport = new RabbitTransport({ ...options, publisher });
  let deliveries = 0;
  const controller = deliveriesController((envelope) =>
    db.transaction(async (tx) => {
      deliveries += 1;
      if (!(await markHandled(tx, app, 'test', envelope.id))) return;
      await tx.query('insert into effects values ($1)', [envelope.id]);
      if (Math.random() < 0.1) throw new Error('unlucky');
    }),
  );
  const nest = await serve({ strategy: transport }, [controller]);

  const events: Envelope[] = [];
  let cuts = 0;
  for (let round = 0; round < 12; round += 1) {
    const batch = Array.from({ length: 100 }, () => bounce());
    events.push(...batch);
    await db.transaction(async (tx) => appendEvents(tx, app, batch));
    const before = deliveries;
    await eventually('work continues', () => deliveries > before + 20);
    proxy.cut();
    cuts += 1;
  }

  const effects = (): Promise<{ event_id: string }[]> => db.query('select event_id from effects');
  await eventually('every effect is there', async () => (await effects()).length >= events.length, {
    timeoutMs: 40_000,
  });
  await eventually('all queues are empty', async () => {
    const depths = await Promise.all([main, ...waiting, dead].map((name) => depth(probe, name)));
    return (
      depths.every((count) => count === 0) && (await db.query('select from outbox where app = $1', [app])).length === 0
    );
  });
  expect((await effects()).map((row) => row.event_id).sort()).toEqual(events.map((event) => event.id).sort());
  process.stdout.write(`${events.length} events, ${cuts} cuts, ${deliveries} deliveries, ${events.length} effects\n`);

  await nest.close();
  await outboxPublisher.stop();
  await publisher.close();
  await proxy.close();
  await database.drop();
}, 90_000);
