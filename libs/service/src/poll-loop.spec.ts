import { eventually } from '../../../test/support/eventually';
import { PollLoop } from './poll-loop';

/** A loop whose passes find what `found` contains, one entry a pass, and then nothing. */
function loopOf(
  found: number[],
  options: { pollMs: number; minIntervalMs?: () => number; untilDueMs?: () => Promise<number> },
) {
  const begins: number[] = [];
  const loop = new PollLoop({
    pass: () => {
      begins.push(performance.now());
      return Promise.resolve(found.shift() ?? 0);
    },
    ...options,
  });
  return { loop, begins };
}

describe('a poll loop', () => {
  it('runs again at once while it finds work, and then waits', async () => {
    const { loop, begins } = loopOf([3, 2], { pollMs: 60_000 });
    loop.start();
    await eventually('three passes', () => begins.length === 3);
    await loop.stop();
    expect(begins).toHaveLength(3);
  });

  it('runs again when it is woken, and at the next poll', async () => {
    const woken = loopOf([], { pollMs: 60_000 });
    woken.loop.start();
    await eventually('the first pass', () => woken.begins.length === 1);
    woken.loop.wake();
    await eventually('the pass after the wake', () => woken.begins.length === 2);
    await woken.loop.stop();
    const polled = loopOf([], { pollMs: 5 });
    polled.loop.start();
    await eventually('three polls', () => polled.begins.length >= 3);
    await polled.loop.stop();
  });

  it('keeps its passes apart, also when it is woken', async () => {
    const { loop, begins } = loopOf([1, 1, 1], { pollMs: 60_000, minIntervalMs: () => 40 });
    loop.start();
    await eventually('four passes', () => {
      loop.wake();
      return begins.length >= 4;
    });
    await loop.stop();
    const gaps = begins.slice(1).map((begin, at) => begin - (begins[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(39);
  });

  it('rests until its next row is due, and asks again before the next pass', async () => {
    const due = [1, 2, 3, 0];
    let asked = 0;
    const { loop, begins } = loopOf([], {
      pollMs: 60_000,
      untilDueMs: () => Promise.resolve(due[asked++] ?? 60_000),
    });
    loop.start();
    await eventually('the pass after the row fell due', () => begins.length === 2);
    await eventually('it rests', () => asked === 5);
    await loop.stop();
    expect([begins.length, asked]).toEqual([2, 5]);
  });

  it('polls for a row that is due and that the pass could not take', async () => {
    const { loop, begins } = loopOf([], { pollMs: 5, untilDueMs: () => Promise.resolve(0) });
    loop.start();
    await eventually('three polls', () => begins.length >= 3);
    await loop.stop();
  });

  it('is woken while it rests, and while it asks', async () => {
    let answer: (ms: number) => void = () => undefined;
    let asked = 0;
    const { loop, begins } = loopOf([], {
      pollMs: 60_000,
      untilDueMs: () => new Promise((resolve) => ((asked += 1), (answer = resolve))),
    });
    loop.start();
    await eventually('it asks', () => asked === 1);
    loop.wake();
    answer(60_000);
    await eventually('the pass after the wake', () => begins.length === 2);
    await eventually('it asks again', () => asked === 2);
    answer(60_000);
    await new Promise((resolve) => setImmediate(resolve));
    loop.wake();
    await eventually('the pass after the second wake', () => begins.length === 3);
    const stopped = loop.stop();
    answer(60_000);
    await stopped;
  });

  it('stops at once while it waits', async () => {
    const { loop, begins } = loopOf([1], { pollMs: 60_000, minIntervalMs: () => 60_000 });
    loop.start();
    await eventually('the first pass', () => begins.length === 1);
    await loop.stop();
    expect(begins).toHaveLength(1);
  });
});
