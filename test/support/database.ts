// A database of a test's own on the Postgres at DATABASE_URL, migrated, and dropped afterwards.
// Used by every test on the real Postgres.
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { Database } from '#persistence';
import { migrate } from '#persistence/migrate';

const serverUrl = process.env['DATABASE_URL'] ?? 'postgres://postgres@localhost:5432/postgres';

export interface FreshDatabase {
  url: string;
  db: Database;
  /** Closes `db` and drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * Creates and migrates a database with a random name; `organizerDomain` completes the UIDs of rooms that were there
 * before. `defaults` are the database's own settings from the beginning.
 */
export async function freshDatabase(
  options: { organizerDomain?: string; poolSize?: number; defaults?: Record<string, string> } = {},
): Promise<FreshDatabase> {
  // Below the name of the database this run was given, so that a run that was killed can be cleaned up after.
  const name = `${new URL(serverUrl).pathname.slice(1).replaceAll(/\W/g, '_') || 'test'}_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}`);
  for (const [setting, value] of Object.entries(options.defaults ?? {}))
    await onServer(`alter database ${name} set ${setting} = '${value}'`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await migrate(url.href, options.organizerDomain ?? 'example.test');
  const db = new Database({ url: url.href, applicationName: 'test', poolSize: options.poolSize ?? 10 });
  return {
    url: url.href,
    db,
    async drop() {
      await db.close();
      await onServer(`drop database if exists ${name} with (force)`);
    },
  };
}

export async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
