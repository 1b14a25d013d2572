// A database of a test's own on the Postgres at DATABASE_URL, migrated, and dropped afterwards.
// Used by every test on the real Postgres.
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { Database } from '#persistence';
import { migrate } from '#persistence/migrate';

// Read when it is used: a suite loads this file before it has started a Postgres of its own.
const serverUrl = (): string => process.env['DATABASE_URL'] ?? 'postgres://postgres@localhost:5432/postgres';

const migrations = join(__dirname, '..', '..', 'libs', 'persistence', 'src', 'migrations');
const runName = (): string => new URL(serverUrl()).pathname.slice(1).replaceAll(/\W/g, '_') || 'test';

const urlOf = (database: string): string => {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
};

export interface FreshDatabase {
  url: string;
  db: Database;
  /** Closes `db` and drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * Creates a migrated database with a random name; `organizerDomain` completes the UIDs of rooms that were there
 * before. `defaults` are the database's own settings from the beginning.
 */
export async function freshDatabase(
  options: { organizerDomain?: string; poolSize?: number; defaults?: Record<string, string> } = {},
): Promise<FreshDatabase> {
  // Below the name of the database this run was given, so that a run that was killed can be cleaned up after.
  const name = `${runName()}_${randomBytes(6).toString('hex')}`;
  const organizerDomain = options.organizerDomain ?? 'example.test';
  if (options.defaults) await migrated(name, organizerDomain, options.defaults);
  else await onServer(`create database ${name} template ${await templateOf(organizerDomain)}`);
  const url = urlOf(name);
  const db = new Database({ url, applicationName: 'test', poolSize: options.poolSize ?? 10 });
  return {
    url,
    db,
    async drop() {
      await db.close();
      await onServer(`drop database if exists ${name} with (force)`);
    },
  };
}

/** Creates a database with these settings of its own and brings it to this version's schema. */
async function migrated(name: string, organizerDomain: string, defaults: Record<string, string> = {}): Promise<void> {
  await onServer(`create database ${name}`);
  for (const [setting, value] of Object.entries(defaults))
    await onServer(`alter database ${name} set ${setting} = '${value}'`);
  await migrate(urlOf(name), organizerDomain);
}

/**
 * The migrated database that others of this run are copies of: made by the first test that asks, while the others wait
 * for a lock of the server. Copying it is a fifth of the work of all migrations. Its name is of the migrations and the
 * domain, so that a server that stays up between runs has none of another state of the code.
 */
async function templateOf(organizerDomain: string): Promise<string> {
  const hash = createHash('sha256').update(organizerDomain);
  for (const file of readdirSync(migrations).sort()) hash.update(readFileSync(join(migrations, file)));
  const name = `${runName()}_of_${hash.digest('hex').slice(0, 12)}`;
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rows } = await client.query('select from pg_database where datname = $1 and datallowconn = false', [name]);
    if (rows.length > 0) return name;
    await client.query(`drop database if exists ${name} with (force)`);
    await migrated(name, organizerDomain);
    // Nobody may connect: a database that somebody uses cannot be copied.
    await client.query(`alter database ${name} allow_connections false`);
    return name;
  } finally {
    await client.end();
  }
}

export async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
