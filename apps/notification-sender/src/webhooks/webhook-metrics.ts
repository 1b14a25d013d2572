// What the sender counts of webhooks, in prom-client's default registry; no endpoint and no URL is a label.
// Incremented by webhook-dispatcher.ts; scraped at /metrics.
import { Counter, Gauge, Histogram, register } from 'prom-client';
import type { Queryable } from '#persistence';

const names = {
  total: 'scheduling_webhooks_total',
  seconds: 'scheduling_webhook_seconds',
  disabled: 'scheduling_webhook_endpoints_disabled_total',
  backlog: 'scheduling_webhook_backlog',
  age: 'scheduling_webhook_age_seconds',
};
for (const name of Object.values(names)) register.removeSingleMetric(name);

export const webhooksTotal = new Counter({
  name: names.total,
  help: 'Tries of webhooks by what became of them',
  labelNames: ['result'],
});
for (const result of ['delivered', 'retried', 'failed']) webhooksTotal.inc({ result }, 0);

export const webhookSeconds = new Histogram({
  name: names.seconds,
  help: "From the request to the endpoint's response",
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
});

export const webhooksDisabled = new Counter({
  name: names.disabled,
  help: 'Endpoints that were disabled because they responded with 410 (gone) or failed at every try for five days (failing)',
  labelNames: ['why'],
});
for (const why of ['gone', 'failing']) webhooksDisabled.inc({ why }, 0);

/**
 * Shows what waits at each scrape: how many are due or wait for another try, and for how long the oldest due one has.
 */
export function gaugeWebhooks(db: Queryable): void {
  for (const name of [names.backlog, names.age]) register.removeSingleMetric(name);
  const oldest = new Gauge({ name: names.age, help: 'For how long the oldest due webhook has waited' });
  new Gauge({
    name: names.backlog,
    help: 'Webhooks that are due, that wait for another try, or whose endpoint is disabled',
    labelNames: ['state'],
    async collect() {
      const [row] = await db.query<WebhookBacklog>(waiting).catch((): WebhookBacklog[] => []);
      if (!row) return;
      this.set({ state: 'due' }, Number(row.due));
      this.set({ state: 'retry' }, Number(row.retry));
      this.set({ state: 'disabled' }, Number(row.disabled));
      oldest.set(Math.max(0, Number(row.late ?? 0)));
    },
  });
}

interface WebhookBacklog {
  due: string;
  retry: string;
  disabled: string;
  late: string | null;
}

const waiting = `
  select count(*) filter (where e.status = 'enabled' and d.due_at <= now()) as due,
         count(*) filter (where e.status = 'enabled' and d.due_at > now()) as retry,
         count(*) filter (where e.status = 'disabled') as disabled,
         extract(epoch from now() - min(d.due_at) filter (where e.status = 'enabled' and d.due_at <= now())) as late
    from webhook_endpoints e join webhook_deliveries d on d.endpoint_id = e.id
   where d.status = 'pending'`;
