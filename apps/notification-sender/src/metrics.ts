// What the sender counts, in prom-client's default registry under the contract's names.
// Incremented by the ledger and the dispatcher; scraped at /metrics.
import { Counter, Gauge, Histogram, register } from 'prom-client';
import { LetterMethod } from '#contracts';
import type { Queryable } from '#persistence';

function counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
  const known = register.getSingleMetric(name);
  return known instanceof Counter ? known : new Counter({ name, help, labelNames });
}

function gauge<L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> {
  const known = register.getSingleMetric(name);
  return known instanceof Gauge ? known : new Gauge({ name, help, labelNames });
}

function histogram(name: string, help: string, buckets: number[]): Histogram {
  const known = register.getSingleMetric(name);
  return known instanceof Histogram ? known : new Histogram({ name, help, buckets });
}

/** `result`: sent, deferred, failed, blocked, superseded. */
export const lettersTotal = counter('scheduling_letters_total', 'Letters by method and what became of them', [
  'method',
  'result',
]);
for (const method of LetterMethod.options) {
  for (const result of ['sent', 'deferred', 'failed', 'blocked', 'superseded']) lettersTotal.inc({ method, result }, 0);
}

export const sendSeconds = histogram(
  'scheduling_letter_send_seconds',
  "From the start of an attempt to the SMTP relay's reply",
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
);

/**
 * `result`: taken, refused (also for now, or the connection ended after the letter's content had begun), unusable (the
 * relay itself failed before that).
 */
export const relayLetters = counter('scheduling_relay_letters_total', 'Letters offered to each relay of SMTP_URL', [
  'relay',
  'result',
]);

/** 1 while the relay is left out because it could not be used. */
export const relayAway = gauge('scheduling_relay_away', 'Whether a relay of SMTP_URL is left out for now', ['relay']);

export const gateBlocks = counter(
  'scheduling_privacy_gate_blocks_total',
  "Letters stopped because they held the other party's address",
  [],
);

/** Shared with messaging, which counts the events it gives up under the same name. */
export const deadLetters = counter(
  'scheduling_dead_letters_total',
  'Events moved to the dead letters, each with its reason',
  [],
);

/** The states that the gauge shows; sent and superseded letters are counted above. */
const openStates = ['due', 'sending', 'failed', 'blocked'];

/**
 * Shows the ledger at each scrape: letters by state, and for how long the oldest due one has waited; the last known
 * where the database does not answer.
 */
export function gaugeLedger(db: Queryable): void {
  const [letters, age] = ['scheduling_ledger_letters', 'scheduling_ledger_age_seconds'];
  for (const name of [letters, age]) register.removeSingleMetric(name);
  const oldest = new Gauge({ name: age, help: 'For how long the oldest due letter has waited' });
  new Gauge({
    name: letters,
    help: 'Letters in the ledger by state',
    labelNames: ['state'],
    async collect() {
      const rows = await db
        .query<{ state: string; letters: string; late: string | null }>(ledgerStates)
        .catch(() => null);
      if (rows === null) return;
      for (const state of openStates)
        this.set({ state }, Number(rows.find((row) => row.state === state)?.letters ?? 0));
      oldest.set(Math.max(0, ...rows.map((row) => Number(row.late ?? 0))));
    },
  });
}

// Each part is counted from an index of its own, because the ledger also keeps all sent letters.
const ledgerStates = `
  select state, count(*) as letters, extract(epoch from now() - min(due_at) filter (where due_at <= now())) as late
    from letters where state in ('due', 'sending') group by state
   union all
  select state, count(*), null from letters where state in ('failed', 'blocked') group by state`;
