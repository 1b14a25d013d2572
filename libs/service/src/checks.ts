// The health check of every app's database; those of the outbox and the broker are in `messaging`.
// Used by app-process.ts and by the standalone process.
import type { Database } from '#persistence';
import type { HealthCheck } from './health';

/** Without its database an app is not ready. */
export const databaseCheck = (database: Database): HealthCheck => ({
  name: 'database',
  check: async () => {
    await database.query('select 1');
    return { status: 'ok' };
  },
});
