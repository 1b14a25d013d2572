// Two lanes of reading threads: every mail begins in the quick one, and one that takes long there is read in the slow
// one, where only its like wait.
// Given to IMipIngestor by the app's module; the reader decides which mail goes where.
import type { EnvelopeSender } from '../interpret/mail';
import type { Lane, MailReadings, ReadMail } from './read-whole';
import { ReadingPool, type ReadingPoolOptions } from './reading-pool';

/** CPU for a mail in the quick lane: some thirty times what the slowest hundredth of ordinary mails takes. */
const quickMillis = 150;

export class ReadingLanes implements MailReadings {
  private readonly lanes: Record<Lane, ReadingPool>;

  /** `options` are for both lanes; the slice is the quick lane's. */
  constructor({ sliceMillis = quickMillis, ...options }: ReadingPoolOptions = {}) {
    this.lanes = { quick: new ReadingPool({ ...options, sliceMillis }), slow: new ReadingPool(options) };
  }

  /** The slow lane starts with its first mail. */
  warm(): void {
    this.lanes.quick.warm();
  }

  read(raw: Buffer, envelopeFrom: EnvelopeSender, lane: Lane = 'quick'): Promise<ReadMail> {
    return this.lanes[lane].read(raw, envelopeFrom);
  }

  async closeSlow(): Promise<void> {
    await this.lanes.slow.close();
  }

  async close(): Promise<void> {
    await Promise.all([this.lanes.quick.close(), this.lanes.slow.close()]);
  }
}
