// `npm run migrate`: brings the database at DATABASE_URL to this version's schema and says what it did.
// Loaded by bin/migrate.mjs, and run as a job of its own before the apps where they run as containers.
import { field, readSettings, startFault } from '#service';
import { databaseUrls } from '#persistence';
import { migrate } from '#persistence/migrate';
import { progress } from './progress';
import { localOrganizer } from './settings';

async function run(): Promise<void> {
  const settings = readSettings(process.env, {
    DATABASE_URL: databaseUrls,
    ORGANIZER_EMAIL: field.mailbox.default(localOrganizer),
  });
  const { tell, end } = progress(process.stderr);
  const begun = Date.now();
  const ticking = setInterval(
    () =>
      tell(
        `migrating for ${Math.round((Date.now() - begun) / 1_000)} s; it may wait for another runner or a long transaction`,
      ),
    5_000,
  );
  const ran = await migrate(
    settings.DATABASE_URL,
    settings.ORGANIZER_EMAIL.slice(settings.ORGANIZER_EMAIL.lastIndexOf('@') + 1),
  ).finally(() => {
    clearInterval(ticking);
    end();
  });
  process.stdout.write(ran.length === 0 ? 'The schema is up to date.\n' : `Migrated: ${ran.join(', ')}\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`cannot migrate: ${startFault(error)}\n`);
  process.exitCode = 1;
});
