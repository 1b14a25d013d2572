// What the sender counts, in prom-client's default registry under the contract's names.
// Incremented by the ledger and the dispatcher; scraped at /metrics.
import { Counter, Histogram, register } from 'prom-client';

function counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
  const known = register.getSingleMetric(name);
  return known instanceof Counter ? (known as Counter<L>) : new Counter({ name, help, labelNames });
}

function histogram(name: string, help: string, buckets: number[]): Histogram {
  const known = register.getSingleMetric(name);
  return known instanceof Histogram ? known : new Histogram({ name, help, buckets });
}

/** `result`: sent, deferred, failed, blocked, superseded. */
export const lettersTotal = counter('scheduling_letters_total', 'Letters by method and what became of them', ['method', 'result']);

export const sendSeconds = histogram(
  'scheduling_letter_send_seconds',
  'From taking up a letter to the relay\'s answer',
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
);

export const gateBlocks = counter('scheduling_privacy_gate_blocks_total', 'Letters stopped because they held the other party\'s address', []);

/** Shared with messaging, which counts the events it gives up under the same name. */
export const deadLetters = counter('scheduling_dead_letters_total', 'Events set aside with a reason', []);
