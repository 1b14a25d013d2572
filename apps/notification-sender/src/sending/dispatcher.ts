// The sending loop: leases due letters, renews the leases, and sends with at most as many workers as the SMTP pool has
// connections.
// Woken by letters.consumer.ts, here or in another process; started and stopped by the app's life; several processes may
// run one each.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Database, restOf } from '#persistence';
import { Batches, PollLoop } from '#service';
import type { CalendarService } from '../render/calendar.service';
import {
  bringForward,
  leaseLetters,
  ledgerOutlook,
  lettersDue,
  renewLeases,
  returnLetters,
} from '../ledger/lease-letters';
import { type LeasedLetter, leaseMs } from '../ledger/leased-letter';
import { type Outcome, type SentLetter, recordOutcome, recordSent } from '../ledger/record-outcome';
import type { Mailer } from './mailer';
import { Outages } from './outages';
import { sendSeconds } from '../metrics';

const pollMs = 1_000;
/** Leases are renewed, and the ledger is looked at while nothing is due, this often. */
const renewMs = 3_000;
/** Of the ten seconds that a process has to stop; the rest is for returning leases. */
const graceMs = 7_000;
const recordAgainMs = 250;
/** The letters that were done in so long a time show how many this process sends. */
const paceWindowMs = 250;
const relaySpreadMs = 30_000;
/** How long new letters wait for free slots before they are written without a lease. */
const slotsWithinMs = 250;
/** For so long after letters were found without a lease, each letter that is done starts a lease query. */
const lookMs = 5_000;
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
  private stopListening: (() => void) | undefined;
  private readonly sent: Batches<SentLetter>;
  private readonly doneWaiters = new Set<() => void>();
  /** When the last letters were done, as far as they count for `slots`. */
  private readonly doneAt: number[] = [];
  /** Until then letters may wait for one that is in progress here. */
  private lookUntil = -Infinity;
  private broughtForwardAt = -Infinity;
  private outages = new Outages();
  private lookedAt = -Infinity;

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
    this.outages = new Outages();
    this.loop = new PollLoop({
      pass: () => this.lease(),
      pollMs,
      untilDueMs: () =>
        this.inProgress.size === 0 && this.parts.db.hears(lettersDue) ? this.look() : Promise.resolve(0),
      minIntervalMs: () => leaseEveryMs,
    });
    this.loop.start();
    this.renewal = setInterval(() => {
      void this.renew();
      if (performance.now() > this.lookedAt + renewMs * 0.9) void this.look();
    }, renewMs);
    void this.look();
    void this.listen();
  }

  private async listen(): Promise<void> {
    const stop = await this.parts.db.listen(lettersDue, () => this.wake());
    if (this.running) this.stopListening = stop;
    else stop();
  }

  /** Starts a lease query soon, because letters without a lease are due. */
  wake(): void {
    this.lookUntil = performance.now() + lookMs;
    this.loop?.wake();
  }

  /** Whether there are as many letters as workers, or more. */
  isBusy(): boolean {
    return this.inProgress.size >= this.parts.workers;
  }

  /**
   * Resolves once there are slots for new letters, at the latest after `slotsWithinMs`. So events wait in their queue
   * rather than as letters, each of which would have to be leased later.
   */
  async whenFree(letters: number): Promise<void> {
    const isFree = (): boolean =>
      !this.running ||
      this.parts.mailer.state().failing ||
      (!this.mayHaveBacklog && this.free() >= Math.min(letters, this.slots() / 2));
    if (!isFree()) await this.whenDone(isFree, slotsWithinMs);
  }

  /**
   * Reserves the free slots: so many letters may be leased in the transaction that inserts them, which saves a lease
   * query and a new version of their rows. Ended by one `accept`.
   */
  reserveSlots(): number {
    this.reserved = this.running && !this.mayHaveBacklog ? Math.max(0, this.free() - this.beingLeased) : 0;
    return this.reserved;
  }

  /**
   * How many letters may be leased and not yet sent: twice as many as workers, or what this process sends in a quarter
   * of a second. More would wait here while another sender is idle.
   */
  private slots(): number {
    const { workers } = this.parts;
    const since = performance.now() - paceWindowMs;
    while (this.doneAt.length > 0 && (this.doneAt[0] ?? 0) < since) this.doneAt.shift();
    return Math.max(workers * 2, Math.min(workers * 10, workers + this.doneAt.length));
  }

  private numberIn(stage: LetterInProgress['stage']): number {
    return [...this.inProgress.values()].filter((each) => each.stage === stage).length;
  }

  private free(): number {
    return this.slots() - (this.inProgress.size - this.numberIn('recording'));
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
    this.stopListening?.();
    await this.loop?.stop();
    await this.returnLeases((each) => each.stage === 'waiting', true);
    await this.whenDone(() => this.inProgress.size === 0, this.parts.graceMs ?? graceMs);
    this.aborting = true;
    this.parts.mailer.close();
    await this.returnLeases(() => true, false);
    clearInterval(this.renewal);
  }

  /** Leases as many letters as there are slots, so that a free worker finds one, and lease queries return several. */
  private async lease(): Promise<number> {
    const { db, workers, logger } = this.parts;
    const room = this.free() - this.reserved;
    if (room < workers / 2 || this.numberIn('recording') > workers * 2) return 0;
    // Without a backlog, half of the room is kept for letters that are leased when they are written.
    const wanted = this.mayHaveBacklog ? room : Math.min(room, workers);
    this.beingLeased = wanted;
    try {
      const begun = performance.now();
      const leasedUntil = begun + leaseMs;
      const letters = await leaseLetters(db, this.owner, wanted, this.outages.before(begun));
      this.outages.answered(begun);
      this.mayHaveBacklog = letters.length === wanted;
      if (letters.length > 0) this.lookUntil = begun + lookMs;
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
    const free = this.parts.workers - this.numberIn('sending');
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

  private workerFreed(): void {
    for (const resolve of this.doneWaiters) resolve();
    this.startWorkers();
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
      this.doneAt.push(performance.now());
      this.workerFreed();
      // An error caused by closing the pool is not recorded: stop() returns the letter, due at once.
      if (!this.aborting || outcome.result === 'sent') await this.recordUntilDone(letter, outcome);
      if (outcome.result === 'sent' && wasFailing) await this.onRelayRecovered();
      if (outcome.result === 'deferred' && outcome.waitMs < renewMs)
        setTimeout(() => this.wake(), outcome.waitMs).unref();
    }
    if (this.aborting) return;
    this.inProgress.delete(letter.facts.letterId);
    this.workerFreed();
    if (performance.now() < this.lookUntil) this.loop?.wake();
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
      this.loop?.wake();
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'deferred letters could not be brought forward');
    }
  }

  /** Where the relay has become slow, more letters wait here than there are slots now: others may have them. */
  private async returnSurplus(): Promise<void> {
    const over = -this.free();
    if (over <= 0) return;
    const surplus = new Set([...this.inProgress.values()].filter(({ stage }) => stage === 'waiting').slice(-over));
    await this.returnLeases((each) => surplus.has(each), true);
  }

  private async renew(): Promise<void> {
    void this.returnSurplus();
    const ids = [...this.inProgress.keys()];
    if (ids.length === 0) return;
    try {
      const begun = performance.now();
      for (const id of await renewLeases(this.parts.db, this.owner, ids)) {
        const each = this.inProgress.get(id);
        if (each) each.leasedUntil = begun + leaseMs;
      }
      this.outages.renewed(begun);
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'leases not renewed');
    }
  }

  /** Looks for a failover, and for the next letter that is due; resolves with how long the loop may rest. */
  private async look(): Promise<number> {
    const begun = performance.now();
    this.lookedAt = begun;
    try {
      const { dueInMs, failoverAt } = await ledgerOutlook(this.parts.db);
      this.outages.noteFailover(failoverAt);
      this.outages.answered(begun);
      return restOf(dueInMs, renewMs);
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'the database does not say what is due and when it failed over');
      return 0;
    }
  }

  private async returnLeases(which: (each: LetterInProgress) => boolean, untried: boolean): Promise<void> {
    const ids = [...this.inProgress].filter(([, each]) => which(each)).map(([id]) => id);
    if (ids.length === 0) return;
    for (const id of ids) this.inProgress.delete(id);
    try {
      await returnLetters(this.parts.db, this.owner, ids, untried);
      this.parts.db.wake(lettersDue);
    } catch (error) {
      this.parts.logger.warn(
        { err: error, letters: ids.length },
        'letters could not be returned: their leases will expire',
      );
    }
  }

  private async whenDone(isMet: () => boolean, withinMs: number): Promise<void> {
    const until = performance.now() + withinMs;
    while (!isMet() && performance.now() < until) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, until - performance.now());
        const waiters = this.doneWaiters;
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
