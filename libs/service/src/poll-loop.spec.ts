import { eventually } from '../../../test/support/eventually';
import { PollLoop } from './poll-loop';

/** A loop whose passes find what `found` contains, one entry a pass, and then nothing. */
function loopOf(found: number[], options: { pollMs: number; minIntervalMs?: () => number }) {
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

  it('stops at once while it waits', async () => {
    const { loop, begins } = loopOf([1], { pollMs: 60_000, minIntervalMs: () => 60_000 });
    loop.start();
    await eventually('the first pass', () => begins.length === 1);
    await loop.stop();
    expect(begins).toHaveLength(1);
  });
});
