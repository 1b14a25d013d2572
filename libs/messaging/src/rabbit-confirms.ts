// One confirm channel of a publisher, for the messages to one destination: writes them in order and ends each with its
// outcome.
// Made by RabbitPublisher for each destination on each connection.
import type { ChannelModel, ConfirmChannel, Message, Options } from 'amqplib';
import { reasonOf } from './faults';

/**
 * `unsent`: never written to the broker. `lost`: it is unknown whether the broker has it. `refused`: the broker refused
 * it, or had no queue for it.
 */
export type PublishOutcome = { result: 'confirmed' } | { result: 'unsent' | 'lost' | 'refused'; reason: string };

export interface OutgoingMessage {
  exchange: string;
  key: string;
  content: Buffer;
  options: Options.Publish;
  end(result: PublishOutcome): void;
  ended: boolean;
  written: boolean;
}

export interface ConfirmsUser {
  isBlocked(): boolean;
  /** The broker has responded to a message for a queue, with a confirm or a refusal. */
  onResponse(): void;
  /** Whether most nodes do not reach the leader of one of these queues. */
  isWithoutLeader(queues: readonly string[]): Promise<boolean>;
  /** A message had no queue. */
  onReturned(): void;
  /** The whole connection is to be made anew. */
  giveUp(why: string): void;
}

const oneLookServesMs = 1_000;

export class Confirms {
  private channel: ConfirmChannel | undefined;
  private full = false;
  private readonly waiting: OutgoingMessage[] = [];
  private readonly returned = new Set<string>();

  private looked: { at: number; isWithoutLeader: Promise<boolean> } | undefined;

  /** `queues`: names on the broker of those that its messages go to, as far as they are ours. */
  constructor(
    private readonly queues: readonly string[],
    private readonly user: ConfirmsUser,
  ) {}

  /** The same for all messages that are late at about the same time. */
  isWithoutLeader(): Promise<boolean> {
    if (this.queues.length === 0) return Promise.resolve(false);
    const now = performance.now();
    if (!this.looked || now - this.looked.at > oneLookServesMs)
      this.looked = { at: now, isWithoutLeader: this.user.isWithoutLeader(this.queues) };
    return this.looked.isWithoutLeader;
  }

  /** Rejects where the connection is lost or refuses it. */
  async open(model: ChannelModel): Promise<void> {
    const channel = await model.createConfirmChannel();
    channel.on('error', (error: Error) => this.user.giveUp(reasonOf(error)));
    // A channel that the broker closes takes the connection along: one way to recover instead of two.
    channel.on('close', () => this.user.giveUp('publishing channel closed'));
    channel.on('return', (message: Message) =>
      this.returned.add(tagOf(message.fields.routingKey, message.properties.messageId)),
    );
    channel.on('drain', () => {
      this.full = false;
      this.writeWaiting();
    });
    this.channel = channel;
    this.writeWaiting();
  }

  add(message: OutgoingMessage): void {
    this.waiting.push(message);
    this.writeWaiting();
  }

  /** The connection is lost. What was written ends by amqplib's callback. */
  end(): void {
    this.channel = undefined;
    for (const message of this.waiting.splice(0)) message.end({ result: 'unsent', reason: 'broker connection lost' });
  }

  /** Writes what waits, in order, for as long as the socket and the broker take it. */
  writeWaiting(): void {
    while (this.channel && !this.full && !this.user.isBlocked()) {
      const message = this.waiting.shift();
      if (!message) return;
      if (!message.ended) this.write(this.channel, message);
    }
  }

  private write(channel: ConfirmChannel, message: OutgoingMessage): void {
    const { exchange, key, content, options } = message;
    message.written = true;
    try {
      this.full = !channel.publish(exchange, key, content, options, (error: unknown) =>
        message.end(this.outcomeOf(message, error)),
      );
    } catch (error) {
      message.end({ result: 'lost', reason: reasonOf(error) });
    }
  }

  private outcomeOf(message: OutgoingMessage, error: unknown): PublishOutcome {
    // The broker returns a message before it confirms it.
    if (this.returned.delete(tagOf(message.key, message.options.messageId))) {
      this.user.onReturned();
      return { result: 'refused', reason: 'a queue is missing on the broker' };
    }
    const nacked = error instanceof Error && error.message === 'message nacked';
    if (error && !nacked) return { result: 'lost', reason: 'broker connection lost' };
    // Without a queue it is confirmed by the node alone, whatever the others do.
    if (this.queues.length > 0) this.user.onResponse();
    return nacked ? { result: 'refused', reason: 'the broker refused it' } : { result: 'confirmed' };
  }
}

const tagOf = (key: string, messageId: unknown): string => `${key} ${String(messageId)}`;
