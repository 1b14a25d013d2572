// The ingestor's counters (contract, section 2: GET /metrics).
// Incremented by the reader after its transaction committed.
import { Counter, Gauge, register } from 'prom-client';
import type { Queryable } from '#persistence';
import { kinds } from './interpret/reading';

export const inboundMails = new Counter({
  name: 'scheduling_inbound_mails_total',
  help: 'Mails read, by what they are',
  labelNames: ['kind'],
});

export const inboundIgnored = new Counter({
  name: 'scheduling_inbound_ignored_total',
  help: 'Mails without effect, by reason',
  labelNames: ['reason'],
});

export const parserFailures = new Counter({
  name: 'scheduling_parser_failures_total',
  help: 'Mails or calendars that could not be read',
});

export const inboundUnconfirmed = new Counter({
  name: 'scheduling_inbound_held_total',
  help: 'Answers not believed, which wait for a person, by reason',
  labelNames: ['reason'],
});

export const bounces = new Counter({
  name: 'scheduling_bounces_total',
  help: 'Recipients that a delivery report is about, by kind',
  labelNames: ['kind'],
});

export const organizerRefused = new Counter({
  name: 'scheduling_organizer_refused_total',
  help: 'Letters that came back because a host refused our own address as their sender',
});

/** Every known label value starts at 0, so that a rate over it is defined before its first event. */
for (const kind of ['hard', 'soft', 'delayed', 'delivered', 'complained']) bounces.inc({ kind }, 0);
for (const kind of kinds) inboundMails.inc({ kind }, 0);
for (const reason of [
  'own-mail',
  'unknown-uid',
  'unknown-attendee',
  'foreign-organizer',
  'not-the-event',
  'duplicate',
  'erased',
  'quarantined',
])
  inboundIgnored.inc({ reason }, 0);
for (const reason of [
  'attendee-mismatch',
  'authentication-doubtful',
  'authentication-failed',
  'envelope-mismatch',
  'from-mismatch',
  'tag-mismatch',
  'unverified',
])
  inboundUnconfirmed.inc({ reason }, 0);

/**
 * Counts at each scrape the stored mails that wait to be read; keeps the last count where the database does not answer.
 */
export function gaugeWaiting(db: Queryable): void {
  const name = 'scheduling_inbound_waiting';
  register.removeSingleMetric(name);
  new Gauge({
    name,
    help: 'Stored mails that wait to be read',
    async collect() {
      const [row] = await db
        .query<{ waiting: string }>(`select count(*) as waiting from imip_messages where state = 'stored'`)
        .catch(() => []);
      if (row) this.set(Number(row.waiting));
    },
  });
}
