// The counters and the gauge that messaging adds to prom-client's default registry.
// Incremented by the transports and the relay; scraped at /metrics.
import { Counter, Gauge, register } from 'prom-client';
import type { OutboxPort } from '#contracts';

// Several transports in one process, and several loads of this file under test, share one registry.
function counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
  const known = register.getSingleMetric(name);
  return known instanceof Counter ? (known as Counter<L>) : new Counter({ name, help, labelNames });
}

/** Events given up, each kept with its reason in a dead-letter queue or table. */
export const deadLetters = counter('scheduling_dead_letters_total', 'Events set aside with a reason', []);

/** Events put back for a later attempt. */
export const retries = counter('scheduling_retries_total', 'Events to be tried again, by queue', ['queue']);

/** Shows the age of the oldest event that waits in the outbox, in seconds, asked for at each scrape; the last known where the store does not answer. */
export function gaugeOutboxAge(port: Pick<OutboxPort, 'backlog'>): void {
  const name = 'scheduling_outbox_age_seconds';
  register.removeSingleMetric(name);
  new Gauge({
    name,
    help: 'Age of the oldest event waiting in the outbox',
    async collect() {
      await port.backlog().then(
        ({ ageSeconds }) => this.set(ageSeconds),
        () => undefined,
      );
    },
  });
}
