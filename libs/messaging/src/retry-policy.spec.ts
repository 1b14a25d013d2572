// The retry policy as data: how many attempts, how long between them.
import fc from 'fast-check';
import { afterFailure, backoffMs, defaultRetryPolicy } from './retry-policy';

it('the default waits 1 s, 5 s, 30 s, 2 min, then 10 min each, and gives up after ten attempts', () => {
  const waits = Array.from({ length: 10 }, (_, failures) => afterFailure(defaultRetryPolicy, failures + 1));
  expect(waits.map((next) => (next.retry ? next.afterMs / 1000 : 'dead'))).toEqual([
    1,
    5,
    30,
    120,
    600,
    600,
    600,
    600,
    600,
    'dead',
  ]);
  expect(waits.map((next) => (next.retry ? next.step : -1))).toEqual([0, 1, 2, 3, 4, 4, 4, 4, 4, -1]);
});

it('whatever the policy, an event is tried as often as it says and every wait is one of its own', () => {
  const policies = fc.record({
    delaysMs: fc
      .array(fc.nat(), { minLength: 1 })
      .map(([first = 0, ...rest]): [number, ...number[]] => [first, ...rest]),
    maxAttempts: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(policies, (policy) => {
      for (let failures = 1; failures < policy.maxAttempts; failures += 1) {
        const next = afterFailure(policy, failures);
        if (!next.retry || policy.delaysMs[next.step] !== next.afterMs) return false;
      }
      return !afterFailure(policy, policy.maxAttempts).retry;
    }),
  );
});

it('a backoff lies between half of and the whole doubled base, never past its cap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), (attempt) => {
      const full = Math.min(5_000, 100 * 2 ** (attempt - 1));
      const waited = backoffMs(attempt, 100, 5_000);
      return waited >= full / 2 - 1 && waited <= full;
    }),
  );
});
