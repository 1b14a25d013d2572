// Looks for events about some rooms in an app's own queues, and takes them out of its dead letters.
// Called by the apps' erasures: messages that name an erased person must not stay on the broker (contract, section
// 7.6).
import type { Channel, GetMessage } from 'amqplib';
import { appOf, type QueueName, queueNames } from '#contracts';
import { withChannel } from './dead-letters';
import { namesOf } from './rabbit-topology';
import type { RabbitPublisher } from './rabbit-publisher';

/** A queue with more messages is not searched; it is searched later, when it is shorter. */
const mostLookedAt = 5_000;

export interface EventsOfRooms {
  /**
   * Whether an event about one of the rooms may wait to be handled: one waits for its next attempt, or any event was
   * not tried yet. A search of a retry queue delays a message by at most its remaining wait.
   */
  wait(queues: readonly QueueName[], roomIds: readonly string[]): Promise<boolean>;
  /** Deletes dead letters about the rooms; resolves with how many. */
  forgetDead(queues: readonly QueueName[], roomIds: readonly string[]): Promise<number>;
}

/** The queues that an app consumes. */
export const queuesOf = (app: string): QueueName[] => queueNames.filter((queue) => appOf(queue) === app);

/** How the queues are reached, for the doctor and the console. */
export interface QueuesOnBroker {
  publisher: RabbitPublisher;
  prefix: string;
}

/** The events of rooms in the queues of RabbitMQ, of which an erasure must find none. */
export class RoomsOnBroker implements EventsOfRooms {
  constructor(
    private readonly publisher: Pick<RabbitPublisher, 'live'>,
    private readonly prefix: string,
  ) {}

  async wait(queues: readonly QueueName[], roomIds: readonly string[]): Promise<boolean> {
    const rooms = new Set(roomIds);
    return withChannel(this.publisher, async (channel) => {
      for (const { main, retry } of queues.map((queue) => namesOf(this.prefix, queue))) {
        // Not searched: each search counts as a delivery, and after twenty the broker drops a message.
        if ((await channel.checkQueue(main)).messageCount > 0) return true;
        for (const name of retry) if (await waitsIn(channel, name, rooms)) return true;
      }
      return false;
    });
  }

  async forgetDead(queues: readonly QueueName[], roomIds: readonly string[]): Promise<number> {
    const rooms = new Set(roomIds);
    return withChannel(this.publisher, async (channel) => {
      let deleted = 0;
      for (const { dead } of queues.map((queue) => namesOf(this.prefix, queue)))
        for (let left = (await channel.checkQueue(dead)).messageCount; left > 0; left -= 1) {
          const message = await channel.get(dead, { noAck: false });
          if (!message) break;
          // A message that stays is unacknowledged until the channel closes, so that it is not returned again.
          if (!isAbout(message, rooms)) continue;
          channel.ack(message);
          deleted += 1;
        }
      return deleted;
    });
  }
}

async function waitsIn(channel: Channel, name: string, rooms: ReadonlySet<string>): Promise<boolean> {
  const { messageCount } = await channel.checkQueue(name);
  if (messageCount > mostLookedAt) return true;
  for (let left = messageCount; left > 0; left -= 1) {
    const message = await channel.get(name, { noAck: false });
    if (!message) return false;
    if (isAbout(message, rooms)) return true;
  }
  return false;
}

/** Also what cannot be read, where one of the ids stands in it. */
function isAbout({ content }: GetMessage, rooms: ReadonlySet<string>): boolean {
  const text = content.toString('utf8');
  try {
    const { data } = JSON.parse(text) as { data?: { roomId?: unknown; room?: { roomId?: unknown } } };
    const id = data?.room?.roomId ?? data?.roomId;
    if (typeof id === 'string') return rooms.has(id);
  } catch {
    // Looked for below.
  }
  return [...rooms].some((room) => text.includes(room));
}
