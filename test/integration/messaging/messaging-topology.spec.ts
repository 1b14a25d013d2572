// The objects on the broker, and what happens when another object of that name exists already.
import { type ChannelModel, connect } from 'amqplib';
import { queueNames } from '#contracts';
import { RabbitPublisher, TopologyMismatch, declareTopology, exchangeOn, namesOf } from '#messaging';
import { brokerUrl, dropPrefix, freshPrefix } from '../../support/broker';
import { eventually } from '../../support/eventually';
import { depth, listeningLogger } from './messaging-fixtures';

let model: ChannelModel;
let prefix: string;
let publisher: RabbitPublisher | undefined;

beforeEach(async () => {
  model = await connect(brokerUrl());
  prefix = freshPrefix();
});

afterEach(async () => {
  await publisher?.close();
  publisher = undefined;
  await model.close();
  await dropPrefix(prefix);
});

it('declares every queue with its retry queues and dead letters under the prefix, and may be repeated', async () => {
  await declareTopology(model, prefix);
  await declareTopology(model, prefix);
  for (const queue of queueNames) {
    const { main, retry, dead } = namesOf(prefix, queue);
    expect([main, ...retry, dead].every((name) => name.startsWith(`${prefix}${queue}`))).toBe(true);
    expect(retry[0]).toBe(`${main}.retry`);
    for (const name of [main, ...retry, dead]) expect(await depth(model, name)).toBe(0);
  }
});

it.each([
  ['a queue of another type', 'notification-sender.rooms', ''],
  ['a retry queue of another type', 'scheduling-api.mail', '.retry.2'],
] as const)('%s is an error that names it and leaves the connection usable', async (_, queue, suffix) => {
  const name = `${namesOf(prefix, queue).main}${suffix}`;
  await declareClassic(name);
  await expect(declareTopology(model, prefix)).rejects.toThrow(TopologyMismatch);
  await expect(declareTopology(model, prefix)).rejects.toThrow(`${name} is declared differently on the broker`);
  expect(await depth(model, name)).toBe(0);
});

it('an exchange of another type is an error that names it', async () => {
  const channel = await model.createChannel();
  await channel.assertExchange(exchangeOn(prefix), 'fanout', { durable: true });
  await expect(declareTopology(model, prefix)).rejects.toThrow(
    `${exchangeOn(prefix)} is declared differently on the broker`,
  );
});

it('an app that meets a mismatch keeps running, says which queue, and connects once it is repaired', async () => {
  const { main } = namesOf(prefix, 'notification-sender.deliveries');
  await declareClassic(main);
  const { logger, lines } = listeningLogger();
  const app = new RabbitPublisher({ url: brokerUrl(), prefix, appName: 'test', logger });
  publisher = app;
  app.open();
  await eventually('a fault that names the queue', () => app.state.fault?.includes(`${main} is declared differently`));
  await eventually('a line in the log that names the queue', () =>
    lines.some((line) => line.level === 50 && line.reason?.includes(main)),
  );
  expect(app.state.connected).toBe(false);
  const channel = await model.createChannel();
  await channel.deleteQueue(main);
  await app.whenReady(AbortSignal.timeout(25_000));
  expect(app.state).toEqual({ connected: true, blocked: false, fault: undefined });
});

async function declareClassic(name: string): Promise<void> {
  const channel = await model.createChannel();
  await channel.assertQueue(name, { durable: true });
  await channel.close();
}
