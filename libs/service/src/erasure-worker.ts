// Drives an app's share of every open erasure until it is done; what it did is in its row of progress, so that any
// replica continues after a crash (contract, section 7.6).
// Each app gives its own step; woken by the event, by the other apps' progress, and by a poll.
import {
  Controller,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type Type,
} from '@nestjs/common';
import type { Logger } from 'pino';
import type { AppName, Envelope } from '#contracts';
import { Consumes } from '#messaging';
import { type Database, erasuresChannel, openErasures, type OpenErasure } from '#persistence';
import { withCorrelation } from './correlation';
import { PollLoop } from './poll-loop';

/** While an erasure is open, and while there is none. */
const pollMs = { open: 1_000, idle: 15_000 } as const;

/** Does what can be done now of an app's share; safe to run twice, also at a time. */
export type ErasureStep = (erasure: OpenErasure, signal: AbortSignal) => Promise<void>;

/** Runs the `ErasureStep` of an app for each open erasure, until it is done. */
@Injectable()
export class ErasureWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private open = 0;
  private readonly loop = new PollLoop({
    pass: () => this.pass(),
    pollMs: () => (this.open > 0 ? pollMs.open : pollMs.idle),
  });
  private unlisten: (() => void) | undefined;

  constructor(
    private readonly db: Database,
    private readonly step: ErasureStep,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    void this.db
      .listen(erasuresChannel, () => this.wake())
      .then((stop) => (this.stopping.signal.aborted ? stop() : (this.unlisten = stop)));
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    this.unlisten?.();
    await this.loop.stop();
  }

  /** Looks for open erasures now, because an event or another app has changed one. */
  wake(): void {
    this.loop.wake();
  }

  /** Resolves with 0: an erasure that is still open waits for others, which wake this loop, or for the next poll. */
  private async pass(): Promise<0> {
    try {
      const open = await openErasures(this.db);
      for (const erasure of open) {
        if (this.stopping.signal.aborted) break;
        await withCorrelation(erasure.id, () => this.one(erasure));
      }
      this.open = open.length;
    } catch (error) {
      this.logger.warn({ err: error }, 'erasures could not be read');
      this.open = 0;
    }
    return 0;
  }

  private async one(erasure: OpenErasure): Promise<void> {
    try {
      await this.step(erasure, this.stopping.signal);
    } catch (error) {
      this.logger.warn({ err: error, erasureId: erasure.id }, 'erasure not done yet: it is tried again');
    }
  }
}

/** The consumer of an app's queue of erasures: it wakes the worker; the row of progress decides what is done next. */
export function peopleConsumerOf(queue: `${AppName}.people`): Type {
  @Controller()
  class PeopleConsumer {
    constructor(@Inject(ErasureWorker) private readonly worker: ErasureWorker) {}

    @Consumes(queue, 'PersonErasureRequested')
    async onRequested(_event: Envelope<'PersonErasureRequested'>): Promise<void> {
      this.worker.wake();
    }
  }
  return PeopleConsumer;
}
