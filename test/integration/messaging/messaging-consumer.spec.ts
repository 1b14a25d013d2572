// How RabbitMQ's messages are consumed: one test for each behaviour of the broker that the product relies on.
import { type ChannelModel, connect } from 'amqplib';
import { register } from 'prom-client';
import { type Envelope } from '#contracts';
import { PermanentFault, RabbitPublisher, brokerCheck, drainDead, exchangeOn, namesOf } from '#messaging';
import { brokerUrl, dropPrefix, freshPrefix, openProxy } from '../../support/broker';
import { eventually } from '../../support/eventually';
import {
  type BrokerPair,
  bounce,
  consume,
  deliveriesController,
  depth,
  letterSent,
  next,
  quick,
  send,
  silent,
} from './messaging-fixtures';

const prefix = freshPrefix();
const { main, retry, dead } = namesOf(prefix, 'notification-sender.deliveries', quick);

let probe: ChannelModel;
let consuming: BrokerPair | undefined;
const seen: { id: string; attempt: number; at: number }[] = [];

/** Starts a consumer that notes each delivery and then does what `act` says. */
async function start(
  act: (envelope: Envelope, attempt: number) => Promise<void> | void,
  more: Parameters<typeof consume>[2] = {},
): Promise<BrokerPair> {
  const controller = deliveriesController(async (envelope, { attempt }) => {
    seen.push({ id: envelope.id, attempt, at: Date.now() });
    await act(envelope, attempt);
  });
  consuming = await consume(prefix, [controller], more);
  return consuming;
}

const deadLetter = () => eventually('a dead letter', () => next(probe, dead));

beforeAll(async () => {
  probe = await connect(brokerUrl());
});

afterEach(async () => {
  await consuming?.close();
  consuming = undefined;
  seen.length = 0;
  const channel = await probe.createChannel();
  for (const name of [main, ...retry, dead]) await channel.purgeQueue(name);
  await channel.close();
});

afterAll(async () => {
  await probe.close();
  await dropPrefix(prefix);
});

it('a handled event is acknowledged and removed', async () => {
  const { publisher, close } = await start(() => undefined);
  await send(publisher, bounce());
  await eventually('one delivery', () => seen.length === 1);
  await close();
  consuming = undefined;
  expect(await depth(probe, main)).toBe(0);
});

it('an event whose handler had not finished is delivered again after the channel was lost', async () => {
  const stuck = await start(() => new Promise(() => undefined), { closeWithinMs: 50 });
  const event = bounce();
  await send(stuck.publisher, event);
  await eventually('the first delivery', () => seen.length === 1);
  await stuck.close();
  await start(() => undefined);
  await eventually('the second delivery', () => seen.length === 2);
  expect(seen.map((delivery) => delivery.id)).toEqual([event.id, event.id]);
});

it('one acknowledgement of many events never takes one whose handler is still running', async () => {
  const events = Array.from({ length: 9 }, () => bounce());
  const slow = new Set([events[0]?.id, events[4]?.id]);
  const stuck = await start((envelope) => (slow.has(envelope.id) ? new Promise(() => undefined) : undefined), {
    closeWithinMs: 50,
  });
  await send(stuck.publisher, ...events);
  await eventually('each was delivered', () => seen.length === events.length);
  await stuck.close();
  seen.length = 0;
  await start(() => undefined);
  await eventually('the two are delivered again', () => seen.length >= slow.size);
  await consuming?.close();
  consuming = undefined;
  expect(new Set(seen.map(({ id }) => id))).toEqual(slow);
  expect(await depth(probe, main)).toBe(0);
});

it('an event that failed comes back after the delay of its step, to its own queue only', async () => {
  const { publisher } = await start((_, attempt) => {
    if (attempt < 3) throw new Error('not yet');
  });
  const channel = await probe.createChannel();
  const everybody = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(everybody.queue, exchangeOn(prefix), '#');
  await send(publisher, bounce());
  await eventually('three attempts', () => seen.length === 3);
  const [first = 0, second = 0, third = 0] = seen.map((delivery) => delivery.at);
  expect(seen.map((delivery) => delivery.attempt)).toEqual([1, 2, 3]);
  expect(second - first).toBeGreaterThanOrEqual(quick.delaysMs[0] - 5);
  expect(third - second).toBeGreaterThanOrEqual((quick.delaysMs[1] ?? 0) - 5);
  expect((await channel.checkQueue(everybody.queue)).messageCount).toBe(1);
  await channel.close();
});

it('a short wait is not queued behind a long one', async () => {
  const slow = bounce('slow');
  const fast = bounce('fast');
  const done: string[] = [];
  const { publisher } = await start(
    (envelope, attempt) => {
      if (attempt < (envelope.id === slow.id ? 3 : 2)) throw new Error('not yet');
      done.push(envelope.id);
    },
    { retry: { delaysMs: [200, 2_000], maxAttempts: 5 } },
  );
  await send(publisher, slow);
  await eventually('the slow one waits its long wait', () => seen.length === 2);
  await send(publisher, fast);
  await eventually('both are done', () => done.length === 2);
  expect(done).toEqual([fast.id, slow.id]);
});

it('after the last attempt an event is a dead letter with reason, time, queue and attempts', async () => {
  const before = Date.now();
  const [deadBefore, retriesBefore] = [
    await counted('scheduling_dead_letters_total'),
    await counted('scheduling_retries_total'),
  ];
  const { publisher } = await start(() => {
    throw new TypeError('boom for ann@example.com');
  });
  const event = bounce();
  await send(publisher, event);
  const letter = await deadLetter();
  expect(seen.map((delivery) => delivery.attempt)).toEqual([1, 2, 3]);
  expect(JSON.parse(letter.content.toString())).toEqual(event);
  expect(letter.properties.messageId).toBe(event.id);
  expect(letter.properties.headers).toMatchObject({
    'x-dead-reason': 'TypeError: boom for [address]',
    'x-dead-queue': 'notification-sender.deliveries',
    'x-dead-attempts': 3,
  });
  expect(Date.parse(String(letter.properties.headers?.['x-dead-at']))).toBeGreaterThanOrEqual(before);
  expect(letter.properties.deliveryMode).toBe(2);
  await eventually(
    'one dead letter is counted',
    async () => (await counted('scheduling_dead_letters_total')) === deadBefore + 1,
  );
  expect(await counted('scheduling_retries_total')).toBe(retriesBefore + 2);
});

/** The sum of a counter over its labels. */
async function counted(name: string): Promise<number> {
  const metric = await register.getSingleMetric(name)?.get();
  return metric?.values.reduce((sum, { value }) => sum + value, 0) ?? NaN;
}

it('a permanent fault is a dead letter at once', async () => {
  const { publisher } = await start(() => {
    throw new PermanentFault('no such invitation');
  });
  await send(publisher, bounce());
  const letter = await deadLetter();
  expect(letter.properties.headers?.['x-dead-reason']).toBe('PermanentFault: no such invitation');
  expect(seen).toHaveLength(1);
});

it.each([
  ['bytes that are no JSON', Buffer.from([0xff, 0x00, 0x7b]), 'UnreadableEvent: body is not JSON'],
  ['JSON of somebody else', Buffer.from('{"pattern":"x","data":{}}'), /^UnreadableEvent: envelope: id /],
  [
    'an event of the next version',
    Buffer.from(JSON.stringify({ ...bounce(), version: 2 })),
    'UnreadableEvent: BounceReceived: version 2 is not 1',
  ],
  ['an event of another queue', Buffer.from(JSON.stringify(letterSent())), /has no handler for LetterSent$/],
  ['nothing at all', Buffer.alloc(0), 'UnreadableEvent: body is not JSON'],
])('%s is a dead letter at once, and the next event is handled', async (_, content, reason) => {
  const { publisher } = await start(() => undefined);
  await publisher.sendToQueue(main, content, { headers: { 'x-attempt': 'x', 'x-other': 'y' } });
  await send(publisher, bounce());
  const letter = await deadLetter();
  expect(letter.content).toEqual(content);
  expect(letter.properties.headers?.['x-dead-reason']).toEqual(expect.stringMatching(reason));
  await eventually('the next event', () => seen.length === 1);
});

it('prefetch bounds how many handlers run at a time', async () => {
  let running = 0;
  let most = 0;
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const { publisher } = await start(
    async () => {
      most = Math.max(most, (running += 1));
      await gate;
      running -= 1;
    },
    { prefetch: 3 },
  );
  await send(publisher, ...Array.from({ length: 10 }, () => bounce()));
  await eventually(
    'three handlers run and seven events wait',
    async () => running === 3 && (await depth(probe, main)) === 7,
  );
  release();
  await eventually('all are handled', () => seen.length === 10 && running === 0);
  expect(most).toBe(3);
});

it('a consumer subscribes again after its queue was deleted', async () => {
  const { publisher, transport } = await start(() => undefined);
  const channel = await probe.createChannel();
  await channel.deleteQueue(main);
  await channel.close();
  await eventually('the consumer is registered again', async () => {
    return transport.state.consumers.every((consumer) => consumer.alive) && (await depth(probe, main)) === 0;
  });
  await send(publisher, bounce());
  await eventually('the event', () => seen.length === 1);
});

it('an event that ends its consumer every time becomes a dead letter', async () => {
  const { publisher, transport } = await start(() => undefined);
  await transport.close();
  await send(publisher, bounce());
  for (let deliveries = 0; deliveries <= 21; deliveries += 1) {
    const channel = await probe.createChannel();
    await channel.get(main, { noAck: false });
    await channel.close();
  }
  const letter = await deadLetter();
  expect(letter.properties.headers?.['x-first-death-reason']).toBe('delivery_limit');
});

it('a failed event stays unacknowledged until the broker has confirmed its copy', async () => {
  const proxy = await openProxy();
  const publisher = new RabbitPublisher({ url: proxy.url, prefix, appName: 'test', logger: silent, retry: quick });
  publisher.open();
  await publisher.whenReady(AbortSignal.timeout(25_000));
  const event = bounce();
  const { publisher: other } = await start(
    (_, attempt) => {
      if (attempt === 1) throw new Error('not yet');
    },
    { publisher },
  );
  proxy.shut(true);
  proxy.cut();
  await eventually('copies cannot be published', () => !publisher.state.connected);
  await send(other, event);
  await eventually('the first attempt', () => seen.length === 1);
  expect(await depth(probe, retry[0] ?? '')).toBe(0);
  expect(await depth(probe, dead)).toBe(0);
  proxy.shut(false);
  await eventually('the second attempt', () => seen.length === 2);
  expect(seen.map((delivery) => delivery.attempt)).toEqual([1, 2]);
  await publisher.close();
  await proxy.close();
});

it('closing accepts no more messages, waits for the running handler and acknowledges it', async () => {
  let finish: () => void = () => undefined;
  const { publisher, transport } = await start(() => new Promise<void>((resolve) => (finish = resolve)), {
    prefetch: 1,
  });
  await send(publisher, bounce(), bounce());
  await eventually('the first handler runs', () => seen.length === 1);
  const closing = transport.close();
  await eventually('the consumer is gone', () => transport.state.consumers.every((consumer) => !consumer.alive));
  finish();
  await closing;
  expect(seen).toHaveLength(1);
  expect(await depth(probe, main)).toBe(1);
});

it('dead letters return to their queue once, and only the accepted ones', async () => {
  let repaired = false;
  const { publisher } = await start(() => {
    if (!repaired) throw new PermanentFault('broken for now');
  });
  const [wanted, unwanted] = [bounce(), bounce()];
  await send(publisher, wanted, unwanted);
  await eventually('two dead letters', async () => (await depth(probe, dead)) === 2);
  repaired = true;
  const moved = await drainDead(
    publisher,
    prefix,
    'notification-sender.deliveries',
    (letter) => letter.eventId === wanted.id,
  );
  expect(moved).toBe(1);
  await eventually('the wanted one again', () => seen.length === 3);
  expect(seen[2]).toMatchObject({ id: wanted.id, attempt: 1 });
  const letter = await deadLetter();
  expect(letter.properties.messageId).toBe(unwanted.id);
});

it('health shows connection, consumers and depths, and rates a fault by what the app needs', async () => {
  const { publisher, transport } = await start(() => {
    throw new PermanentFault('dead');
  });
  await send(publisher, bounce());
  await eventually('a dead letter', async () => (await depth(probe, dead)) === 1);
  const check = brokerCheck({ publisher, transport, prefix, required: true });
  const up = await check.check();
  expect(up).toMatchObject({
    status: 'ok',
    detail: {
      connected: true,
      consumersAlive: true,
      queues: { 'notification-sender.deliveries': { consumers: 1, dead: 1 } },
    },
  });
  await publisher.close();
  expect(await check.check()).toMatchObject({ status: 'down', detail: { connected: false } });
  expect(await brokerCheck({ publisher, transport, prefix, required: false }).check()).toMatchObject({
    status: 'degraded',
  });
});
