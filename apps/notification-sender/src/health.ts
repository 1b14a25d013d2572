// The sender's own health checks: the SMTP relay and the ledger.
// Passed to the health routes by main.ts, beside the checks of database and broker.
import type { Database } from '#persistence';
import type { HealthCheck } from '#service';
import { ledgerBacklog } from './ledger/lease-letters';
import type { Mailer } from './sending/mailer';

/** Due letters are sent at once: one this old means that nothing is sent. */
const lateAfterSeconds = 60;

/**
 * A sender that no relay has ever greeted is not ready: the fault may be in SMTP_URL, and a rollout stops here. Later a
 * failing relay or a late ledger is `degraded`, never `down`: letters are kept and sent later. Where other apps share
 * the process (`beside`), it is `degraded` from the start.
 */
export function healthChecks(parts: { db: Database; mailer: Mailer; beside?: boolean }): HealthCheck[] {
  return [
    {
      name: 'smtp',
      check: async () => {
        const greeted = await parts.mailer.hasGreeted();
        if (!greeted && !parts.beside) return { status: 'down', detail: { lastFault: parts.mailer.state().code } };
        const { failing, code, away } = parts.mailer.state();
        const relaysAway = away === undefined ? {} : { relaysAway: away };
        if (failing) return { status: 'degraded', detail: { lastFault: code, ...relaysAway } };
        // The other relays of SMTP_URL send its letters.
        return away === undefined ? { status: 'ok' } : { status: 'ok', detail: relaysAway };
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
