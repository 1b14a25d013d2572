// The Nest strategy for RabbitMQ: consumes the queues that have @Consumes handlers, with manual ack, prefetch, delayed
// retry and dead letters.
// Passed to connectMicroservice by each app that consumes; needs the app's publisher for its retry and dead-letter
// copies.
import type { ChannelModel } from 'amqplib';
import type { QueueName } from '#contracts';
import { namesOf, declareTopology } from './rabbit-topology';
import { EventServer } from './event-server';
import { type ConnectionUser, RabbitConnection, type RabbitOptions } from './rabbit-connection';
import { RabbitConsumer } from './rabbit-consumer';
import type { RabbitPublisher } from './rabbit-publisher';
import { defaultRetryPolicy } from './retry-policy';

export interface RabbitTransportOptions extends RabbitOptions {
  /** Opened before and closed after this transport. */
  publisher: RabbitPublisher;
  /** Unacknowledged messages a queue: how many of its handlers run at a time. */
  prefetch?: number;
  /**
   * How long an event is kept unacknowledged while the database is away, in milliseconds (default a minute), before
   * that counts as a failed attempt.
   */
  outageWaitMs?: number;
  /** How long `close` waits for running handlers, in milliseconds. */
  closeWithinMs?: number;
}

/** One connection to RabbitMQ for consuming; a message is acknowledged after its handler or its copy is done. */
export class RabbitTransport extends EventServer implements ConnectionUser {
  private readonly connection: RabbitConnection;
  private queues: QueueName[] = [];
  private consumers = new Map<QueueName, RabbitConsumer>();

  constructor(private readonly options: RabbitTransportOptions) {
    super();
    this.connection = new RabbitConnection(options, 'consume', this);
  }

  /**
   * Checks the handlers, then connects in the background: an app starts without its broker and says so in its health.
   */
  listen(callback: (error?: unknown) => void): void {
    try {
      this.queues = this.consumedQueues();
    } catch (error) {
      callback(error);
      return;
    }
    this.connection.open();
    callback();
  }

  /** Accepts no more messages, waits for the running handlers, and returns the rest to the broker. */
  async close(): Promise<void> {
    const ms = this.options.closeWithinMs ?? 8_000;
    const done = await Promise.all([...this.consumers.values()].map((consumer) => consumer.stop(ms)));
    if (done.includes(false)) this.options.logger.warn('handlers still run; their events go back to the broker');
    await this.connection.close();
  }

  get state(): {
    connected: boolean;
    fault: string | undefined;
    consumers: { queue: QueueName; alive: boolean }[];
  } {
    const consumers = this.queues.map((queue) => {
      const consumer = this.consumers.get(queue);
      return { queue, alive: consumer?.alive ?? false };
    });
    return { connected: this.connection.isUp, fault: this.connection.lastFault, consumers };
  }

  /** Called by the connection before it counts as up. */
  async prepare(model: ChannelModel): Promise<void> {
    this.consumers = new Map(this.queues.map((queue) => [queue, this.consumerOf(queue, model)]));
    // At once: one whose queue has no leader that responds must not keep the others waiting.
    await Promise.all([...this.consumers.values()].map((consumer) => consumer.start(model)));
  }

  /** Called by the connection when it is up. */
  onUp(): void {}

  /** Called by the connection when it is lost: the broker delivers again what was not acknowledged. */
  onDown(): void {}

  /** This connection never publishes, so the broker never blocks it. */
  onBlocked(): void {}

  private consumerOf(queue: QueueName, model: ChannelModel): RabbitConsumer {
    const { prefix, logger, publisher, prefetch = 20, retry = defaultRetryPolicy } = this.options;
    return new RabbitConsumer({
      queue,
      names: namesOf(prefix, queue, retry),
      prefetch,
      retry,
      outageWaitMs: this.options.outageWaitMs ?? 60_000,
      logger,
      run: (delivery, envelope) => this.handle(delivery, envelope),
      send: (name, content, properties) => publisher.sendToQueue(name, content, properties),
      redeclare: () => declareTopology(model, prefix, retry),
      giveUp: (why) => this.connection.drop(why),
    });
  }
}
