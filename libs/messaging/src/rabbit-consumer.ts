// Consumes one queue: acknowledges handled messages, copies failed ones to retry or dead letters, and subscribes again
// after the broker cancels it.
// Made by RabbitTransport for each queue with handlers, anew on each connection.
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import type { Logger } from 'pino';
import { type Envelope, type QueueName, UnreadableEvent, isOutage, openEnvelope } from '#contracts';
import type { QueueNames } from './rabbit-topology';
import { closeChannel, pause, within } from './waiting';
import type { Delivery } from './consumes';
import { isPermanent, reasonOf } from './faults';
import { inSpan } from '#tracing';
import { attemptOf, deadHeaders, header, propertiesOf, retryHeaders, textOf } from './message-headers';
import { deadLetters, retries } from './metrics';
import { afterFailure, backoffMs, type RetryPolicy } from './retry-policy';

export interface ConsumerOptions {
  queue: QueueName;
  names: QueueNames;
  prefetch: number;
  retry: RetryPolicy;
  /**
   * How long an event is kept unacknowledged while the database is away, in milliseconds, before that counts as a
   * failed attempt.
   */
  outageWaitMs: number;
  logger: Logger;
  /** Runs the handler; rejects with what it threw. */
  run(delivery: Delivery, envelope: Envelope): Promise<void>;
  /** Confirmed publishing straight to a queue. */
  send(
    name: string,
    content: Buffer,
    options: ReturnType<typeof propertiesOf> & { expiration?: number },
  ): Promise<void>;
  /** Declares the queue again after somebody deleted it. */
  redeclare(): Promise<void>;
  /** Closes the whole connection, which then is made again. */
  giveUp(why: string): void;
}

export class RabbitConsumer {
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private channel: Channel | undefined;
  private tag: string | undefined;
  private readonly acks = new Acks();

  constructor(private readonly options: ConsumerOptions) {}

  /** True while the broker has this consumer registered. */
  get alive(): boolean {
    return this.tag !== undefined;
  }

  async start(model: ChannelModel): Promise<void> {
    const channel = await model.createChannel();
    channel.on('error', (error: Error) => this.options.giveUp(reasonOf(error)));
    channel.on('close', () => {
      if (!this.stopping.signal.aborted) this.options.giveUp('consuming channel closed');
      this.tag = undefined;
      this.stopping.abort();
    });
    await channel.prefetch(this.options.prefetch);
    this.channel = channel;
    await this.subscribe(channel);
  }

  /**
   * Accepts no more messages; resolves when the running ones are done, or after `ms`. The broker gets the rest back
   * when the connection closes.
   */
  async stop(ms: number): Promise<boolean> {
    const { channel, tag } = this;
    this.stopping.abort();
    if (channel && tag !== undefined) await within(1_000, channel.cancel(tag));
    this.tag = undefined;
    const done = await within(ms, Promise.all(this.running));
    if (channel) this.acks.send(channel);
    // Closing the connection would overtake acks still on their way; closing the channel comes after them.
    if (channel) await within(1_000, closeChannel(channel));
    return done;
  }

  private async subscribe(channel: Channel): Promise<void> {
    const onMessage = (message: ConsumeMessage | null): void => {
      if (message) this.receive(channel, message);
      else void this.subscribeAgain(channel);
    };
    const { consumerTag } = await channel.consume(this.options.names.main, onMessage, { noAck: false });
    this.tag = consumerTag;
  }

  /**
   * The broker cancels a consumer when its queue is deleted; without a new subscription it would get nothing any more.
   */
  private async subscribeAgain(channel: Channel): Promise<void> {
    this.tag = undefined;
    this.options.logger.error({ queue: this.options.queue }, 'consumer was cancelled by the broker');
    try {
      await this.options.redeclare();
      await this.subscribe(channel);
    } catch (error) {
      this.options.giveUp(reasonOf(error));
    }
  }

  private receive(channel: Channel, message: ConsumeMessage): void {
    if (this.stopping.signal.aborted) {
      settle(() => channel.nack(message, false, true));
      return;
    }
    this.acks.received(message);
    const work = this.process(message).then((done) => (done ? this.acks.done(channel, message) : undefined));
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }

  /**
   * True when the message may be acknowledged: it was handled, or its copy stands confirmed in another queue. Never
   * rejects.
   */
  private async process(message: ConsumeMessage): Promise<boolean> {
    const attempt = attemptOf(message);
    const waitUntil = performance.now() + this.options.outageWaitMs;
    for (let tries = 1; ; tries += 1) {
      try {
        await this.handle(message, attempt);
        return true;
      } catch (error) {
        if (!isOutage(error) || performance.now() > waitUntil) return this.moveToRetryOrDead(message, attempt, error);
        if (tries === 1)
          this.options.logger.warn(
            { queue: this.options.queue, reason: reasonOf(error) },
            'the database is away, event kept unacknowledged',
          );
      }
      // The prefetch keeps the other messages in the queue: an outage does not send the whole queue through its retries.
      await pause(backoffMs(tries, 200, 5_000), this.stopping.signal);
      if (this.stopping.signal.aborted) return false;
    }
  }

  private async handle(message: ConsumeMessage, attempt: number): Promise<void> {
    const { queue } = this.options;
    const envelope = readBody(message.content);
    const { name, correlationId, id } = envelope;
    const parent = textOf(message, header.traceparent);
    const attributes = { 'messaging.system': 'rabbitmq', 'event.id': id, queue, attempt };
    await inSpan({ name: `handle ${name}`, kind: 'consumer', correlationId, parent, attributes }, () =>
      this.options.run({ queue, attempt }, envelope),
    );
  }

  private async moveToRetryOrDead(message: ConsumeMessage, attempt: number, error: unknown): Promise<boolean> {
    const { queue, names, retry, logger } = this.options;
    const reason = reasonOf(error);
    const next = isPermanent(error) ? { retry: false as const } : afterFailure(retry, attempt);
    const { messageId, correlationId } = message.properties as Record<'messageId' | 'correlationId', unknown>;
    const about = { queue, eventId: messageId, correlationId, attempt, reason };
    if (next.retry) {
      const properties = propertiesOf(message, retryHeaders(message, attempt, reason));
      const copied = await this.copy(names.retry[next.step] ?? names.dead, message, {
        ...properties,
        expiration: next.afterMs,
      });
      if (copied) {
        retries.inc({ queue });
        logger.warn({ ...about, afterMs: next.afterMs }, 'event failed, to be tried again');
      }
      return copied;
    }
    const copied = await this.copy(
      names.dead,
      message,
      propertiesOf(message, deadHeaders(message, queue, attempt, reason)),
    );
    if (copied) {
      deadLetters.inc();
      logger.error(about, 'event is now a dead letter');
    }
    return copied;
  }

  /**
   * Tries until the copy is confirmed or this consumer has ended; meanwhile the message stays ours and the prefetch
   * holds others back.
   */
  private async copy(
    name: string,
    message: ConsumeMessage,
    options: Parameters<ConsumerOptions['send']>[2],
  ): Promise<boolean> {
    for (;;) {
      try {
        await this.options.send(name, message.content, options);
        return true;
      } catch (error) {
        this.options.logger.warn(
          { queue: this.options.queue, reason: reasonOf(error) },
          'failed event cannot be moved yet',
        );
        if (this.stopping.signal.aborted) return false;
        await pause(1_000, this.stopping.signal);
      }
    }
  }
}

/**
 * Acknowledges the messages of one channel that are done in one turn of the event loop with as few acks as possible: each
 * is an entry in the log of a quorum queue. One ack takes all messages up to the first that is not done.
 */
class Acks {
  /** Not acknowledged yet, in the order of delivery; whether they are done. */
  private readonly messages = new Map<ConsumeMessage, boolean>();
  private isSending = false;

  received(message: ConsumeMessage): void {
    this.messages.set(message, false);
  }

  done(channel: Channel, message: ConsumeMessage): void {
    this.messages.set(message, true);
    if (this.isSending) return;
    this.isSending = true;
    setImmediate(() => {
      this.isSending = false;
      this.send(channel);
    });
  }

  /** Acknowledges what is done. */
  send(channel: Channel): void {
    let last: ConsumeMessage | undefined;
    for (const [message, isDone] of this.messages) {
      if (!isDone) break;
      last = message;
      this.messages.delete(message);
    }
    if (last) settle(() => channel.ack(last, true));
    for (const [message, isDone] of this.messages) {
      if (!isDone) continue;
      this.messages.delete(message);
      settle(() => channel.ack(message));
    }
  }
}

function readBody(content: Buffer): Envelope {
  let body: unknown;
  try {
    body = JSON.parse(content.toString('utf8'));
  } catch {
    throw new UnreadableEvent('body is not JSON');
  }
  return openEnvelope(body);
}

/** On a closed channel there is nothing to acknowledge: the broker delivers the message again. */
function settle(act: () => void): void {
  try {
    act();
  } catch {
    return;
  }
}
