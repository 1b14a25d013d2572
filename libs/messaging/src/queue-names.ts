// The names on the broker: each with BROKER_PREFIX before it.
// Used by the topology, the publisher, the consumers, the dead-letter tools, and by tests that clean up.
import { type QueueName, exchange } from '#contracts';
import { type RetryPolicy, defaultRetryPolicy } from './retry-policy';

export interface QueueNames {
  main: string;
  /** One queue for each retry step, so that a short wait is never queued behind a long one. */
  retry: string[];
  dead: string;
}

export const exchangeOn = (prefix: string): string => `${prefix}${exchange}`;

/** `<queue>`, `<queue>.retry`, `<queue>.retry.2` … and `<queue>.dead`. */
export function namesOf(prefix: string, queue: QueueName, policy: RetryPolicy = defaultRetryPolicy): QueueNames {
  const main = `${prefix}${queue}`;
  return { main, retry: policy.delaysMs.map((_, step) => retryName(main, step)), dead: `${main}.dead` };
}

const retryName = (main: string, step: number): string => (step === 0 ? `${main}.retry` : `${main}.retry.${step + 1}`);
