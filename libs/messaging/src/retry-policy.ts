// How often and how long after a failure an event is tried again, as data, for both transports alike.
// Read by the consumers of RabbitMQ (one retry queue per step), the in-process transport and the publisher.

export interface RetryPolicy {
  /** Wait before the 2nd, 3rd, … attempt in milliseconds; the last one serves for all further attempts. */
  delaysMs: readonly [number, ...number[]];
  /** Attempts in all; after that many failures the event goes to the dead letters. */
  maxAttempts: number;
}

/** About 50 minutes in all: a shorter outage of the database makes no event dead. */
export const defaultRetryPolicy: RetryPolicy = { delaysMs: [1_000, 5_000, 30_000, 120_000, 600_000], maxAttempts: 10 };

export type NextAttempt = { retry: true; step: number; afterMs: number } | { retry: false };

/** What follows failure number `failures` (1 for the first). `step` counts from 0 and names the retry queue. */
export function afterFailure(policy: RetryPolicy, failures: number): NextAttempt {
  if (failures >= policy.maxAttempts) return { retry: false };
  const step = Math.min(Math.max(failures, 1), policy.delaysMs.length) - 1;
  return { retry: true, step, afterMs: policy.delaysMs[step] ?? policy.delaysMs[0] };
}

/**
 * Wait before try number `attempt` (1 for the first) of anything that must not be repeated too fast: doubles up to the
 * cap, with half of it random.
 */
export function backoffMs(attempt: number, baseMs: number, capMs: number): number {
  const full = Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full * (0.5 + Math.random() / 2));
}
