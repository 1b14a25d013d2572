// The sending loop: takes due letters, keeps their leases, has them sent by at most as many hands as the relay's pool has connections.
// Woken by letters.consumer.ts, started and stopped by the app's life; several processes may run one each.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '#persistence';
import type { CalendarService } from './calendar.service';
import { bringForward, type ClaimedLetter, claimLetters, handBack, leaseMs, renewLeases } from './claimed-letters';
import type { Outcome } from './letter-outcome';
import { OutcomeRecorder } from './outcome-recorder';
import type { Mailer } from './mailer';
import { sendSeconds } from './metrics';

const pollMs = 1_000;
const renewMs = 3_000;
/** Of the ten seconds a process has to stop; the rest is for handing back. */
const graceMs = 7_000;
const recordAgainMs = 250;
const relaySpreadMs = 30_000;

interface InHand {
  letter: ClaimedLetter;
  /** On this process's monotonic clock; a process that was frozen past it must not begin to send. */
  heldUntil: number;
  sending: boolean;
}

@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly owner = `${hostname()} ${process.pid} ${randomUUID()}`;
  private readonly inHand = new Map<string, InHand>();
  private running = false;
  private aborting = false;
  private loop: Promise<void> = Promise.resolve();
  private renewal: NodeJS.Timeout | undefined;
  private woken = false;
  private rouse: (() => void) | undefined;
  private readonly recorder: OutcomeRecorder;
  private readonly idleWaiters = new Set<() => void>();
  private broughtForwardAt = -Infinity;

  constructor(
    private readonly parts: {
      db: Database;
      notifications: CalendarService;
      mailer: Mailer;
      hands: number;
      logger: Logger;
      /** For what is at the relay when the app stops. */
      graceMs?: number;
      /** Once the relay is back: how soon what had waited for it leaves, and how often that is done at most. */
      spreadMs?: number;
    },
  ) {
    this.recorder = new OutcomeRecorder(parts.db, this.owner);
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
    this.loop = this.run();
    this.renewal = setInterval(() => void this.renew(), renewMs);
  }

  /** Says that something may be due. */
  wake(): void {
    this.woken = true;
    this.rouse?.();
  }

  /** No new claims; letters not begun go back at once, those at the relay get a grace, what is left then goes back too. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.running = false;
    this.rouse?.();
    await this.loop;
    await this.giveBack((each) => !each.sending, true);
    await this.whenEmpty(this.parts.graceMs ?? graceMs);
    this.aborting = true;
    this.parts.mailer.close();
    await this.giveBack(() => true, false);
    clearInterval(this.renewal);
  }

  private async run(): Promise<void> {
    while (this.running) {
      this.woken = false;
      const claimed = await this.claim();
      if (claimed === 0) await this.rest();
    }
  }

  /** Twice as many letters as hands: the next ones are here when a hand gets free, and claims come in batches. */
  private async claim(): Promise<number> {
    const { db, hands, logger } = this.parts;
    if (this.inHand.size > hands) return 0;
    try {
      const heldUntil = performance.now() + leaseMs;
      const letters = await claimLetters(db, this.owner, hands * 2 - this.inHand.size);
      for (const letter of letters) this.inHand.set(letter.facts.letterId, { letter, heldUntil, sending: false });
      this.fillHands();
      return letters.length;
    } catch (error) {
      logger.error({ err: error }, 'cannot read the ledger');
      return 0;
    }
  }

  private async rest(): Promise<void> {
    if (this.woken || !this.running) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      this.rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.rouse = undefined;
  }

  private fillHands(): void {
    let free = this.parts.hands - [...this.inHand.values()].filter((each) => each.sending).length;
    for (const each of this.inHand.values()) {
      if (free <= 0 || !this.running) return;
      if (each.sending) continue;
      each.sending = true;
      free -= 1;
      void this.deliver(each);
    }
  }

  private async deliver(each: InHand): Promise<void> {
    const { letter } = each;
    // A lease that ran out (the process was frozen) means that another sender may have the letter by now.
    if (performance.now() < each.heldUntil) {
      const took = sendSeconds.startTimer();
      const { troubled } = this.parts.mailer.state();
      const outcome = await this.parts.notifications.send(letter);
      took();
      // What the closing pool cut off was not the relay's fault: stop() hands it back, due at once.
      if (!this.aborting || outcome.result === 'sent') await this.recordSurely(letter, outcome);
      if (outcome.result === 'sent' && troubled) await this.relayIsBack();
      if (outcome.result === 'deferred' && outcome.waitMs < pollMs) setTimeout(() => this.wake(), outcome.waitMs).unref();
    }
    if (this.aborting) return;
    this.inHand.delete(letter.facts.letterId);
    for (const resolve of this.idleWaiters) resolve();
    this.fillHands();
    this.wake();
  }

  /** The relay's answer must not be lost to a database that is away for a moment: the hand stays taken until it is written down. */
  private async recordSurely(letter: ClaimedLetter, outcome: Outcome): Promise<void> {
    for (;;) {
      try {
        await this.recorder.record(letter, outcome);
        return;
      } catch (error) {
        this.parts.logger.error({ err: error, letterId: letter.facts.letterId }, 'outcome not recorded yet');
        if (this.aborting) return;
        await new Promise((resolve) => setTimeout(resolve, recordAgainMs));
      }
    }
  }

  /** What waits for the relay need not wait out what was meant for its absence. */
  private async relayIsBack(): Promise<void> {
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
    const ids = [...this.inHand.keys()];
    if (ids.length === 0) return;
    try {
      const heldUntil = performance.now() + leaseMs;
      for (const id of await renewLeases(this.parts.db, this.owner, ids)) {
        const each = this.inHand.get(id);
        if (each) each.heldUntil = heldUntil;
      }
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'leases not renewed');
    }
  }

  private async giveBack(which: (each: InHand) => boolean, untried: boolean): Promise<void> {
    const ids = [...this.inHand].filter(([, each]) => which(each)).map(([id]) => id);
    if (ids.length === 0) return;
    for (const id of ids) this.inHand.delete(id);
    try {
      await handBack(this.parts.db, this.owner, ids, untried);
    } catch (error) {
      this.parts.logger.warn({ err: error, letters: ids.length }, 'letters not handed back: their leases will run out');
    }
  }

  private async whenEmpty(withinMs: number): Promise<void> {
    const until = performance.now() + withinMs;
    while (this.inHand.size > 0 && performance.now() < until) {
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
