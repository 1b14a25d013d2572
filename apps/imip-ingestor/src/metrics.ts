// The ingestor's counters (contract, section 2: GET /metrics).
// Incremented by the reader after its transaction committed.
import { Counter } from 'prom-client';

export const inboundMails = new Counter({ name: 'scheduling_inbound_mails_total', help: 'Mails read, by what they are', labelNames: ['kind'] });

export const inboundIgnored = new Counter({
  name: 'scheduling_inbound_ignored_total',
  help: 'Mails without effect, by reason',
  labelNames: ['reason'],
});

export const parserFailures = new Counter({
  name: 'scheduling_parser_failures_total',
  help: 'Mails or calendars that could not be read',
});
