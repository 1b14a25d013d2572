// Several URLs in RABBITMQ_URL: a node that is dead, dies or falls silent is left for another, and no event is lost.
// Each node is a proxy of its own to the one broker, so that what one node confirmed the other knows, as in a cluster.
import { randomUUID } from 'node:crypto';
import { type ChannelModel, connect } from 'amqplib';
import { type Envelope, envelop, events, queueNames, queuesFor } from '#contracts';
import { OutboxPublisher, RabbitPublisher, exchangeOn, namesOf } from '#messaging';
import { PgOutbox, appendEvents, markHandled } from '#persistence';
import { type TcpProxy, brokerUrl, dropPrefix, freshPrefix, openProxy } from '../../support/broker';
import { freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import {
  type BrokerPair,
  bounce,
  consume,
  deliveriesController,
  depth,
  letterSent,
  listeningLogger,
  quick,
  refresh,
  rowOf,
  send,
  silent,
} from './messaging-fixtures';

const prefix = freshPrefix();
const { main, retry, dead } = namesOf(prefix, 'notification-sender.deliveries', quick);
const many = (count: number): Envelope[] => Array.from({ length: count }, () => bounce());

let probe: ChannelModel;
let first: TcpProxy;
let second: TcpProxy;
let consuming: BrokerPair | undefined;

beforeAll(async () => {
  probe = await connect(brokerUrl());
});

beforeEach(async () => {
  [first, second] = await Promise.all([openProxy(), openProxy()]);
});

afterEach(async () => {
  await consuming?.close();
  consuming = undefined;
  await Promise.all([first.close(), second.close()]);
  const channel = await probe.createChannel();
  for (const queue of queueNames) await channel.purgeQueue(namesOf(prefix, queue).main);
  await channel.close();
});

afterAll(async () => {
  await probe.close();
  await dropPrefix(prefix);
});

/** As an operator writes it: a comma, and for some a blank. */
const both = (): string => `${first.url}, ${second.url}`;

function die(proxy: TcpProxy): void {
  proxy.shut(true);
  proxy.cut();
}

const ready = (publisher: RabbitPublisher): Promise<void> => publisher.whenReady(AbortSignal.timeout(25_000));

it('of two nodes the first is dead: the second serves, and the log names the dead one without its password', async () => {
  await first.close();
  const arrived: string[] = [];
  const controller = deliveriesController((envelope) => Promise.resolve(void arrived.push(envelope.id)));
  const { logger, lines } = listeningLogger();
  consuming = await consume(prefix, [controller], { url: both(), logger });
  const event = bounce();
  await send(consuming.publisher, event);
  await eventually('the event is handled', () => arrived.includes(event.id));
  expect(second.connections()).toBe(2);
  expect(consuming.publisher.state).toMatchObject({ connected: true, fault: undefined });
  const { host, password } = new URL(first.url);
  expect(lines.filter(({ msg }) => msg === 'no broker')).toContainEqual(expect.objectContaining({ node: host }));
  expect(JSON.stringify(lines)).not.toContain(`:${password}@`);
});

it('the node in use dies: the other serves publisher and consumer, and again the first when that one dies', async () => {
  const arrived: string[] = [];
  const controller = deliveriesController((envelope) => Promise.resolve(void arrived.push(envelope.id)));
  consuming = await consume(prefix, [controller], { url: both() });
  const { publisher, transport } = consuming;
  await eventually('the consumer is connected', () => transport.state.connected);
  for (const [from, to] of [
    [first, second],
    [second, first],
  ] as const) {
    to.shut(false);
    die(from);
    const died = performance.now();
    await eventually('the loss is noticed', () => !publisher.state.connected && !transport.state.connected);
    await ready(publisher);
    await eventually('the consumer is connected', () => transport.state.connected);
    const tookMs = performance.now() - died;
    const event = bounce();
    await send(publisher, event);
    await eventually('the event is handled', () => arrived.includes(event.id));
    expect(to.connections()).toBe(2);
    process.stdout.write(`another node serves after ${tookMs.toFixed(0)} ms\n`);
  }
});

it('another node serves at once where bindings wait, as they do for a node of the cluster that does not respond', async () => {
  const arrived: string[] = [];
  const controller = deliveriesController((envelope) => Promise.resolve(void arrived.push(envelope.id)));
  consuming = await consume(prefix, [controller], { url: both() });
  const { publisher, transport } = consuming;
  await eventually('the consumer is connected', () => transport.state.connected);
  // queue.bind (AMQP 0-9-1, 50, 20).
  second.ignore(50, 20);
  die(first);
  await eventually('the loss is noticed', () => !publisher.state.connected && !transport.state.connected);
  await ready(publisher);
  const event = bounce();
  await send(publisher, event);
  await eventually('the event is handled', () => arrived.includes(event.id));
});

it('a queue that was deleted meanwhile is bound before the next node serves', async () => {
  const arrived: string[] = [];
  const controller = deliveriesController((envelope) => Promise.resolve(void arrived.push(envelope.id)));
  consuming = await consume(prefix, [controller], { url: both() });
  const { publisher, transport } = consuming;
  await eventually('the consumer is connected', () => transport.state.connected);
  second.shut(true);
  die(first);
  await eventually('the loss is noticed', () => !publisher.state.connected && !transport.state.connected);
  const channel = await probe.createChannel();
  await channel.deleteQueue(main);
  await channel.close();
  second.shut(false);
  await ready(publisher);
  const event = bounce();
  await send(publisher, event);
  await eventually('the event is handled', () => arrived.includes(event.id));
});

it('an exchange that was deleted meanwhile is bound to every queue before the next node serves', async () => {
  const publisher = new RabbitPublisher({ url: both(), prefix, appName: 'test', logger: silent, retry: quick });
  publisher.open();
  await ready(publisher);
  second.shut(true);
  die(first);
  await eventually('the loss is noticed', () => !publisher.state.connected);
  const channel = await probe.createChannel();
  await channel.deleteExchange(exchangeOn(prefix));
  await channel.close();
  second.shut(false);
  await ready(publisher);
  // The broker confirms an event that reached one of its queues, also where the others are not bound.
  const meta = { id: randomUUID(), occurredAt: new Date(), correlationId: 'test' };
  await send(publisher, envelop('PersonErasureRequested', { erasureId: randomUUID() }, meta));
  const bound = queuesFor('PersonErasureRequested').map((queue) => namesOf(prefix, queue).main);
  expect(await Promise.all(bound.map((name) => depth(probe, name)))).toEqual([1, 1, 1]);
  await publisher.close();
});

it('a node that confirms nothing is left after 3 s: every event arrives, and none has its effect twice', async () => {
  const database = await freshDatabase();
  const { db } = database;
  await db.query('create table effects (event_id uuid not null)');
  const app = `app-${randomUUID()}`;
  const deliveries: string[] = [];
  const controller = deliveriesController((envelope) =>
    db.transaction(async (tx) => {
      deliveries.push(envelope.id);
      if (await markHandled(tx, app, 'test', envelope.id))
        await tx.query('insert into effects values ($1)', [envelope.id]);
    }),
  );
  consuming = await consume(prefix, [controller], { url: both() });
  const outboxPublisher = new OutboxPublisher(new PgOutbox(db, [app]), consuming.publisher, silent);
  const outboxIsEmpty = async (): Promise<boolean> =>
    (await db.query('select from outbox where app = $1', [app])).length === 0;
  // The consumer stays where it is: what the first node was sent did arrive there, only its confirm is missing.
  await eventually('the consumer is connected', () => consuming?.transport.state.connected);
  // Its channel is open, so that the first node gets what follows.
  const before = bounce();
  await send(consuming.publisher, before);
  first.withhold(true);
  const later = many(40);
  const sent = [before, ...later];
  await db.transaction(async (tx) => appendEvents(tx, app, later));
  outboxPublisher.start();
  const began = performance.now();
  await eventually('the silent node is left', () => second.connections() > 0, { timeoutMs: 25_000 });
  const leftAfterMs = performance.now() - began;
  await eventually('the other node confirms them all', outboxIsEmpty, { timeoutMs: 25_000 });
  const tookMs = performance.now() - began;
  expect(second.connections()).toBe(1);
  first.withhold(false);
  await eventually('each has its effect', async () => (await db.query('select from effects')).length >= sent.length);
  await eventually('nothing is left in the queue', async () => (await depth(probe, main)) === 0);
  const effects = await db.query<{ event_id: string }>('select event_id from effects');
  expect(effects.map((row) => row.event_id).sort()).toEqual(sent.map(({ id }) => id).sort());
  // Both nodes had them, and nothing but the event's id tells the copies apart from an event of its own.
  expect(deliveries.length).toBeGreaterThan(sent.length);
  expect(deliveries.length).toBeLessThanOrEqual(2 * sent.length);
  expect(leftAfterMs).toBeGreaterThan(2_900);
  expect(leftAfterMs).toBeLessThan(8_000);
  process.stdout.write(`confirms withheld: the outbox is empty after ${tookMs.toFixed(0)} ms\n`);
  await outboxPublisher.stop();
  await database.drop();
});

async function opened(urls: string, confirmWithinMs?: number): Promise<RabbitPublisher> {
  const options = confirmWithinMs === undefined ? {} : { confirmWithinMs };
  const one = new RabbitPublisher({ url: urls, prefix, appName: 'test', logger: silent, retry: quick, ...options });
  one.open();
  await ready(one);
  return one;
}

const publish = async (publisher: RabbitPublisher, event: Envelope): Promise<string | undefined> =>
  (await Promise.all(publisher.publish([rowOf(event)])))[0]?.outcome;

it('a queue whose leader does not respond holds up its own events alone, and its node is not left for it at once', async () => {
  const publisher = await opened(both(), 1_500);
  first.stall(events.BounceReceived.key);
  const began = performance.now();
  const stalled = publish(publisher, bounce()).then((outcome) => ({ outcome, ms: performance.now() - began }));
  while (performance.now() - began < 3_000) {
    expect(await publish(publisher, refresh())).toBe('sent');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(second.connections()).toBe(0);
  // In the end the connection is made anew all the same.
  const sendOthers = async (): Promise<boolean> => {
    await publish(publisher, refresh());
    return second.connections() > 0;
  };
  await eventually('the node is left', sendOthers, { everyMs: 50, timeoutMs: 25_000 });
  const { outcome, ms } = await stalled;
  expect(outcome).toBe('again');
  expect(ms).toBeGreaterThan(5_900);
  await ready(publisher);
  expect(await publish(publisher, bounce())).toBe('sent');
  await publisher.close();
});

it('an event without a queue, which a node confirms alone, does not keep a publisher at a silent node', async () => {
  const publisher = await opened(both(), 1_500);
  first.stall(events.BounceReceived.key);
  const began = performance.now();
  const stalled = publish(publisher, bounce());
  await eventually('the node is left', async () => {
    await publish(publisher, letterSent());
    return second.connections() > 0;
  });
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(await stalled).toBe('again');
  await publisher.close();
});

// queue.declare-ok (50, 11): RabbitMQ responds after 250 ms where the queue's leader does not.
it.each([
  ['no node reaches is waited for at the same node', true, 3_900, 12_000],
  ['another node reaches is waited for there', false, 950, 3_800],
])('a queue whose leader %s', async (_, everywhere, atLeastMs, atMostMs) => {
  const publisher = await opened(both(), 1_000);
  first.stall(events.BounceReceived.key);
  for (const proxy of everywhere ? [first, second] : [first]) proxy.slow(50, 11, 300);
  const began = performance.now();
  expect(await publish(publisher, bounce())).toBe('again');
  const tookMs = performance.now() - began;
  expect(tookMs).toBeGreaterThan(atLeastMs);
  expect(tookMs).toBeLessThan(atMostMs);
  await eventually('the second serves', () => publisher.state.connected && second.connections() === 1);
  // On a busy machine a confirm may take longer than the second that it has here.
  await eventually('it is sent', async () => (await publish(publisher, bounce())) === 'sent');
  await publisher.close();
});

it('a node that was left because it did not respond comes after the others', async () => {
  const third = await openProxy();
  const publisher = await opened([first, second, third].map(({ url }) => url).join(), 500);
  first.withhold(true);
  expect(await publish(publisher, bounce())).toBe('again');
  await eventually('the second serves', () => second.connections() === 1);
  await ready(publisher);
  die(second);
  await eventually('the third serves', () => third.connections() === 1);
  await ready(publisher);
  second.shut(false);
  first.withhold(false);
  die(third);
  await eventually('the second serves again', () => second.connections() === 1);
  await ready(publisher);
  expect(first.connections()).toBe(0);
  await publisher.close();
  await third.close();
});

it('where two nodes did not respond and the third is dead, the first is tried again at once', async () => {
  const third = await openProxy();
  const publisher = await opened([first, second, third].map(({ url }) => url).join(), 1_000);
  die(third);
  const isAt = (proxy: TcpProxy): boolean =>
    publisher.state.connected && [first, second].every((each) => each.connections() === (each === proxy ? 1 : 0));
  for (const proxy of [first, second]) {
    proxy.stall(events.BounceReceived.key);
    await eventually('it serves', () => isAt(proxy));
    expect(await publish(publisher, bounce())).toBe('again');
  }
  const began = performance.now();
  await eventually('the first serves again', () => isAt(first));
  expect(performance.now() - began).toBeLessThan(8_000);
  await publisher.close();
  await third.close();
});

it('of two nodes one that does not respond in the handshake is left after 2 s', async () => {
  first.swallow(true);
  const began = performance.now();
  const publisher = await opened(both());
  expect(performance.now() - began).toBeLessThan(4_500);
  await publisher.close();
});

it('the only node is waited for longer: a confirm after 3.5 s counts, and the event is there once', async () => {
  consuming = await consume(prefix, [], { url: first.url });
  first.withhold(true);
  const sending = send(consuming.publisher, bounce());
  setTimeout(() => first.withhold(false), 3_500);
  await sending;
  expect(await Promise.all([main, ...retry, dead].map((name) => depth(probe, name)))).toEqual([1, 0, 0, 0]);
});

it.each([
  ['while a node is silent in the handshake', (proxy: TcpProxy) => proxy.swallow(true)],
  ['between two attempts', die],
])('a publisher that is closed %s ends soon and does not connect again', async (_, spoil) => {
  [first, second].forEach(spoil);
  const publisher = new RabbitPublisher({ url: both(), prefix, appName: 'test', logger: silent });
  publisher.open();
  await eventually('it tries', () => first.connections() > 0 || publisher.state.fault);
  const began = performance.now();
  await publisher.close();
  expect(performance.now() - began).toBeLessThan(5_000);
  for (const proxy of [first, second]) {
    proxy.swallow(false);
    proxy.shut(false);
  }
  // Longer than the wait after a round in which no node served.
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect(first.connections() + second.connections()).toBe(0);
});
