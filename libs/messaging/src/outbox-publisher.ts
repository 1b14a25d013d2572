// Carries events from the outbox to the publisher: handed over or announced by commits, several on their way at a
// time, nothing forgotten on any failure.
// Started and stopped by each app, with its own rows; several relays of one app share the rows by the port's leases.
import type { Logger } from 'pino';
import type { OutboxOutcome, OutboxPort, OutboxRow } from '#contracts';
import type { EventPublisher } from './event-publisher';
import { reasonOf } from './faults';
import { deadLetters } from './metrics';
import { backoffMs } from './retry-policy';
import { WakeSignal, aborted, pause, within } from './waiting';

export interface OutboxPublisherOptions {
  /** Rows taken at a time; at most 200. */
  batch?: number;
  /**
   * How long a row that was not announced (a retry that falls due, a missed notification) may wait, in milliseconds.
   */
  pollMs?: number;
  /** Leases of rows still on their way are renewed this often; well under the store's lease of 10 s. */
  renewEveryMs?: number;
  /** How long `stop` waits for rows on their way before it hands them back, in milliseconds. */
  stopWithinMs?: number;
}

const settleWithinMs = 10;
const defaults = { batch: 200, pollMs: 1_000, renewEveryMs: 3_000, stopWithinMs: 8_000 };

export class OutboxPublisher {
  private readonly options: Required<OutboxPublisherOptions>;
  /** Rows taken and not yet settled, by position; bounded by the publisher's window. */
  private readonly inFlight = new Map<string, { takenAt: number; delivery: Promise<void> }>();
  private readonly settled: OutboxOutcome[] = [];
  private settling: Promise<void> = Promise.resolve();
  private isSettling = false;
  /** Older rows may be waiting: what is written now must not go before them, nor keep them from their turn. */
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

  /** Begins to relay; a second call changes nothing. */
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
   * Takes no more rows, waits for those on their way and hands back the rest. Over within `stopWithinMs` and two
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
    const handBack = left.map((position): OutboxOutcome => ({
      position,
      outcome: 'again',
      afterMs: 0,
      reason: 'handed back',
      attempted: false,
    }));
    await within(1_500, this.port.settle([...this.settled.splice(0), ...handBack]));
  }

  private async whenIdle(): Promise<void> {
    await this.work;
    await Promise.all([...this.inFlight.values()].map((row) => row.delivery));
    await this.settling;
  }

  /** Takes what is due whenever there is room, then sleeps until a wake, a settlement that frees room, or the poll. */
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
      if (room <= 0 || !this.mayHaveBacklog) await this.wakeSignal.wait(this.options.pollMs);
    }
  }

  private deliver(rows: OutboxRow[]): void {
    // A row whose lease ran out before it could be renewed comes back while it is still on its way.
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
    // It was handed back: whether it fails is for the relay to say that has it now.
    if (outcome.outcome !== 'sent' && !this.inFlight.has(outcome.position)) return;
    this.settled.push(outcome);
    if (this.isSettling) return;
    this.isSettling = true;
    this.settling = this.settle();
  }

  /** Writes outcomes down, all that have come in at a time: one statement for many confirms. */
  private async settle(): Promise<void> {
    for (let failures = 0; this.settled.length > 0;) {
      // Confirms arrive several to a packet, and nobody waits for the removal of what has left, unless for its room.
      if (this.inFlight.size * 2 < this.publisher.window) await pause(settleWithinMs, this.stopping.signal);
      else await new Promise((resolve) => setImmediate(resolve));
      const outcomes = this.settled.splice(0);
      // A row that is to come again may be taken again before the store has answered us: it is no longer on its way.
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
    const dueNow = outcomes.some((each) => each.outcome === 'again' && each.afterMs === 0);
    if (this.mayHaveBacklog || dueNow) this.wakeSignal.set();
  }

  private async renew(): Promise<void> {
    const before = Date.now() - this.options.renewEveryMs / 2;
    const slow = [...this.inFlight].filter(([, row]) => row.takenAt < before).map(([position]) => position);
    if (slow.length === 0) return;
    await this.port
      .renew(slow)
      .catch((error: unknown) => this.logger.warn({ reason: reasonOf(error) }, 'leases cannot be renewed'));
  }

  /** Hears of commits for as long as the relay runs; until that works the poll alone finds the rows. */
  private async listen(): Promise<void> {
    for (let attempt = 1; !this.stopping.signal.aborted; attempt += 1) {
      try {
        const silence = await this.port.onWake(() => this.wakeSignal.set());
        // What was committed before the listening began woke nobody.
        this.wakeSignal.set();
        await aborted(this.stopping.signal);
        await silence();
        return;
      } catch (error) {
        this.logger.warn({ reason: reasonOf(error) }, 'cannot listen for commits');
        await pause(backoffMs(attempt, 200, 5_000), this.stopping.signal);
      }
    }
  }
}
