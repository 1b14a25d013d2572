// Work that is cheaper together: what comes while one batch is at work goes into the next, so that nobody waits for
// company when there is none.
// Used where one transaction can serve many: the sender's events and outcomes, the answers of scheduling-api.
import { isOutage } from '#contracts';

export interface BatchOptions<Item> {
  largest: number;
  /** Does all of it or nothing; rejects where nothing was done. */
  run(items: Item[]): Promise<void>;
  /** Two items of one key are never in one batch: the second must find the first one done. */
  keyOf?(item: Item): string;
  /**
   * After a batch of some size the next begins no sooner than this, in milliseconds: under load each then finds
   * company, and without load nobody waits.
   */
  everyMs?: number;
}

/** A batch of so many is a sign of load. */
const batchUnderLoad = 3;

interface Waiting<Item> {
  item: Item;
  resolve(): void;
  reject(error: unknown): void;
}

export class Batches<Item> {
  private readonly waiting: Waiting<Item>[] = [];
  private working = false;
  /** On the monotonic clock. */
  private next = 0;

  constructor(private readonly options: BatchOptions<Item>) {}

  /** Resolves once the item is done; rejects with what its own run threw, and then nothing of it is. */
  add(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.working) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.working = true;
    const { everyMs = 0, largest } = this.options;
    while (this.waiting.length > 0) {
      const early = this.next - performance.now();
      if (early > 0 && this.waiting.length < largest) await new Promise((resolve) => setTimeout(resolve, early));
      const batch = this.nextBatch();
      if (batch.length >= batchUnderLoad) this.next = performance.now() + everyMs;
      await this.runBatch(batch);
    }
    this.working = false;
  }

  private nextBatch(): Waiting<Item>[] {
    const { largest, keyOf } = this.options;
    if (!keyOf) return this.waiting.splice(0, largest);
    const keys = new Set<string>();
    const batch = this.waiting.filter(({ item }) => {
      const key = keyOf(item);
      const fits = keys.size < largest && !keys.has(key);
      if (fits) keys.add(key);
      return fits;
    });
    for (const each of batch) this.waiting.splice(this.waiting.indexOf(each), 1);
    return batch;
  }

  private async runBatch(batch: Waiting<Item>[]): Promise<void> {
    try {
      await this.options.run(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // What one item does to a statement is not the others' loss.
      if (batch.length > 1 && !isOutage(error)) for (const each of batch) await this.runBatch([each]);
      else for (const { reject } of batch) reject(error);
    }
  }
}
