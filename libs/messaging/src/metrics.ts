// The counters and gauges that messaging adds to prom-client's default registry.
// Incremented by the transports and the outbox publisher; scraped at /metrics.
import { Counter, Gauge, register } from 'prom-client';
import { type OutboxPort, queueNames } from '#contracts';

// Several transports in one process, and several loads of this file under test, share one registry.
function counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
  const known = register.getSingleMetric(name);
  return known instanceof Counter ? known : new Counter({ name, help, labelNames });
}

/** Dead events, each stored with its reason in a dead-letter queue or table. */
export const deadLetters = counter(
  'scheduling_dead_letters_total',
  'Events moved to the dead letters, each with its reason',
  [],
);

/** Events put back for a later attempt. */
export const retries = counter('scheduling_retries_total', 'Events to be tried again, by queue', ['queue']);
for (const queue of queueNames) retries.inc({ queue }, 0);

/**
 * How many events wait in the outbox, and the age of the oldest. Queried at each scrape; keeps the last value where the
 * query fails.
 */
export function gaugeOutbox(port: Pick<OutboxPort, 'backlog'>): void {
  let asked: ReturnType<typeof port.backlog> | undefined;
  // Both gauges are collected at the same time: one query serves both.
  const backlog = (): ReturnType<typeof port.backlog> => (asked ??= port.backlog().finally(() => (asked = undefined)));
  gauge(
    'scheduling_outbox_age_seconds',
    'Age of the oldest event waiting in the outbox',
    async () => (await backlog()).ageSeconds,
  );
  gauge('scheduling_outbox_depth', 'Events waiting in the outbox', async () => (await backlog()).depth);
}

function gauge(name: string, help: string, value: () => Promise<number>): void {
  register.removeSingleMetric(name);
  new Gauge({
    name,
    help,
    async collect() {
      await value().then(
        (now) => this.set(now),
        () => undefined,
      );
    },
  });
}
