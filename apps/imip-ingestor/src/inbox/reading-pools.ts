// Two pools of reading threads: every mail is read in the quick pool first; one that takes too long there is read again
// in the slow pool.
// Given to IMipIngestor by the app's module; the reader decides which mail goes where.
import type { EnvelopeSender } from '../interpret/mail';
import type { PoolName, RawMailReader, ReadingResult } from './read-whole';
import { ReadingPool, type ReadingPoolOptions } from './reading-pool';

/** CPU limit of a mail in the quick pool: about thirty times the 99th percentile of ordinary mails. */
const quickCpuMs = 150;

export class ReadingPools implements RawMailReader {
  private readonly pools: Record<PoolName, ReadingPool>;

  /** `options` are for both pools; `sliceMs` is for the quick pool only. */
  constructor({ sliceMs = quickCpuMs, ...options }: ReadingPoolOptions = {}) {
    this.pools = { quick: new ReadingPool({ ...options, sliceMs }), slow: new ReadingPool(options) };
  }

  /** The slow pool starts with its first mail. */
  warm(): void {
    this.pools.quick.warm();
  }

  read(raw: Buffer, envelopeFrom: EnvelopeSender, pool: PoolName = 'quick'): Promise<ReadingResult> {
    return this.pools[pool].read(raw, envelopeFrom);
  }

  async closeSlow(): Promise<void> {
    await this.pools.slow.close();
  }

  async close(): Promise<void> {
    await Promise.all([this.pools.quick.close(), this.pools.slow.close()]);
  }
}
