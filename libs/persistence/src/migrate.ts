// Brings a database to this version's schema: forward only, one runner at a time, creates no roles.
// Called by `npm run migrate`, by the standalone app at start and by the tests.
import { dataSourceOf } from './data-source';

export { migrations } from './migrations';

/** Chosen once: two runners must not migrate at a time. */
const migrationLock = 7_204_519_201;

/**
 * Runs what is missing and returns the names of the migrations that ran.
 * `organizerDomain` (the domain of ORGANIZER_EMAIL) completes the UID of rooms that were there before (PRD 14.1).
 */
export async function migrate(url: string, organizerDomain: string): Promise<string[]> {
  const extra = {
    // One connection, so that the lock and the setting below hold for the migrations too.
    max: 1,
    options: `-c scheduling.organizer_domain=${organizerDomain.replaceAll(/[^\w.-]/g, '')}`,
  };
  const source = await dataSourceOf(url, 'migrate', extra, () => undefined).initialize();
  try {
    await source.query('select pg_advisory_lock($1)', [migrationLock]);
    const ran = await source.runMigrations({ transaction: 'all' });
    await source.query('select pg_advisory_unlock($1)', [migrationLock]);
    return ran.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}
