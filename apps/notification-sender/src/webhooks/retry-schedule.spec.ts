// The schedule of the contract: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, each within 20 %.
import fc from 'fast-check';
import { retryWaitsMs, waitAfterMs } from './retry-schedule';

it('waits as the contract says, in the middle of its spread', () => {
  const seconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
  expect(seconds.map((_, at) => (waitAfterMs(at + 1, 0.5) ?? 0) / 1_000)).toEqual(seconds);
  expect(waitAfterMs(seconds.length + 1, 0.5)).toBeNull();
});

it('never waits more than a fifth less or more', () => {
  const chance = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), chance, (step, each) => {
      const [wait, given] = [waitAfterMs(step, each) ?? 0, retryWaitsMs[step - 1] ?? 0];
      return wait >= given * 0.8 - 1 && wait <= given * 1.2 + 1;
    }),
  );
});
