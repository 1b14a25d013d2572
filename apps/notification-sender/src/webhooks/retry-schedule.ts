// Decides when a failed webhook is tried again, and when it fails for good (contract, section 7.3). Pure.
// Called by webhook-dispatcher.ts with the number of the try that failed.

const [second, minute, hour] = [1_000, 60_000, 3_600_000];

/** Waits after the first, second, … failed attempt, in milliseconds; after the last one it stays failed. */
export const retryWaitsMs = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** The random share of a wait, plus or minus, so that endpoints that failed together are not called together again. */
const jitter = 0.2;

/** The wait after failed try `step` (from 1), or null where it was the last. `chance` is from 0 to 1. */
export function waitAfterMs(step: number, chance: number): number | null {
  const wait = retryWaitsMs[step - 1];
  return wait === undefined ? null : Math.round(wait * (1 + jitter * (2 * chance - 1)));
}
