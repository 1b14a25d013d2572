// The health checks of the broker and the outbox.
// Passed by each app to its health controller; the sender requires the broker, the others are only degraded without it.
import type { ChannelModel } from 'amqplib';
import { type OutboxPort, type QueueName, queueNames } from '#contracts';
import { namesOf } from './rabbit-topology';
import { closeChannel, openChannel } from './waiting';
import type { RabbitPublisher } from './rabbit-publisher';
import type { RabbitTransport } from './rabbit-transport';

export interface Check {
  name: string;
  check(): Promise<{ status: 'ok' | 'degraded' | 'down'; detail?: Record<string, unknown> }>;
}

export interface BrokerCheckOptions {
  publisher: RabbitPublisher;
  /** Absent for an app that only publishes. */
  transport?: RabbitTransport;
  prefix: string;
  /** True for an app that cannot work without the broker: a fault is then `down`. */
  required: boolean;
}

/**
 * Connected both ways, every consumer of this app registered, and how many messages wait and are dead in its queues.
 * A broker short of memory or disk (it blocks publishers) is `degraded` for every app.
 */
export function brokerCheck({ publisher, transport, prefix, required }: BrokerCheckOptions): Check {
  return {
    name: 'broker',
    async check() {
      const { connected: publishing, blocked, fault } = publisher.state;
      const consuming = transport?.state;
      const queues = await lookAt(publisher.live, prefix, consuming?.consumers.map(({ queue }) => queue) ?? []);
      const connected = publishing && (consuming?.connected ?? true);
      const alive =
        consuming?.consumers.every((consumer) => consumer.alive && (queues[consumer.queue]?.consumers ?? 1) > 0) ??
        true;
      const faulty = required ? 'down' : 'degraded';
      const status = !connected || !alive ? faulty : blocked ? 'degraded' : 'ok';
      const why = fault ?? consuming?.fault;
      return {
        status,
        detail: {
          connected,
          blocked,
          consumersAlive: alive,
          ...(why === undefined || connected ? {} : { fault: why }),
          queues,
        },
      };
    },
  };
}

interface Depths {
  depth: number;
  consumers: number;
  dead: number;
}

/** Depths of the queues; those that the broker does not report are left out. */
async function lookAt(
  model: ChannelModel | undefined,
  prefix: string,
  wanted: QueueName[],
): Promise<Partial<Record<QueueName, Depths>>> {
  const found: Partial<Record<QueueName, Depths>> = {};
  if (!model) return found;
  try {
    const channel = await openChannel(model);
    for (const queue of queueNames.filter((name) => wanted.includes(name))) {
      const names = namesOf(prefix, queue);
      const main = await channel.checkQueue(names.main);
      const dead = await channel.checkQueue(names.dead);
      found[queue] = { depth: main.messageCount, consumers: main.consumerCount, dead: dead.messageCount };
    }
    await closeChannel(channel);
  } catch {
    return found;
  }
  return found;
}

/**
 * `degraded` when an event has waited in the outbox for longer than `oldAfterSeconds` (default 60). Rejects when the
 * store does not answer.
 */
export function outboxCheck(port: Pick<OutboxPort, 'backlog'>, oldAfterSeconds = 60): Check {
  return {
    name: 'outbox',
    async check() {
      const { depth, ageSeconds } = await port.backlog();
      return {
        status: ageSeconds > oldAfterSeconds ? 'degraded' : 'ok',
        detail: { depth, ageSeconds: Math.round(ageSeconds) },
      };
    },
  };
}
