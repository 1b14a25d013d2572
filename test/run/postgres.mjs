// A Postgres for tests: the one at DATABASE_URL, else one on localhost's standard port that lets us in, else an
// embedded one of our own.
// On any of them a database of our own, dropped afterwards together with those whose names begin like it.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, say } from '../../apps/standalone/bin/install.mjs';
import { undoingOf } from './made.mjs';

const load = createRequire(import.meta.url);
const standard = [
  'postgres://postgres@localhost:5432/postgres',
  'postgres://postgres:postgres@localhost:5432/postgres',
];

/**
 * Provides a fresh database and returns its URL; throws one line that says what is missing. `ways` leaves some out,
 * to test the others.
 */
export async function providePostgres(made, ways) {
  const server = (await given()) ?? (ways.includes('local') ? await local() : undefined) ?? (await embedded(made));
  const name = `hybrid_test_${randomBytes(4).toString('hex')}`;
  made.add({ kind: 'database', server, name });
  await query(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function given() {
  const url = process.env.DATABASE_URL;
  if (!url) return undefined;
  const refusal = await tried(url);
  if (refusal) throw new Error(`The Postgres at DATABASE_URL cannot be used: ${refusal}`);
  say('Postgres: the one at DATABASE_URL');
  return url;
}

async function local() {
  for (const url of standard) {
    if (await tried(url)) continue;
    say('Postgres: the one on localhost:5432');
    return url;
  }
  return undefined;
}

async function embedded(made) {
  const { startEmbeddedPostgres } = load(join(root, 'dist/apps/standalone/src/embedded-postgres.js'));
  const folder = mkdtempSync(join(tmpdir(), 'hybrid-postgres-'));
  // Under root the server is another user, who must get in.
  chmodSync(folder, 0o755);
  made.add({ kind: 'embedded-postgres', folder });
  const { url } = await startEmbeddedPostgres({ folder, database: 'postgres', durable: false });
  say(`Postgres: an embedded one on port ${new URL(url).port}`);
  return url;
}

export const postgresAnswers = async (url) => (await tried(url)) === undefined;

/** Why a server is of no use to us, or nothing. */
async function tried(url) {
  try {
    const [row] = await query(
      url,
      `select current_setting('server_version_num')::int as version, rolsuper or rolcreatedb as may from ` +
        `pg_roles where rolname = current_user`,
    );
    if (row.version < 130000) return 'it is older than Postgres 13';
    return row.may ? undefined : 'the user may not create a database';
  } catch (error) {
    return error.message || error.code || 'it does not answer';
  }
}

async function query(url, sql, params = []) {
  const { Client } = load('pg');
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return (await client.query(sql, params)).rows;
  } finally {
    await client.end();
  }
}

undoingOf('database', async ({ server, name }) => {
  const rows = await query(
    server,
    `select datname from pg_database where datname = $1 or starts_with(datname, $1 || '_')`,
    [name],
  );
  for (const { datname } of rows) await query(server, `drop database if exists "${datname}" with (force)`);
});

undoingOf('embedded-postgres', async ({ folder }) => {
  const { removeEmbeddedPostgres } = load(join(root, 'dist/apps/standalone/src/embedded-postgres.js'));
  await removeEmbeddedPostgres(folder);
  rmSync(folder, { recursive: true, force: true });
});
