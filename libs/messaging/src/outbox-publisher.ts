// Publishes the events of the outbox: passed on or announced by commits, several at a time, each until it is confirmed.
// Started and stopped by each app, with its own rows; several processes of one app share the rows by leases.
import type { Logger } from 'pino';
import type { OutboxOutcome, OutboxPort, OutboxRow } from '#contracts';
import { reasonOf } from './faults';
import { deadLetters } from './metrics';
import { backoffMs } from './retry-policy';
import { WakeSignal, whenAborted, pause, within } from './waiting';

/** What events are published to: the broker (RabbitPublisher), or handlers in this process (InProcessTransport). */
export interface EventPublisher {
  /** How many rows may be unconfirmed at a time. */
  readonly window: number;
  /** Whether a delivery can be tried now. */
  readonly isReady: boolean;
  /** Resolves once a delivery can be tried, or when the signal aborts. Never rejects. */
  whenReady(signal: AbortSignal): Promise<void>;
  /**
   * Starts the delivery of the rows in their order and returns one promise a row, in the same order.
   * None of them rejects; a lost connection is the outcome `again`. A handler may take as long as it needs: the outbox
   * publisher renews the lease.
   */
  publish(rows: readonly OutboxRow[]): Promise<OutboxOutcome>[];
}

export interface OutboxPublisherOptions {
  /** Rows taken at a time; at most 200. */
  batch?: number;
  /** The poll interval in milliseconds while commits are not announced, or a due row could not be leased. */
  pollMs?: number;
  /** Leases of rows that are being published are renewed this often; well under the store's lease of 10 s. */
  renewEveryMs?: number;
  /** How long `stop` waits for rows that are being published before it returns them, in milliseconds. */
  stopWithinMs?: number;
}

const settleWithinMs = 10;
const defaults = { batch: 200, pollMs: 1_000, renewEveryMs: 3_000, stopWithinMs: 8_000 };

/**
 * Publishes the rows of one `OutboxPort` until `stop`. At least once: a row is removed only after its event is
 * confirmed.
 */
export class OutboxPublisher {
  private readonly options: Required<OutboxPublisherOptions>;
  /** Rows taken and not yet settled, by position; bounded by the publisher's window. */
  private readonly inFlight = new Map<string, { takenAt: number; delivery: Promise<void> }>();
  private readonly settled: OutboxOutcome[] = [];
  private settling: Promise<void> = Promise.resolve();
  private isSettling = false;
  /** Whether older rows may be waiting: new rows must not be published before them. */
  private mayHaveBacklog = true;
  private stopReceiving: () => void = () => undefined;
  private readonly wakeSignal = new WakeSignal();
  private readonly stopping = new AbortController();
  private work: Promise<unknown> = Promise.resolve();
  private renewing: NodeJS.Timeout | undefined;

  constructor(
    private readonly port: OutboxPort,
    private readonly publisher: EventPublisher,
    private readonly logger: Logger,
    options: OutboxPublisherOptions = {},
  ) {
    this.options = { ...defaults, ...options };
    this.options.batch = Math.min(this.options.batch, 200);
  }

  /** Begins to publish; a second call changes nothing. */
  start(): void {
    if (this.renewing) return;
    this.renewing = setInterval(() => void this.renew(), this.options.renewEveryMs);
    this.stopReceiving = this.port.passNewRows({
      hasRoom: (count) => this.hasRoom(count),
      take: (rows) => this.deliver(rows),
    });
    this.work = Promise.all([this.run(), this.listen()]);
  }

  private hasRoom(count: number): boolean {
    return (
      !this.mayHaveBacklog &&
      !this.stopping.signal.aborted &&
      this.publisher.isReady &&
      this.inFlight.size + count <= this.publisher.window
    );
  }

  /**
   * Leases no more rows, waits for those being published and returns the rest. Ends within `stopWithinMs` and two
   * seconds.
   */
  async stop(): Promise<void> {
    this.stopReceiving();
    this.stopping.abort();
    this.wakeSignal.set();
    await within(this.options.stopWithinMs, this.whenIdle());
    clearInterval(this.renewing);
    const left = [...this.inFlight.keys()].filter(
      (position) => !this.settled.some((outcome) => outcome.position === position),
    );
    for (const position of left) this.inFlight.delete(position);
    const returned = left.map((position): OutboxOutcome => ({
      position,
      outcome: 'again',
      afterMs: 0,
      reason: 'returned at a stop',
      attempted: false,
    }));
    await within(1_500, this.port.settle([...this.settled.splice(0), ...returned]));
  }

  private async whenIdle(): Promise<void> {
    await this.work;
    await Promise.all([...this.inFlight.values()].map((row) => row.delivery));
    await this.settling;
  }

  /** Leases due rows whenever there is room, then waits for a wake, for room, for the next due row or for the poll. */
  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted;) {
      if (!this.publisher.isReady) this.mayHaveBacklog = true;
      await this.publisher.whenReady(this.stopping.signal);
      this.wakeSignal.clear();
      const room = Math.min(this.options.batch, this.publisher.window - this.inFlight.size);
      try {
        const rows = room > 0 && !this.stopping.signal.aborted ? await this.port.lease(room) : [];
        failures = 0;
        this.mayHaveBacklog = rows.length >= room;
        this.deliver(rows);
      } catch (error) {
        failures += 1;
        this.mayHaveBacklog = true;
        this.logger.warn({ reason: reasonOf(error), failures }, 'outbox cannot be read');
        await pause(backoffMs(failures, 200, 5_000), this.stopping.signal);
        continue;
      }
      if (room <= 0) await this.wakeSignal.wait(this.options.pollMs);
      else if (!this.mayHaveBacklog) await this.wakeSignal.wait((await this.port.untilDueMs()) || this.options.pollMs);
    }
  }

  private deliver(rows: OutboxRow[]): void {
    // A row whose lease expired before it was renewed is leased again while it is still being published.
    const fresh = rows.filter((row) => !this.inFlight.has(row.position));
    const outcomes = this.publisher.publish(fresh);
    fresh.forEach((row, index) => {
      const lost: OutboxOutcome = {
        position: row.position,
        outcome: 'again',
        afterMs: 1_000,
        reason: 'the publisher lost it',
        attempted: true,
      };
      const delivery = (outcomes[index] ?? Promise.resolve(lost))
        .catch((error: unknown): OutboxOutcome => ({ ...lost, reason: reasonOf(error) }))
        .then((outcome) => this.finished(outcome));
      this.inFlight.set(row.position, { takenAt: Date.now(), delivery });
    });
  }

  private finished(outcome: OutboxOutcome): void {
    // The row was returned: its outcome is recorded by the process that has it now.
    if (outcome.outcome !== 'sent' && !this.inFlight.has(outcome.position)) return;
    this.settled.push(outcome);
    if (this.isSettling) return;
    this.isSettling = true;
    this.settling = this.settle();
  }

  /** Records all outcomes that have arrived: one statement for many confirms. */
  private async settle(): Promise<void> {
    for (let failures = 0; this.settled.length > 0;) {
      // Confirms arrive several in a packet. The removal of published rows is urgent only where their room is needed.
      if (this.inFlight.size * 2 < this.publisher.window) await pause(settleWithinMs, this.stopping.signal);
      else await new Promise((resolve) => setImmediate(resolve));
      const outcomes = this.settled.splice(0);
      // A row with outcome `again` may be leased again before the store has responded, so it is removed here first.
      for (const { position, outcome } of outcomes) if (outcome !== 'sent') this.inFlight.delete(position);
      try {
        await this.port.settle(outcomes);
        failures = 0;
        this.settledFor(outcomes);
      } catch (error) {
        failures += 1;
        this.settled.unshift(...outcomes);
        this.logger.warn(
          { reason: reasonOf(error), failures, waiting: this.settled.length },
          'outbox cannot be written',
        );
        if (this.stopping.signal.aborted) break;
        await pause(backoffMs(failures, 200, 5_000), this.stopping.signal);
      }
    }
    this.isSettling = false;
  }

  private settledFor(outcomes: OutboxOutcome[]): void {
    for (const { position, outcome } of outcomes) {
      this.inFlight.delete(position);
      if (outcome === 'dead') deadLetters.inc();
    }
    // A row that is tried again is due sooner than this publisher may rest.
    if (this.mayHaveBacklog || outcomes.some(({ outcome }) => outcome === 'again')) this.wakeSignal.set();
  }

  private async renew(): Promise<void> {
    const before = Date.now() - this.options.renewEveryMs / 2;
    const slow = [...this.inFlight].filter(([, row]) => row.takenAt < before).map(([position]) => position);
    if (slow.length === 0) return;
    await this.port
      .renew(slow)
      .catch((error: unknown) => this.logger.warn({ reason: reasonOf(error) }, 'leases cannot be renewed'));
  }

  /** Listens for commits as long as it runs; until that works the poll alone finds the rows. */
  private async listen(): Promise<void> {
    for (let attempt = 1; !this.stopping.signal.aborted; attempt += 1) {
      try {
        const stopListening = await this.port.onWake(() => this.wakeSignal.set());
        // Rows committed before this moment sent no wake.
        this.wakeSignal.set();
        await whenAborted(this.stopping.signal);
        await stopListening();
        return;
      } catch (error) {
        this.logger.warn({ reason: reasonOf(error) }, 'cannot listen for commits');
        await pause(backoffMs(attempt, 200, 5_000), this.stopping.signal);
      }
    }
  }
}
