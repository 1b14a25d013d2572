// Brings a database to this version's schema: forward only, one runner at a time, creates no roles.
// Called by `npm run migrate`, by the standalone app at start and by the tests.
import { DataSource } from 'typeorm';
import { PhaseOneRooms1763000000000 } from './migrations/1763000000000-phase-one-rooms';
import { HybridScheduling1763000100000 } from './migrations/1763000100000-hybrid-scheduling';
import { RateLimits1763000200000 } from './migrations/1763000200000-rate-limits';
import { InboundMail1763000300000 } from './migrations/1763000300000-inbound-mail';
import { LetterAttempts1763000400000 } from './migrations/1763000400000-letter-attempts';
import { ClientAddress1763000500000 } from './migrations/1763000500000-client-address';
import { AppendOnlyAudit1763000650000 } from './migrations/1763000650000-append-only-audit';
import { OpenRows1763000800000 } from './migrations/1763000800000-open-rows';
import { TimeSequence1763000900000 } from './migrations/1763000900000-time-sequence';
import { RoomChanges1763001100000 } from './migrations/1763001100000-room-changes';
import { Webhooks1763001200000 } from './migrations/1763001200000-webhooks';

export const migrations = [
  PhaseOneRooms1763000000000,
  HybridScheduling1763000100000,
  RateLimits1763000200000,
  InboundMail1763000300000,
  LetterAttempts1763000400000,
  ClientAddress1763000500000,
  AppendOnlyAudit1763000650000,
  OpenRows1763000800000,
  TimeSequence1763000900000,
  RoomChanges1763001100000,
  Webhooks1763001200000,
];

/** Chosen once: two runners must not migrate at a time. */
const migrationLock = 7_204_519_201;

/**
 * Runs what is missing and returns the names of the migrations that ran.
 * `organizerDomain` (the domain of ORGANIZER_EMAIL) completes the UID of rooms that were there before (PRD 14.1).
 */
export async function migrate(url: string, organizerDomain: string): Promise<string[]> {
  const source = await new DataSource({
    type: 'postgres',
    url,
    applicationName: 'migrate',
    migrations,
    migrationsTableName: 'schema_migrations',
    installExtensions: false,
    // One connection, so that the lock and the setting below hold for the migrations too.
    extra: { max: 1, options: `-c scheduling.organizer_domain=${organizerDomain.replaceAll(/[^\w.-]/g, '')}` },
  }).initialize();
  try {
    await source.query('select pg_advisory_lock($1)', [migrationLock]);
    const ran = await source.runMigrations({ transaction: 'all' });
    await source.query('select pg_advisory_unlock($1)', [migrationLock]);
    return ran.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}
