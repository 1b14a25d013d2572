// Lists dead letters, and moves them back into their queue after the cause was fixed.
// Called by `npm run replay` and by the console; safe to repeat, because consumers dedupe by event id.
import type { Channel, GetMessage } from 'amqplib';
import type { QueueName } from '#contracts';
import { namesOf } from './rabbit-topology';
import { header, propertiesOf, replaysOf, textOf } from './message-headers';
import type { RabbitPublisher } from './rabbit-publisher';
import { closeChannel, openChannel } from './waiting';

export interface DeadLetter {
  eventId: string | undefined;
  event: string | undefined;
  /** Undefined for an event that the broker itself gave up after too many crashes. */
  reason: string | undefined;
  diedAt: string | undefined;
  replays: number;
}

/**
 * Moves the dead letters of `queue` that are there now and that `accept` wants (default: all) back for a fresh first
 * attempt.
 * Returns how many were moved. One that dies again is not moved twice in a call. Rejects when the broker does not
 * confirm a move; that letter stays dead.
 */
export async function drainDead(
  publisher: RabbitPublisher,
  prefix: string,
  queue: QueueName,
  accept: (letter: DeadLetter) => boolean = () => true,
): Promise<number> {
  const names = namesOf(prefix, queue);
  return withChannel(publisher, async (channel) => {
    let moved = 0;
    for (let left = (await channel.checkQueue(names.dead)).messageCount; left > 0; left -= 1) {
      const message = await channel.get(names.dead, { noAck: false });
      if (!message) break;
      // A message that is not wanted stays unacknowledged until the channel closes, so that this call does not get it
      // again.
      if (!accept(readDead(message))) continue;
      await publisher.sendToQueue(
        names.main,
        message.content,
        propertiesOf(message, { [header.replays]: replaysOf(message) + 1 }),
      );
      channel.ack(message);
      moved += 1;
    }
    return moved;
  });
}

/** How many dead letters a queue has, and the oldest `most` of them; they stay where they are. Rejects without broker. */
export function listDead(
  publisher: Pick<RabbitPublisher, 'live'>,
  prefix: string,
  queue: QueueName,
  most: number,
): Promise<{ count: number; letters: DeadLetter[] }> {
  const { dead } = namesOf(prefix, queue);
  return withChannel(publisher, async (channel) => {
    const { messageCount: count } = await channel.checkQueue(dead);
    const letters: DeadLetter[] = [];
    while (letters.length < Math.min(count, most)) {
      // Unacknowledged until the channel closes: then it goes back to where it was.
      const message = await channel.get(dead, { noAck: false });
      if (!message) break;
      letters.push(readDead(message));
    }
    return { count, letters };
  });
}

/**
 * Works on a channel of its own, and closes it: messages that were not acknowledged go back to where they were. Rejects
 * without a broker.
 */
export async function withChannel<T>(
  publisher: Pick<RabbitPublisher, 'live'>,
  work: (channel: Channel) => Promise<T>,
): Promise<T> {
  const model = publisher.live;
  if (!model) throw new Error('no broker');
  const channel = await openChannel(model);
  try {
    return await work(channel);
  } finally {
    await closeChannel(channel);
  }
}

function readDead(message: GetMessage): DeadLetter {
  const { messageId, type } = propertiesOf(message, {});
  return {
    eventId: messageId,
    event: type,
    reason: textOf(message, header.deadReason),
    diedAt: textOf(message, header.deadAt),
    replays: replaysOf(message),
  };
}
