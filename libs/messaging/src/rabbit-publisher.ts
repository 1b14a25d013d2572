// Publishes to RabbitMQ with confirms: batches without waiting in between, one outcome for each message, every wait
// bounded.
// Used by the outbox publisher for events and by the consuming transport for copies to the retry and dead-letter
// queues.
import type { ChannelModel, Options } from 'amqplib';
import { type OutboxOutcome, type OutboxRow, events, isEventName, queuesFor } from '#contracts';
import { exchangeOn, namesOf, declareTopology } from './rabbit-topology';
import { isWithoutLeader } from './queue-leader';
import type { EventPublisher } from './outbox-publisher';
import { openSpan } from '#tracing';
import { reasonOf } from './faults';
import { header } from './message-headers';
import { Confirms, type OutgoingMessage, type PublishOutcome } from './rabbit-confirms';
import { type ConnectionUser, RabbitConnection, type RabbitOptions } from './rabbit-connection';
import { afterFailure, backoffMs, defaultRetryPolicy } from './retry-policy';
import { WaitableFlag, within } from './waiting';

export interface RabbitPublisherOptions extends RabbitOptions {
  /**
   * A message without confirm after this many milliseconds ends as `lost` or `unsent`, and the connection is made anew:
   * 3,000 with several nodes, else 5,000.
   */
  confirmWithinMs?: number;
}

/** With several nodes: how often a message is waited for where another node would not confirm it either. */
const waitsForOneMessage = 4;
/** One connection to RabbitMQ for publishing, made anew in the background whenever it is lost. */
export class RabbitPublisher implements EventPublisher, ConnectionUser {
  /** Two batches: one is being confirmed while the next is read. */
  readonly window = 400;
  private readonly connection: RabbitConnection;
  private readonly ready = new WaitableFlag();
  /**
   * By destination. On RabbitMQ 3.10 a channel stands still as long as it waits for a queue's leader, with all that was
   * published on it (docs/scale.md, "RabbitMQ"): each destination has its own, so that the others go on.
   */
  private readonly channels = new Map<string, Confirms>();
  private blocked = false;
  private readonly pending = new Set<Promise<PublishOutcome>>();
  /** When this connection last responded to a message for a queue. */
  private respondedAt: number | undefined;
  private repairing: Promise<void> | undefined;
  private readonly confirmWithinMs: number;

  constructor(private readonly options: RabbitPublisherOptions) {
    this.connection = new RabbitConnection(options, 'publish', this);
    // With several nodes, one that does not respond is left sooner.
    this.confirmWithinMs = options.confirmWithinMs ?? (this.hasChoice ? 3_000 : 5_000);
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
    return this.ready.isSet;
  }

  whenReady(signal: AbortSignal): Promise<void> {
    return this.ready.whenSet(signal);
  }

  publish(rows: readonly OutboxRow[]): Promise<OutboxOutcome>[] {
    return rows.map((row) => this.publishRow(row));
  }

  /** Puts a message straight into a queue; resolves when the broker has confirmed it, rejects when it did not. */
  async sendToQueue(name: string, content: Buffer, options: Options.Publish): Promise<void> {
    const end = await this.send([name], '', name, content, { ...options, persistent: true, mandatory: true });
    if (end.result !== 'confirmed') throw new Error(end.reason);
  }

  /** Called by the connection before it counts as up. */
  async prepare(model: ChannelModel): Promise<void> {
    await this.openChannel([], model);
  }

  /** Called by the connection when it is up. */
  onUp(): void {
    this.ready.set(!this.blocked);
  }

  /** Called by the connection when it is lost: what was not confirmed ends as `lost` or `unsent`. */
  onDown(): void {
    this.ready.set(false);
    this.blocked = false;
    this.respondedAt = undefined;
    const channels = [...this.channels.values()];
    this.channels.clear();
    for (const channel of channels) channel.end();
  }

  /** The broker is short of memory or disk and reads no more from this connection. */
  onBlocked(blocked: boolean): void {
    this.options.logger.warn({ blocked }, blocked ? 'broker takes no messages' : 'broker takes messages again');
    this.blocked = blocked;
    this.ready.set(!blocked && this.connection.isUp);
    for (const channel of this.channels.values()) channel.writeWaiting();
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
      queuesFor(envelope.name).map((queue) => namesOf(this.options.prefix, queue).main),
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

  private send(
    queues: readonly string[],
    ...[exchange, key, content, options]: [string, string, Buffer, Options.Publish]
  ): Promise<PublishOutcome> {
    const model = this.connection.live;
    if (!this.ready.isSet || !model)
      return Promise.resolve({ result: 'unsent', reason: this.blocked ? 'broker takes no messages' : 'no broker' });
    const sending = new Promise<PublishOutcome>((resolve) => {
      const message: OutgoingMessage = {
        exchange,
        key,
        content,
        options,
        ended: false,
        written: false,
        end: (result) => {
          message.ended = true;
          stopWatching();
          resolve(result);
        },
      };
      const channel = this.channelFor(queues, model);
      const stopWatching = this.watch(message, channel);
      channel.add(message);
    });
    this.pending.add(sending);
    void sending.finally(() => this.pending.delete(sending));
    return sending;
  }

  private channelFor(queues: readonly string[], model: ChannelModel): Confirms {
    const known = this.channels.get(queues.join());
    if (known) return known;
    void this.openChannel(queues, model).catch((error: unknown) => {
      if (this.connection.live === model) this.connection.drop(reasonOf(error));
    });
    return this.channels.get(queues.join()) as Confirms;
  }

  private openChannel(queues: readonly string[], model: ChannelModel): Promise<void> {
    const channel = new Confirms(queues, {
      isBlocked: () => this.blocked,
      onResponse: () => (this.respondedAt = performance.now()),
      isWithoutLeader: (names) => isWithoutLeader(model, this.connection.otherUrls, names),
      onReturned: () => this.repair(),
      giveUp: (why) => this.connection.drop(why),
    });
    this.channels.set(queues.join(), channel);
    return channel.open(model);
  }

  /** Ends the message as lost where its confirm does not come in time; returns what stops that. */
  private watch(message: OutgoingMessage, channel: Confirms): () => void {
    let waits = 1;
    let timer: NodeJS.Timeout;
    const look = async (): Promise<void> => {
      const goesOn = waits < waitsForOneMessage && (await this.isBestHere(channel));
      if (message.ended) return;
      if (!goesOn) return this.tooLate(message);
      waits += 1;
      wait();
    };
    const wait = (): void => void (timer = setTimeout(() => void look(), this.confirmWithinMs));
    wait();
    return () => clearTimeout(timer);
  }

  /**
   * Whether another node would not confirm sooner: this one confirms for other queues, or most nodes do not reach the
   * leader. A channel that was used before gets its confirm from the next leader; a new one would wait for the lost one.
   */
  private async isBestHere(channel: Confirms): Promise<boolean> {
    if (!this.hasChoice || this.blocked) return false;
    return this.hasResponded() || channel.isWithoutLeader();
  }

  /** Whether there is another node to move to. */
  private get hasChoice(): boolean {
    return this.connection.nodeCount > 1;
  }

  private hasResponded(): boolean {
    return this.respondedAt !== undefined && performance.now() - this.respondedAt < this.confirmWithinMs;
  }

  private tooLate(message: OutgoingMessage): void {
    message.end({ result: message.written ? 'lost' : 'unsent', reason: 'no confirm in time' });
    // A broker that neither confirms nor blocks is left for another connection.
    if (!this.blocked) this.connection.leave('no confirm in time');
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
