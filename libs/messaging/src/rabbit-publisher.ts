// Publishes to RabbitMQ with confirms: batches without waiting in between, one outcome for each message, every wait
// bounded.
// Used by the outbox publisher for events and by the consuming transport for copies to the retry and dead-letter
// queues.
import type { ChannelModel, ConfirmChannel, Message, Options } from 'amqplib';
import { type OutboxOutcome, type OutboxRow, events, isEventName, queuesFor } from '#contracts';
import { exchangeOn } from './queue-names';
import type { EventPublisher } from './outbox-publisher';
import { openSpan } from '#tracing';
import { reasonOf } from './faults';
import { header } from './message-headers';
import { type ConnectionUser, RabbitConnection, type RabbitOptions } from './rabbit-connection';
import { declareTopology } from './rabbit-topology';
import { afterFailure, backoffMs, defaultRetryPolicy } from './retry-policy';
import { Gate, within } from './waiting';

export interface RabbitPublisherOptions extends RabbitOptions {
  /**
   * A message without confirm after this many milliseconds ends as `lost` or `unsent`, and the connection is made anew:
   * 3,000 with several nodes, else 5,000.
   */
  confirmWithinMs?: number;
}

/**
 * `unsent`: never written to the broker. `lost`: it is unknown whether the broker has it. `refused`: the broker refused
 * it, or had no queue for it.
 */
type PublishOutcome = { result: 'confirmed' } | { result: 'unsent' | 'lost' | 'refused'; reason: string };

interface OutgoingMessage {
  exchange: string;
  key: string;
  content: Buffer;
  options: Options.Publish;
  end(result: PublishOutcome): void;
  ended: boolean;
  written: boolean;
}

export class RabbitPublisher implements EventPublisher, ConnectionUser {
  /** Two batches: one is being confirmed while the next is read. */
  readonly window = 400;
  private readonly connection: RabbitConnection;
  private readonly ready = new Gate();
  private channel: ConfirmChannel | undefined;
  private blocked = false;
  private full = false;
  private readonly waiting: OutgoingMessage[] = [];
  private readonly pending = new Set<Promise<PublishOutcome>>();
  private readonly returned = new Set<string>();
  private repairing: Promise<void> | undefined;
  private readonly confirmWithinMs: number;

  constructor(private readonly options: RabbitPublisherOptions) {
    this.connection = new RabbitConnection(options, 'publish', this);
    // With several nodes, one that does not respond is left sooner.
    this.confirmWithinMs = options.confirmWithinMs ?? (this.connection.nodeCount > 1 ? 3_000 : 5_000);
  }

  /** Connects in the background. */
  open(): void {
    this.connection.open();
  }

  /** Waits up to two seconds for outstanding confirms, then disconnects. */
  async close(): Promise<void> {
    this.ready.set(false);
    await within(2_000, Promise.all(this.pending));
    await this.connection.close();
  }

  get state(): { connected: boolean; blocked: boolean; fault: string | undefined } {
    return { connected: this.connection.isUp, blocked: this.blocked, fault: this.connection.lastFault };
  }

  /** The live connection, for a look at the queues. */
  get live(): ChannelModel | undefined {
    return this.connection.live;
  }

  get isReady(): boolean {
    return this.ready.isOpen;
  }

  whenReady(signal: AbortSignal): Promise<void> {
    return this.ready.whenOpen(signal);
  }

  publish(rows: readonly OutboxRow[]): Promise<OutboxOutcome>[] {
    return rows.map((row) => this.publishRow(row));
  }

  /** Puts a message straight into a queue; resolves when the broker has confirmed it, rejects when it did not. */
  async sendToQueue(name: string, content: Buffer, options: Options.Publish): Promise<void> {
    const end = await this.send('', name, content, { ...options, persistent: true, mandatory: true });
    if (end.result !== 'confirmed') throw new Error(end.reason);
  }

  async prepare(model: ChannelModel): Promise<void> {
    const channel = await model.createConfirmChannel();
    channel.on('error', (error: Error) => this.connection.drop(reasonOf(error)));
    // A channel that the broker closes takes the connection along: one way to recover instead of two.
    channel.on('close', () => this.connection.drop('publishing channel closed'));
    channel.on('return', (message: Message) =>
      this.returned.add(tagOf(message.fields.routingKey, message.properties.messageId)),
    );
    channel.on('drain', () => {
      this.full = false;
      this.writeWaiting();
    });
    this.channel = channel;
  }

  onUp(): void {
    this.ready.set(!this.blocked);
  }

  onDown(): void {
    this.ready.set(false);
    this.channel = undefined;
    this.full = false;
    this.blocked = false;
    this.returned.clear();
    for (const message of this.waiting.splice(0)) message.end({ result: 'unsent', reason: 'broker connection lost' });
  }

  /** The broker is short of memory or disk and reads no more from this connection. */
  onBlocked(blocked: boolean): void {
    this.options.logger.warn({ blocked }, blocked ? 'broker takes no messages' : 'broker takes messages again');
    this.blocked = blocked;
    this.ready.set(!blocked && this.connection.isUp);
    this.writeWaiting();
  }

  private async publishRow(row: OutboxRow): Promise<OutboxOutcome> {
    const { position, envelope } = row;
    const unknown = unknownHere(envelope);
    if (unknown !== undefined) return this.unreadable(row, unknown);
    const span = openSpan({
      name: `publish ${envelope.name}`,
      kind: 'producer',
      correlationId: envelope.correlationId,
      attributes: { 'messaging.system': 'rabbitmq', 'event.id': envelope.id },
    });
    const end = await this.send(
      exchangeOn(this.options.prefix),
      events[envelope.name].key,
      Buffer.from(JSON.stringify(envelope)),
      {
        persistent: true,
        // For events with a queue of ours the broker must report a missing queue; other events may have no queue.
        mandatory: queuesFor(envelope.name).length > 0,
        messageId: envelope.id,
        type: envelope.name,
        correlationId: envelope.correlationId,
        timestamp: Math.floor(Date.parse(envelope.occurredAt) / 1000),
        appId: this.options.appName,
        contentType: 'application/json',
        ...(span.traceparent === undefined ? {} : { headers: { [header.traceparent]: span.traceparent } }),
      },
    );
    span.end({}, end.result === 'confirmed' ? undefined : end.result);
    if (end.result === 'confirmed') return { position, outcome: 'sent' };
    return {
      position,
      outcome: 'again',
      afterMs: end.result === 'refused' ? backoffMs(row.attempts + 1, 500, 30_000) : 0,
      reason: end.reason,
      attempted: end.result !== 'unsent',
    };
  }

  /** While versions are mixed, a publisher of the next version may be able to read it. */
  private unreadable(row: OutboxRow, reason: string): OutboxOutcome {
    const next = afterFailure(this.options.retry ?? defaultRetryPolicy, row.attempts + 1);
    if (next.retry) return { position: row.position, outcome: 'again', afterMs: next.afterMs, reason, attempted: true };
    return { position: row.position, outcome: 'dead', reason };
  }

  private send(exchange: string, key: string, content: Buffer, options: Options.Publish): Promise<PublishOutcome> {
    if (!this.ready.isOpen)
      return Promise.resolve({ result: 'unsent', reason: this.blocked ? 'broker takes no messages' : 'no broker' });
    const sending = new Promise<PublishOutcome>((resolve) => {
      const timer = setTimeout(() => this.tooLate(message), this.confirmWithinMs);
      const message: OutgoingMessage = {
        exchange,
        key,
        content,
        options,
        ended: false,
        written: false,
        end(result) {
          this.ended = true;
          clearTimeout(timer);
          resolve(result);
        },
      };
      this.waiting.push(message);
    });
    this.pending.add(sending);
    void sending.finally(() => this.pending.delete(sending));
    this.writeWaiting();
    return sending;
  }

  /** Writes what waits, in order, for as long as the socket and the broker take it. */
  private writeWaiting(): void {
    while (this.channel && !this.full && !this.blocked) {
      const message = this.waiting.shift();
      if (!message) return;
      if (message.ended) continue;
      message.written = true;
      try {
        this.full = !this.channel.publish(
          message.exchange,
          message.key,
          message.content,
          message.options,
          (error: unknown) => message.end(this.outcomeOf(message, error)),
        );
      } catch (error) {
        message.end({ result: 'lost', reason: reasonOf(error) });
      }
    }
  }

  private outcomeOf(message: OutgoingMessage, error: unknown): PublishOutcome {
    // The broker returns a message before it confirms it.
    if (this.returned.delete(tagOf(message.key, message.options.messageId))) {
      this.repair();
      return { result: 'refused', reason: 'a queue is missing on the broker' };
    }
    if (!error) return { result: 'confirmed' };
    const nacked = error instanceof Error && error.message === 'message nacked';
    return nacked
      ? { result: 'refused', reason: 'the broker refused it' }
      : { result: 'lost', reason: 'broker connection lost' };
  }

  private tooLate(message: OutgoingMessage): void {
    message.end({ result: message.written ? 'lost' : 'unsent', reason: 'no confirm in time' });
    // A broker that neither confirms nor blocks is left for another connection.
    if (!this.blocked) this.connection.drop('no confirm in time');
  }

  /** Declares again what somebody deleted. */
  private repair(): void {
    const model = this.connection.live;
    if (!model || this.repairing) return;
    this.repairing = declareTopology(model, this.options.prefix, this.options.retry)
      .catch((error: unknown) => this.options.logger.error({ reason: reasonOf(error) }, 'queues cannot be declared'))
      .finally(() => (this.repairing = undefined));
  }
}

/**
 * Name and version only: the payload was checked when it went into the outbox, and checking costs more than sending.
 */
function unknownHere({ name, version }: { name: string; version: number }): string | undefined {
  if (!isEventName(name)) return `unknown event ${name.slice(0, 60)}`;
  return version === events[name].version ? undefined : `${name}: version ${version} is not ${events[name].version}`;
}

const tagOf = (key: string, messageId: unknown): string => `${key} ${String(messageId)}`;
