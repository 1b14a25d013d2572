// The sending loop: leases due letters, renews the leases, and sends with at most as many workers as the SMTP pool has
// connections.
// Woken by letters.consumer.ts, started and stopped by the app's life; several processes may run one each.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '#persistence';
import { Batches, PollLoop } from '#service';
import type { CalendarService } from '../render/calendar.service';
import { bringForward, lastFailover, leaseLetters, returnLetters, renewLeases } from '../ledger/lease-letters';
import { type LeasedLetter, leaseMs } from '../ledger/leased-letter';
import { type Outcome, type SentLetter, recordOutcome, recordSent } from '../ledger/record-outcome';
import type { Mailer } from './mailer';
import { sendSeconds } from '../metrics';

const pollMs = 1_000;
const renewMs = 3_000;
/** Of the ten seconds that a process has to stop; the rest is for returning leases. */
const graceMs = 7_000;
const recordAgainMs = 250;
/** Without a response of the database for so long, others may have had none either, and could not renew. */
const outageMs = 5_000;
const relaySpreadMs = 30_000;
/**
 * The shortest time between two lease queries, and between two records of sent letters: under load each then serves
 * several letters.
 */
const [leaseEveryMs, recordEveryMs] = [15, 15];

interface LetterInProgress {
  letter: LeasedLetter;
  /** On this process's monotonic clock; after it the letter must not be sent, because another process may have it. */
  leasedUntil: number;
  /** `waiting` for a worker, being sent, or sent and not yet recorded. */
  stage: 'waiting' | 'sending' | 'recording';
}

@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** The owner of this process's leases. */
  readonly owner = `${hostname()} ${process.pid} ${randomUUID()}`;
  private readonly inProgress = new Map<string, LetterInProgress>();
  /** Slots reserved for letters that are being written. */
  private reserved = 0;
  /** The most letters that the running lease query may return. */
  private beingLeased = 0;
  /** Whether older letters may be due: new letters then wait for their turn. */
  private mayHaveBacklog = true;
  private running = false;
  private aborting = false;
  private loop: PollLoop | undefined;
  private renewal: NodeJS.Timeout | undefined;
  private readonly sent: Batches<SentLetter>;
  private readonly idleWaiters = new Set<() => void>();
  private broughtForwardAt = -Infinity;
  /** When the last statement began that the database answered. */
  private answeredAt = 0;
  /** Until then letters whose lease has expired are left to their owner: it may be alive, and renews them first. */
  private sparingUntil = -Infinity;
  /** The last failover of the database, and when this process noticed it. */
  private failover: { at: string | null; noticedAt: number } = { at: null, noticedAt: -Infinity };

  constructor(
    private readonly parts: {
      db: Database;
      notifications: CalendarService;
      mailer: Mailer;
      workers: number;
      logger: Logger;
      /** The time for letters that are being sent when the app stops. */
      graceMs?: number;
      /**
       * After an outage of the SMTP relay: the period in which deferred letters are sent, and the shortest time between
       * two such periods.
       */
      spreadMs?: number;
    },
  ) {
    // No two letters to one invitation in one batch: the record of the second depends on that of the first.
    this.sent = new Batches({
      largest: 50,
      everyMs: recordEveryMs,
      keyOf: ({ letter }) => letter.invitationId,
      run: (letters) => recordSent(parts.db, letters),
    });
  }

  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.answeredAt = performance.now();
    this.loop = new PollLoop({ pass: () => this.lease(), pollMs, minIntervalMs: () => leaseEveryMs });
    this.loop.start();
    this.renewal = setInterval(() => {
      void this.renew();
      void this.lookForFailover();
    }, renewMs);
    void this.lookForFailover();
  }

  /** Starts a lease query soon. */
  wake(): void {
    this.loop?.wake();
  }

  /** Whether there are as many letters as workers, or more. */
  isBusy(): boolean {
    return this.inProgress.size >= this.parts.workers;
  }

  /**
   * Reserves a slot for each free worker: so many letters may be leased in the transaction that inserts them, which
   * saves a lease query. Ended by one `accept`.
   */
  reserveSlots(): number {
    const busy = [...this.inProgress.values()].filter((each) => each.stage !== 'recording').length;
    this.reserved =
      this.running && !this.mayHaveBacklog
        ? Math.max(0, Math.min(this.parts.workers, this.parts.workers * 2 - this.beingLeased) - busy)
        : 0;
    return this.reserved;
  }

  /** Accepts letters that were leased for it until `leasedUntil`; none where their transaction failed. */
  accept(letters: readonly LeasedLetter[], leasedUntil: number): void {
    this.reserved = 0;
    for (const letter of letters) this.inProgress.set(letter.facts.letterId, { letter, leasedUntil, stage: 'waiting' });
    if (this.running) this.startWorkers();
    else void this.returnLeases((each) => each.stage === 'waiting', true);
  }

  /**
   * Leases no more letters. Letters that are not being sent are returned at once; those being sent get `graceMs`, then
   * they are returned too.
   */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.running = false;
    await this.loop?.stop();
    await this.returnLeases((each) => each.stage === 'waiting', true);
    await this.whenEmpty(this.parts.graceMs ?? graceMs);
    this.aborting = true;
    this.parts.mailer.close();
    await this.returnLeases(() => true, false);
    clearInterval(this.renewal);
  }

  /**
   * Leases up to twice as many letters as workers, so that a free worker finds one, and lease queries return several.
   */
  private async lease(): Promise<number> {
    const { db, workers, logger } = this.parts;
    const recording = [...this.inProgress.values()].filter((each) => each.stage === 'recording').length;
    const room = workers * 2 - this.reserved - (this.inProgress.size - recording);
    if (room < workers / 2 || recording > workers * 2) return 0;
    // Without a backlog, half of the room is kept for letters that are leased when they are written.
    const wanted = this.mayHaveBacklog ? room : Math.min(room, workers);
    this.beingLeased = wanted;
    try {
      const begun = performance.now();
      const leasedUntil = begun + leaseMs;
      // After an outage that no start of Postgres tells, as of the network.
      if (begun > this.answeredAt + outageMs) this.sparingUntil = begun + leaseMs;
      const { at, noticedAt } = this.failover;
      const spared = begun > noticedAt + leaseMs ? at : null;
      const letters = await leaseLetters(db, this.owner, wanted, { sparing: begun < this.sparingUntil, spared });
      this.answeredAt = begun;
      this.mayHaveBacklog = letters.length === wanted;
      for (const letter of letters)
        this.inProgress.set(letter.facts.letterId, { letter, leasedUntil, stage: 'waiting' });
      this.startWorkers();
      return letters.length;
    } catch (error) {
      logger.error({ err: error }, 'cannot read the ledger');
      return 0;
    } finally {
      this.beingLeased = 0;
    }
  }

  private startWorkers(): void {
    const free = this.parts.workers - [...this.inProgress.values()].filter((each) => each.stage === 'sending').length;
    if (free <= 0 || !this.running) return;
    for (const each of this.inProgress.values()) {
      if (each.stage !== 'waiting') continue;
      each.stage = 'sending';
      void this.deliver(each);
      // The next letter is rendered only after this one was passed to the socket, so that rendering does not delay it.
      setImmediate(() => this.startWorkers());
      return;
    }
  }

  private async deliver(each: LetterInProgress): Promise<void> {
    const { letter } = each;
    // After the lease expired (the process was suspended) another process may have the letter.
    if (performance.now() < each.leasedUntil) {
      const took = sendSeconds.startTimer();
      const wasFailing = this.parts.mailer.state().failing;
      const outcome = await this.parts.notifications.send(letter);
      took();
      each.stage = 'recording';
      this.startWorkers();
      // An error caused by closing the pool is not recorded: stop() returns the letter, due at once.
      if (!this.aborting || outcome.result === 'sent') await this.recordUntilDone(letter, outcome);
      if (outcome.result === 'sent' && wasFailing) await this.onRelayRecovered();
      if (outcome.result === 'deferred' && outcome.waitMs < pollMs)
        setTimeout(() => this.wake(), outcome.waitMs).unref();
    }
    if (this.aborting) return;
    this.inProgress.delete(letter.facts.letterId);
    for (const resolve of this.idleWaiters) resolve();
    this.startWorkers();
    this.wake();
  }

  /**
   * Tries until the outcome is recorded, so that a short outage of the database loses no outcome; the lease is renewed
   * meanwhile.
   */
  private async recordUntilDone(letter: LeasedLetter, outcome: Outcome): Promise<void> {
    for (;;) {
      try {
        if (outcome.result === 'sent') await this.sent.add({ letter, outcome });
        else await recordOutcome(this.parts.db, this.owner, letter, outcome);
        return;
      } catch (error) {
        this.parts.logger.error({ err: error, letterId: letter.facts.letterId }, 'outcome not recorded yet');
        if (this.aborting) return;
        await new Promise((resolve) => setTimeout(resolve, recordAgainMs));
      }
    }
  }

  /** The first success after an outage brings deferred letters forward. */
  private async onRelayRecovered(): Promise<void> {
    const spreadMs = this.parts.spreadMs ?? relaySpreadMs;
    if (performance.now() < this.broughtForwardAt + spreadMs) return;
    this.broughtForwardAt = performance.now();
    try {
      await bringForward(this.parts.db, spreadMs);
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'deferred letters could not be brought forward');
    }
  }

  private async renew(): Promise<void> {
    const ids = [...this.inProgress.keys()];
    if (ids.length === 0) return;
    try {
      const begun = performance.now();
      for (const id of await renewLeases(this.parts.db, this.owner, ids)) {
        const each = this.inProgress.get(id);
        if (each) each.leasedUntil = begun + leaseMs;
      }
      if (begun <= this.answeredAt + outageMs) this.answeredAt = Math.max(begun, this.answeredAt);
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'leases not renewed');
    }
  }

  private async lookForFailover(): Promise<void> {
    try {
      const at = await lastFailover(this.parts.db);
      if (at !== this.failover.at) this.failover = { at, noticedAt: performance.now() };
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'the database does not say when it failed over');
    }
  }

  private async returnLeases(which: (each: LetterInProgress) => boolean, untried: boolean): Promise<void> {
    const ids = [...this.inProgress].filter(([, each]) => which(each)).map(([id]) => id);
    if (ids.length === 0) return;
    for (const id of ids) this.inProgress.delete(id);
    try {
      await returnLetters(this.parts.db, this.owner, ids, untried);
    } catch (error) {
      this.parts.logger.warn(
        { err: error, letters: ids.length },
        'letters could not be returned: their leases will expire',
      );
    }
  }

  private async whenEmpty(withinMs: number): Promise<void> {
    const until = performance.now() + withinMs;
    while (this.inProgress.size > 0 && performance.now() < until) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, until - performance.now());
        const waiters = this.idleWaiters;
        function done(): void {
          clearTimeout(timer);
          waiters.delete(done);
          resolve();
        }
        waiters.add(done);
      });
    }
  }
}
