// The PRD's IMipIngestor (6.1): the injectable around the pure functions interpret and judge.
// Called by the reader; contains the app's trust configuration and the threads in which mails are read.
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { judge } from '../judge/judge';
import type { Judgement, MailContext, Trust } from '../judge/judgement';
import type { EnvelopeSender } from '../interpret/mail';
import type { PoolName, RawMailReader, ReadingResult } from './read-whole';

export type { ReadingResult } from './read-whole';

export const TRUST = Symbol('trust');
export const READINGS = Symbol('mail readings');

@Injectable()
export class IMipIngestor implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(TRUST) readonly trust: Trust,
    @Inject(READINGS) private readonly readings: RawMailReader,
  ) {}

  onApplicationBootstrap(): void {
    this.readings.warm();
  }

  /** Rejects where the mail could not be read, for whatever reason; the mail stays stored. */
  read(raw: Buffer, envelopeFrom: EnvelopeSender, pool: PoolName): Promise<ReadingResult> {
    return this.readings.read(raw, envelopeFrom, pool);
  }

  /** Gives up what the slow pool reads: a stop does not wait for it. */
  async giveUpSlow(): Promise<void> {
    await this.readings.closeSlow?.();
  }

  judge({ head, reading }: ReadingResult, known: MailContext, receivedAt: Date): Judgement {
    return judge(reading, head, known, this.trust, receivedAt);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.readings.close();
  }
}
