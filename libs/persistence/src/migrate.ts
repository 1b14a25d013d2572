// Brings a database to this version's schema: forward only, one runner at a time, creates no roles.
// Called by `npm run migrate`, by the standalone app at start and by the tests.
import { MigrationExecutor, type QueryRunner } from 'typeorm';
import { prepareMonths, unprepareMonths } from './before-months';
import { dataSourceOf } from './data-source';
import { encodingMisfit, setForMigration } from './session';

export { migrations } from './migrations';

/** Chosen once: two runners must not migrate at a time. */
const migrationLock = 7_204_519_201;

/**
 * Runs what is missing and returns the names of the migrations that ran.
 * `organizerDomain` (the domain of ORGANIZER_EMAIL) completes the UID of rooms that were there before (PRD 14.1).
 */
export async function migrate(url: string, organizerDomain: string): Promise<string[]> {
  const source = await dataSourceOf(url, 'migrate', { max: 1 }, () => undefined).initialize();
  const runner = source.createQueryRunner();
  try {
    const [{ encoding }] = (await runner.query(`select current_setting('server_encoding') as encoding`)) as [
      { encoding: string },
    ];
    if (encoding !== 'UTF8') throw new Error(`DATABASE_URL: ${encodingMisfit(encoding)}`);
    await prepareMonths(runner, async (work) => {
      await begin(runner, organizerDomain);
      try {
        await work();
        await runner.commitTransaction();
      } catch (error) {
        await runner.rollbackTransaction();
        throw error;
      }
    });
    await begin(runner, organizerDomain);
    const executor = new MigrationExecutor(source, runner);
    executor.transaction = 'all';
    const ran = await executor.executePendingMigrations();
    await runner.commitTransaction();
    return ran.map((migration) => migration.name);
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    await unprepareMonths(runner).catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
    await source.destroy();
  }
}

/** One transaction on one connection, also behind a pooler, and whatever the database's defaults are. */
async function begin(runner: QueryRunner, organizerDomain: string): Promise<void> {
  await runner.startTransaction('READ COMMITTED');
  await runner.query('set transaction read write');
  await runner.query('select pg_advisory_xact_lock($1)', [migrationLock]);
  await runner.query(`select set_config('scheduling.organizer_domain', $1, true), ${setForMigration}`, [
    organizerDomain.replaceAll(/[^\w.-]/g, ''),
  ]);
}
