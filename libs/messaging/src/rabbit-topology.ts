// The objects on the broker: the topic exchange and, for each queue, the queue itself, its retry queues and its
// dead-letter queue; and their names.
// Declared on every connect by publishers and consumers alike, so that an event is never published before its queue is
// there; a connection made anew that finds the exchange and the queues does not wait for that.
import type { Channel, ChannelModel, Options } from 'amqplib';
import { type QueueName, events, queueNames, queues, exchange } from '#contracts';
import { closeChannel, openChannel } from './waiting';
import { type RetryPolicy, defaultRetryPolicy } from './retry-policy';

/** An object of this name was declared differently on the broker; the message names it. */
export class TopologyMismatch extends Error {
  override name = 'TopologyMismatch';
}

/** Full queues refuse (the event waits in the outbox) and never drop. */
const maxLength = 100_000;
/**
 * RabbitMQ 4 has a limit by default, 3.10 has none: the same on both. Counts deliveries that ended without ack or
 * copy: crashes.
 */
const deliveryLimit = 20;
/**
 * Reading a dead letter counts as a delivery, and RabbitMQ 4 would drop it after 20; 3.10 has no other value for
 * unlimited.
 */
const unlimited = 1_000_000_000;
/** Nothing stays in a retry queue for longer than this, even if it came without a time of its own. */
const longestRetryMs = 3_600_000;

/**
 * Declares everything under `prefix`; safe to repeat. Throws TopologyMismatch naming the queue or exchange whose
 * arguments differ.
 * No alternate exchange: an event without a consumer of ours is a public event that nobody has subscribed to yet, and a
 * queue of such events would only grow.
 * What must have a queue is published `mandatory` instead.
 */
export async function declareTopology(
  model: ChannelModel,
  prefix: string,
  policy: RetryPolicy = defaultRetryPolicy,
): Promise<void> {
  const channel = await openChannel(model);
  const topic = exchangeOn(prefix);
  await named(topic, channel.assertExchange(topic, 'topic', { durable: true }));
  for (const queue of queueNames) await declareQueue(channel, prefix, queue, policy);
  await closeChannel(channel);
}

/**
 * Whether the exchange and every queue that it is bound to exist; each takes its bindings along when it is deleted.
 * All are looked for at once: RabbitMQ 3.10 waits 250 ms for each queue whose leader does not respond.
 */
export async function hasBoundQueues(model: ChannelModel, prefix: string): Promise<boolean> {
  const found = await Promise.all([
    exists(model, (channel) => channel.checkExchange(exchangeOn(prefix))),
    ...queueNames.map((queue) => exists(model, (channel) => channel.checkQueue(namesOf(prefix, queue).main))),
  ]);
  return !found.includes(false);
}

async function exists(model: ChannelModel, check: (channel: Channel) => Promise<unknown>): Promise<boolean> {
  const channel = await openChannel(model);
  try {
    await check(channel);
  } catch {
    return false;
  }
  await closeChannel(channel);
  return true;
}

async function declareQueue(channel: Channel, prefix: string, queue: QueueName, policy: RetryPolicy): Promise<void> {
  const { main, retry, dead } = namesOf(prefix, queue, policy);
  await named(dead, channel.assertQueue(dead, quorum({ 'x-delivery-limit': unlimited })));
  await named(
    main,
    channel.assertQueue(
      main,
      quorum({ ...deadLetterTo(dead), 'x-delivery-limit': deliveryLimit, 'x-max-length': maxLength }),
    ),
  );
  // The default exchange returns a message to the queue it failed in, and to no other queue of the same event.
  const waiting = quorum({ ...deadLetterTo(main), 'x-message-ttl': longestRetryMs, 'x-max-length': maxLength });
  for (const name of retry) await named(name, channel.assertQueue(name, waiting));
  for (const event of queues[queue]) await named(main, channel.bindQueue(main, exchangeOn(prefix), events[event].key));
}

const quorum = (more: Record<string, unknown>): Options.AssertQueue => ({
  durable: true,
  arguments: { 'x-queue-type': 'quorum', ...more },
});

/**
 * At least once: the message leaves only when the other queue has confirmed it. Needs reject-publish (RabbitMQ,
 * quorum queues, dead-letter strategy).
 */
const deadLetterTo = (queue: string): Record<string, unknown> => ({
  'x-dead-letter-exchange': '',
  'x-dead-letter-routing-key': queue,
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
});

async function named(name: string, declaring: Promise<unknown>): Promise<void> {
  try {
    await declaring;
  } catch (error) {
    if ((error as { code?: unknown }).code !== preconditionFailed) throw error;
    throw new TopologyMismatch(`${name} is declared differently on the broker: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

const preconditionFailed = 406;

/** The names on the broker of one queue of ours, each with BROKER_PREFIX before it. */
export interface QueueNames {
  main: string;
  /** One queue for each retry step, so that a short wait is never queued behind a long one. */
  retry: string[];
  dead: string;
}

/** The name on the broker of the topic exchange; `prefix` is BROKER_PREFIX, empty by default. */
export const exchangeOn = (prefix: string): string => `${prefix}${exchange}`;

/** `<queue>`, `<queue>.retry`, `<queue>.retry.2` … and `<queue>.dead`. */
export function namesOf(prefix: string, queue: QueueName, policy: RetryPolicy = defaultRetryPolicy): QueueNames {
  const main = `${prefix}${queue}`;
  return { main, retry: policy.delaysMs.map((_, step) => retryName(main, step)), dead: `${main}.dead` };
}

const retryName = (main: string, step: number): string => (step === 0 ? `${main}.retry` : `${main}.retry.${step + 1}`);
