// The sending loop: takes due letters, keeps their leases, has them sent by at most as many hands as the relay's pool
// has connections.
// Woken by letters.consumer.ts, started and stopped by the app's life; several processes may run one each.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '#persistence';
import { Batches, PollLoop } from '#service';
import type { CalendarService } from '../render/calendar.service';
import { bringForward, leaseLetters, returnLetters, renewLeases } from '../ledger/lease-letters';
import { type LeasedLetter, leaseMs } from '../ledger/leased-letter';
import { type Outcome, type SentLetter, recordOutcome, recordSent } from '../ledger/record-outcome';
import type { Mailer } from './mailer';
import { sendSeconds } from '../metrics';

const pollMs = 1_000;
const renewMs = 3_000;
/** Of the ten seconds a process has to stop; the rest is for handing back. */
const graceMs = 7_000;
const recordAgainMs = 250;
const relaySpreadMs = 30_000;
/**
 * Claims, and records of what has left, are no closer to each other than this: under load each then serves several
 * letters.
 */
const [leaseEveryMs, recordEveryMs] = [15, 15];

interface LetterInProgress {
  letter: LeasedLetter;
  /** On this process's monotonic clock; a process that was frozen past it must not begin to send. */
  leasedUntil: number;
  /** `waiting` for a hand, in a hand, or out of it and not yet written down. */
  stage: 'waiting' | 'sending' | 'recording';
}

@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Under this name it holds letters. */
  readonly owner = `${hostname()} ${process.pid} ${randomUUID()}`;
  private readonly inProgress = new Map<string, LetterInProgress>();
  /** Places promised to letters that are being written. */
  private reserved = 0;
  /** Letters that a claim on its way may bring. */
  private beingLeased = 0;
  /** Older letters may be due: what is written now waits for its turn. */
  private mayHaveBacklog = true;
  private running = false;
  private aborting = false;
  private loop: PollLoop | undefined;
  private renewal: NodeJS.Timeout | undefined;
  private readonly sent: Batches<SentLetter>;
  private readonly idleWaiters = new Set<() => void>();
  private broughtForwardAt = -Infinity;

  constructor(
    private readonly parts: {
      db: Database;
      notifications: CalendarService;
      mailer: Mailer;
      workers: number;
      logger: Logger;
      /** For what is at the relay when the app stops. */
      graceMs?: number;
      /** Once the relay is back: how soon what had waited for it leaves, and how often that is done at most. */
      spreadMs?: number;
    },
  ) {
    // No two letters to one invitation at a time: which of them it shows is decided by what is written already.
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
    this.loop = new PollLoop({ pass: () => this.lease(), pollMs, minIntervalMs: () => leaseEveryMs });
    this.loop.start();
    this.renewal = setInterval(() => void this.renew(), renewMs);
  }

  /** Says that something may be due. */
  wake(): void {
    this.loop?.wake();
  }

  /** Whether there are as many letters as workers, or more. */
  isBusy(): boolean {
    return this.inProgress.size >= this.parts.workers;
  }

  /** How many letters may be claimed as they are written: as many as hands are free. Answered by one `take`. */
  reserveSlots(): number {
    const busy = [...this.inProgress.values()].filter((each) => each.stage !== 'recording').length;
    this.reserved =
      this.running && !this.mayHaveBacklog
        ? Math.max(0, Math.min(this.parts.workers, this.parts.workers * 2 - this.beingLeased) - busy)
        : 0;
    return this.reserved;
  }

  /** Takes letters that were claimed for it until `leasedUntil`; none where their transaction failed. */
  accept(letters: readonly LeasedLetter[], leasedUntil: number): void {
    this.reserved = 0;
    for (const letter of letters) this.inProgress.set(letter.facts.letterId, { letter, leasedUntil, stage: 'waiting' });
    if (this.running) this.startWorkers();
    else void this.returnLeases((each) => each.stage === 'waiting', true);
  }

  /**
   * No new claims; letters not begun go back at once, those at the relay get a grace, what is left then goes back
   * too.
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

  /** Twice as many letters as hands: the next ones are here when a hand gets free, and claims come in batches. */
  private async lease(): Promise<number> {
    const { db, workers: hands, logger } = this.parts;
    const recording = [...this.inProgress.values()].filter((each) => each.stage === 'recording').length;
    const room = hands * 2 - this.reserved - (this.inProgress.size - recording);
    if (room < hands / 2 || recording > hands * 2) return 0;
    // Where nothing was left over, some of the room is for letters that are taken as they are written.
    const wanted = this.mayHaveBacklog ? room : Math.min(room, hands);
    this.beingLeased = wanted;
    try {
      const leasedUntil = performance.now() + leaseMs;
      const letters = await leaseLetters(db, this.owner, wanted);
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
      // The next is written only when this one is on its way: its reader waits for both no longer than for one.
      setImmediate(() => this.startWorkers());
      return;
    }
  }

  private async deliver(each: LetterInProgress): Promise<void> {
    const { letter } = each;
    // A lease that ran out (the process was frozen) means that another sender may have the letter by now.
    if (performance.now() < each.leasedUntil) {
      const took = sendSeconds.startTimer();
      const { failing: troubled } = this.parts.mailer.state();
      const outcome = await this.parts.notifications.send(letter);
      took();
      each.stage = 'recording';
      this.startWorkers();
      // What the closing pool cut off was not the relay's fault: stop() hands it back, due at once.
      if (!this.aborting || outcome.result === 'sent') await this.recordUntilDone(letter, outcome);
      if (outcome.result === 'sent' && troubled) await this.onRelayRecovered();
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
   * The relay's answer must not be lost to a database that is away for a moment: the letter stays ours until it is
   * written down.
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

  /** What waits for the relay need not wait out what was meant for its absence. */
  private async onRelayRecovered(): Promise<void> {
    const spreadMs = this.parts.spreadMs ?? relaySpreadMs;
    if (performance.now() < this.broughtForwardAt + spreadMs) return;
    this.broughtForwardAt = performance.now();
    try {
      await bringForward(this.parts.db, spreadMs);
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'letters that wait for the relay not brought forward');
    }
  }

  private async renew(): Promise<void> {
    const ids = [...this.inProgress.keys()];
    if (ids.length === 0) return;
    try {
      const leasedUntil = performance.now() + leaseMs;
      for (const id of await renewLeases(this.parts.db, this.owner, ids)) {
        const each = this.inProgress.get(id);
        if (each) each.leasedUntil = leasedUntil;
      }
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'leases not renewed');
    }
  }

  private async returnLeases(which: (each: LetterInProgress) => boolean, untried: boolean): Promise<void> {
    const ids = [...this.inProgress].filter(([, each]) => which(each)).map(([id]) => id);
    if (ids.length === 0) return;
    for (const id of ids) this.inProgress.delete(id);
    try {
      await returnLetters(this.parts.db, this.owner, ids, untried);
    } catch (error) {
      this.parts.logger.warn({ err: error, letters: ids.length }, 'letters not handed back: their leases will run out');
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
