// Groups concurrent items into one call of `run`: items that arrive while a batch runs form the next one; a lone item
// runs at once.
// Used where one transaction can serve many items: the sender's events and outcomes, the mails of scheduling-api.
import { isOutage } from '#contracts';

export interface BatchOptions<Item> {
  largest: number;
  /** Does all items or none; rejects where none was done. */
  run(items: Item[]): Promise<void>;
  /** Two items with one key are never in one batch: the second must see the first one's effect. */
  keyOf?(item: Item): string;
  /**
   * After a batch under load the next begins no sooner than this, in milliseconds, so that batches get larger; without
   * load nothing waits.
   */
  everyMs?: number;
}

/** A batch of at least so many items is a sign of load. */
const batchUnderLoad = 3;

interface PendingItem<Item> {
  item: Item;
  resolve(): void;
  reject(error: unknown): void;
}

/** Runs items in batches of at most `largest`, one batch at a time. */
export class Batches<Item> {
  private readonly waiting: PendingItem<Item>[] = [];
  private working = false;
  /** On the monotonic clock. */
  private next = 0;

  constructor(private readonly options: BatchOptions<Item>) {}

  /** Resolves once the item is done; rejects with the error of its run, and then nothing of it was done. */
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

  private nextBatch(): PendingItem<Item>[] {
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

  private async runBatch(batch: PendingItem<Item>[]): Promise<void> {
    try {
      await this.options.run(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // One bad item must not fail the others: they run again one by one.
      if (batch.length > 1 && !isOutage(error)) for (const each of batch) await this.runBatch([each]);
      else for (const { reject } of batch) reject(error);
    }
  }
}
