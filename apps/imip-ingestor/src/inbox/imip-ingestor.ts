// The PRD's IMipIngestor (6.1): the injectable at the door of the pure functions, raw bytes in, meaning and judgement
// out.
// Called by the reader; holds the one trust configuration of the app and the threads in which mails are read.
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { judge } from '../judge/judge';
import type { Judgement, Known, Trust } from '../judge/judgement';
import type { EnvelopeSender } from '../interpret/mail';
import type { Lane, MailReadings, ReadMail } from './read-whole';

export type { ReadMail } from './read-whole';

export const TRUST = Symbol('whom to believe');
export const READINGS = Symbol('who reads');

@Injectable()
export class IMipIngestor implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(TRUST) readonly trust: Trust,
    @Inject(READINGS) private readonly readings: MailReadings,
  ) {}

  onApplicationBootstrap(): void {
    this.readings.warm();
  }

  /** Rejects where the mail could not be read, for whatever reason: a failed attempt, the mail stays. */
  read(raw: Buffer, envelopeFrom: EnvelopeSender, lane: Lane): Promise<ReadMail> {
    return this.readings.read(raw, envelopeFrom, lane);
  }

  /** Gives up what the slow lane reads: a stop does not wait for it. */
  async giveUpSlow(): Promise<void> {
    await this.readings.closeSlow?.();
  }

  judge({ head, reading }: ReadMail, known: Known, receivedAt: Date): Judgement {
    return judge(reading, head, known, this.trust, receivedAt);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.readings.close();
  }
}
