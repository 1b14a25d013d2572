// The transport without a broker: a Nest strategy whose handlers run straight from the outbox rows, which stay until
// they are done.
// In the standalone app Nest listens on it, and the outbox publisher publishes through it.
import type { Logger } from 'pino';
import {
  type Envelope,
  type OutboxOutcome,
  type OutboxRow,
  type QueueName,
  UnreadableEvent,
  openEnvelope,
  queuesFor,
} from '#contracts';
import { inSpan } from '#tracing';
import type { EventPublisher } from './outbox-publisher';
import { EventServer } from './event-server';
import { isPermanent, reasonOf } from './faults';
import { retries } from './metrics';
import { type RetryPolicy, afterFailure, defaultRetryPolicy } from './retry-policy';
import { WaitableFlag, within } from './waiting';

export interface InProcessOptions {
  logger: Logger;
  /** How many events are handled at a time; a slow handler delays others only when all are busy. */
  concurrency?: number;
  retry?: RetryPolicy;
  /** How long `close` waits for running handlers, in milliseconds. */
  closeWithinMs?: number;
}

interface Failure {
  queue: QueueName;
  error: unknown;
}

/** Runs the handlers of an event when the outbox publisher publishes it; at most `concurrency` events at a time. */
export class InProcessTransport extends EventServer implements EventPublisher {
  readonly window: number;
  private readonly retry: RetryPolicy;
  private readonly serving = new WaitableFlag();
  private readonly running = new Set<Promise<OutboxOutcome>>();

  constructor(private readonly options: InProcessOptions) {
    super();
    this.window = options.concurrency ?? 16;
    this.retry = options.retry ?? defaultRetryPolicy;
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      this.consumedQueues();
    } catch (error) {
      callback(error);
      return;
    }
    this.serving.set(true);
    callback();
  }

  /** Accepts no more events and waits for the running handlers. Unfinished events stay in the outbox. */
  async close(): Promise<void> {
    this.serving.set(false);
    const done = await within(this.options.closeWithinMs ?? 8_000, Promise.all(this.running));
    if (!done)
      this.options.logger.warn({ running: this.running.size }, 'handlers still run; their events stay in the outbox');
  }

  get isReady(): boolean {
    return this.serving.isSet;
  }

  whenReady(signal: AbortSignal): Promise<void> {
    return this.serving.whenSet(signal);
  }

  publish(rows: readonly OutboxRow[]): Promise<OutboxOutcome>[] {
    return rows.map((row) => {
      const delivery = this.serving.isSet ? this.deliver(row) : Promise.resolve(again(row, 0, 'closing', false));
      this.running.add(delivery);
      void delivery.finally(() => this.running.delete(delivery));
      return delivery;
    });
  }

  /**
   * Done only when every queue bound to the event is done. A queue that succeeded before runs again: its handlers
   * dedupe by event id.
   */
  private async deliver(row: OutboxRow): Promise<OutboxOutcome> {
    const failures: Failure[] = [];
    try {
      const envelope = openEnvelope(row.envelope);
      const bound = queuesFor(envelope.name);
      const withoutHandler = bound.find((queue) => !this.hasHandler(queue, envelope.name));
      // As on a broker: an event waits for its consumer however long that takes.
      if (withoutHandler) return again(row, afterMissingHandlerMs, `no handler for ${withoutHandler}`, false);
      await Promise.all(
        bound.map((queue) =>
          this.traced(queue, envelope, row).catch((error: unknown) => void failures.push({ queue, error })),
        ),
      );
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      return this.dead(row, reasonOf(error));
    }
    return failures.length === 0 ? { position: row.position, outcome: 'sent' } : this.failed(row, failures);
  }

  private traced(queue: QueueName, envelope: Envelope, { attempts }: OutboxRow): Promise<void> {
    const { name, correlationId, id } = envelope;
    const attributes = { 'event.id': id, queue, attempt: attempts + 1 };
    return inSpan({ name: `handle ${name}`, kind: 'consumer', correlationId, attributes }, () =>
      this.handle({ queue, attempt: attempts + 1 }, envelope),
    );
  }

  private failed(row: OutboxRow, failures: Failure[]): OutboxOutcome {
    const reason = failures.map(({ queue, error }) => `${queue}: ${reasonOf(error)}`).join('; ');
    // A row is dead only when no queue can handle it any more: one may still succeed after another gave up.
    const next = afterFailure(this.retry, row.attempts + 1);
    if (!next.retry || failures.every(({ error }) => isPermanent(error))) return this.dead(row, reason);
    for (const { queue } of failures) retries.inc({ queue });
    this.options.logger.warn(
      { ...aboutOf(row), attempt: row.attempts + 1, afterMs: next.afterMs, reason },
      'event failed, to be tried again',
    );
    return again(row, next.afterMs, reason, true);
  }

  private dead(row: OutboxRow, reason: string): OutboxOutcome {
    this.options.logger.error({ ...aboutOf(row), attempts: row.attempts + 1, reason }, 'event is now a dead letter');
    return { position: row.position, outcome: 'dead', reason };
  }
}

const afterMissingHandlerMs = 1_000;

const aboutOf = ({ envelope }: OutboxRow): Record<string, unknown> => ({
  eventId: envelope.id,
  event: envelope.name,
  correlationId: envelope.correlationId,
});

const again = (row: OutboxRow, afterMs: number, reason: string, attempted: boolean): OutboxOutcome => ({
  position: row.position,
  outcome: 'again',
  afterMs,
  reason,
  attempted,
});
