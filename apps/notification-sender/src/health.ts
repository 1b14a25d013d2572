// What a probe learns about the sender's own work: the relay and the ledger.
// Handed to the health page by main.ts, beside the checks of database and broker.
import type { Database } from '#persistence';
import type { HealthCheck } from '#service';
import { ledgerBacklog } from './ledger/lease-letters';
import type { Mailer } from './sending/mailer';

/** Letters wait in order and send at once: a due one this old means that nothing leaves. */
const lateAfterSeconds = 60;

/** A relay in trouble or a late ledger is `degraded`, never `down`: letters are kept and leave later. */
export function healthChecks(parts: { db: Database; mailer: Mailer }): HealthCheck[] {
  return [
    {
      name: 'smtp',
      check: async () => {
        const { failing: troubled, code } = parts.mailer.state();
        return troubled ? { status: 'degraded', detail: { lastFault: code } } : { status: 'ok' };
      },
    },
    {
      name: 'letters',
      check: async () => {
        const backlog = await ledgerBacklog(parts.db);
        return { status: backlog.oldestDueSeconds > lateAfterSeconds ? 'degraded' : 'ok', detail: { ...backlog } };
      },
    },
  ];
}
