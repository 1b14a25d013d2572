// The ingestor's health check: degraded while mails wait for too long or are in quarantine.
// Passed to the HTTP app by each main.
import type { Database } from '#persistence';
import type { HealthCheck } from '#service';

/** Mails are read within two seconds; an older one means that reading does not keep up. */
const lateAfterSeconds = 60;

export const imipIngestorChecks = (database: Database): HealthCheck[] => [
  {
    name: 'inbound',
    async check() {
      const [row] = await database.query<{ waiting: string; age: string | null; quarantined: string }>(
        `select count(*) as waiting, extract(epoch from clock_timestamp() - min(received_at)) as age,
                (select count(*) from imip_messages where state = 'quarantined') as quarantined
           from imip_messages where state = 'stored'`,
      );
      const detail = {
        waiting: Number(row?.waiting ?? 0),
        oldestSeconds: Math.round(Number(row?.age ?? 0)),
        quarantined: Number(row?.quarantined ?? 0),
      };
      return { status: detail.oldestSeconds > lateAfterSeconds || detail.quarantined > 0 ? 'degraded' : 'ok', detail };
    },
  },
];
