// Batches: a lone item runs at once, concurrent items share a run, and one item's fault does not fail the others.
import { Batches } from './batches';

/** A run that ends when it is told to, and what it was given. */
function stage<Item>() {
  const runs: { items: Item[]; end: (error?: Error) => void }[] = [];
  const run = (items: Item[]): Promise<void> =>
    new Promise((resolve, reject) => runs.push({ items, end: (error) => (error ? reject(error) : resolve()) }));
  return { runs, run };
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('the first item runs at once and alone; items that arrive meanwhile run together', async () => {
  const { runs, run } = stage<number>();
  const batches = new Batches({ largest: 10, run });
  const done = [1, 2, 3].map((each) => batches.add(each));
  expect(runs.map(({ items }) => items)).toEqual([[1]]);
  runs[0]?.end();
  await settled();
  expect(runs.map(({ items }) => items)).toEqual([[1], [2, 3]]);
  runs[1]?.end();
  await Promise.all(done);
});

it('a batch is no larger than allowed, and holds no two items of one key, in their order', async () => {
  const { runs, run } = stage<string>();
  const batches = new Batches({ largest: 2, keyOf: ([key = '']) => key, run });
  const done = ['x', 'a1', 'a2', 'b1', 'c1'].map((each) => batches.add(each));
  for (let at = 0; at < 4; at += 1) {
    runs[at]?.end();
    await settled();
  }
  await Promise.all(done);
  expect(runs.map(({ items }) => items)).toEqual([['x'], ['a1', 'b1'], ['a2', 'c1']]);
});

it('after a fault each item of the batch runs by itself, and only the faulty one fails', async () => {
  const runs: number[][] = [];
  const batches = new Batches<number>({
    largest: 10,
    run: async (items) => {
      runs.push(items);
      await settled();
      if (items.includes(13)) throw new Error('unlucky');
    },
  });
  const outcomes = await Promise.allSettled([1, 2, 13, 4].map((each) => batches.add(each)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(runs).toEqual([[1], [2, 13, 4], [2], [13], [4]]);
});

it('an outage of the database fails the whole batch, and no item runs again', async () => {
  const runs: number[][] = [];
  const batches = new Batches<number>({
    largest: 10,
    run: async (items) => {
      runs.push(items);
      await settled();
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    },
  });
  const outcomes = await Promise.allSettled([1, 2, 3].map((each) => batches.add(each)));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(runs).toEqual([[1], [2, 3]]);
});

it('after a batch under load the next one waits for the interval unless it is full; single items do not wait', async () => {
  const begun: { at: number; items: number[] }[] = [];
  const batches = new Batches<number>({
    largest: 4,
    everyMs: 100,
    run: async (items) => void begun.push({ at: performance.now(), items }),
  });
  for (const each of [1, 2, 3]) await batches.add(each);
  expect((begun[2]?.at ?? 0) - (begun[0]?.at ?? 0)).toBeLessThan(90);
  await settled();
  await Promise.all([4, 5, 6, 7, 8].map((each) => batches.add(each)));
  await settled();
  const last = batches.add(9);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all([last, batches.add(10)]);
  expect(begun.map(({ items }) => items)).toEqual([[1], [2], [3], [4], [5, 6, 7, 8], [9, 10]]);
  expect((begun[5]?.at ?? 0) - (begun[4]?.at ?? 0)).toBeGreaterThan(90);
});
