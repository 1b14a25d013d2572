// The schema on real Postgres: forward from nothing, and forward from rooms that were there before (PRD 14.1).
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { migrate, migrations } from '#persistence/migrate';
import { freshDatabase } from '../../support/database';

/** The migrations of the first release; a database of before has none of ours. */
const released = 2;
const serverUrl = process.env['DATABASE_URL'] ?? 'postgres://postgres@localhost:5432/postgres';

/** An empty database, as Phase 1 might have left one after `sql`. */
async function databaseBefore(
  sql: string,
): Promise<{ url: string; query: Client['query']; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = new Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(sql);
  return {
    url: url.href,
    query: client.query.bind(client),
    drop: async () => {
      await client.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}

it('the PRD tables and columns are there by their names', async () => {
  const { db, drop } = await freshDatabase();
  const rows = await db.query<{ at: string }>(
    `select table_name || '.' || column_name as at from information_schema.columns where table_schema = 'public'`,
  );
  const columns = new Set(rows.map((row) => row.at));
  const wanted = {
    practice_rooms: 'ics_uid ics_sequence start_utc end_utc status',
    invitations:
      'id room_id uid attendee_email attendee_role last_partstat last_method_sent last_message_id delivery_state updated_at',
    pending_proposals:
      'id room_id uid proposed_by proposer_email proposed_start_utc proposed_end_utc note status created_at ' +
      'expires_at approved_by decision_at',
    magic_links: 'id purpose uid room_id actor_email actor_role token_hash expires_at used_at',
    imip_messages: 'id uid method sequence attendee_email partstat raw_pointer received_at',
  };
  const missing = Object.entries(wanted).flatMap(([table, names]) =>
    names
      .split(' ')
      .map((name) => `${table}.${name}`)
      .filter((each) => !columns.has(each)),
  );
  await drop();
  expect(missing).toEqual([]);
});

it('rooms that were there before get a UID for ever and sequence 0, and keep what they had', async () => {
  const before = await databaseBefore(`
    create table practice_rooms (id uuid primary key default gen_random_uuid(),
      created_at timestamptz not null default now(), daily_url text);
    insert into practice_rooms (id, daily_url)
      values ('11111111-1111-4111-8111-111111111111', 'https://d/1'), ('22222222-2222-4222-8222-222222222222',
      null)`);
  await migrate(before.url, 'acme.test');
  const { rows } = await before.query(
    'select id, ics_uid, ics_sequence, status, daily_url from practice_rooms order by id',
  );
  await before.drop();
  expect(rows).toEqual([
    {
      id: '11111111-1111-4111-8111-111111111111',
      ics_uid: '11111111-1111-4111-8111-111111111111@acme.test',
      ics_sequence: 0,
      status: 'scheduled',
      daily_url: 'https://d/1',
    },
    {
      id: '22222222-2222-4222-8222-222222222222',
      ics_uid: '22222222-2222-4222-8222-222222222222@acme.test',
      ics_sequence: 0,
      status: 'scheduled',
      daily_url: null,
    },
  ]);
});

it('a UID and a sequence that were there before stay', async () => {
  const before = await databaseBefore(`
    create table practice_rooms (id uuid primary key, start_utc timestamptz, end_utc timestamptz, ics_uid text,
      ics_sequence int);
    insert into practice_rooms values ('11111111-1111-4111-8111-111111111111', '2026-01-01', '2026-01-02',
      'old@before.test', 3), ('22222222-2222-4222-8222-222222222222', null, null, '', null)`);
  await migrate(before.url, 'acme.test');
  const { rows } = await before.query('select ics_uid, ics_sequence from practice_rooms order by id');
  await before.drop();
  expect(rows).toEqual([
    { ics_uid: 'old@before.test', ics_sequence: 3 },
    { ics_uid: '22222222-2222-4222-8222-222222222222@acme.test', ics_sequence: 0 },
  ]);
});

it('a room moved by the version before keeps its timeSequence right, and a cancel or a new title leaves it', async () => {
  const room = '11111111-1111-4111-8111-111111111111';
  const before = await databaseBefore(`
    create table practice_rooms (id uuid primary key, start_utc timestamptz, end_utc timestamptz, ics_uid text,
      ics_sequence int);
    insert into practice_rooms values ('${room}', '2027-01-01', '2027-01-02', 'old@before.test', 3)`);
  await migrate(before.url, 'acme.test');
  const after = async (change: string): Promise<unknown> => {
    await before.query(`update practice_rooms set ${change} where id = '${room}'`);
    return (await before.query('select ics_sequence, time_sequence from practice_rooms')).rows[0] as unknown;
  };
  const seen = [
    await after(`title = 'Scales'`),
    await after(`ics_sequence = 4, status = 'scheduled', start_utc = '2027-01-01 01:00', end_utc = '2027-01-02'`),
    await after(`ics_sequence = 5, status = 'cancelled', start_utc = '2027-01-01 01:00', end_utc = '2027-01-02'`),
    await after(`ics_sequence = 7, time_sequence = 6, end_utc = '2027-01-03'`),
  ];
  await before.drop();
  expect(seen).toEqual([
    { ics_sequence: 3, time_sequence: 3 },
    { ics_sequence: 4, time_sequence: 4 },
    { ics_sequence: 5, time_sequence: 4 },
    { ics_sequence: 7, time_sequence: 6 },
  ]);
});

it('several runners at once migrate once, and a second run changes nothing', async () => {
  const before = await databaseBefore('select 1');
  const ran = await Promise.all([1, 2, 3].map(() => migrate(before.url, 'acme.test')));
  const again = await migrate(before.url, 'acme.test');
  await before.drop();
  expect([ran.map((each) => each.length).sort(), again]).toEqual([[0, 0, migrations.length], []]);
});

describe('a version that still runs while the next one migrates', () => {
  it('finds all that it reads and writes after each migration since the first release', async () => {
    for (let count = released; count < migrations.length; count += 1)
      expect(await brokenBy(migrations.slice(0, count), migrations[count])).toEqual([]);
  }, 240_000);

  it.each([
    ['a column gone', 'alter table letters drop column response', 'letters.response text text YES is gone'],
    ['another name', 'alter table letters rename column response to answer', 'letters.response text text YES is gone'],
    [
      'another type',
      'alter table letters alter column attempts type bigint',
      'letters.attempts integer int4 NO is gone',
    ],
    [
      'a column that every INSERT must name',
      'alter table practice_rooms add column colour text not null',
      'practice_rooms.colour is demanded',
    ],
    [
      'a column that may no longer be left out',
      'alter table letters alter column attempts drop default',
      'letters.attempts is demanded',
    ],
  ])('would be stopped by %s, which is seen', async (_what, sql, broken) => {
    class Planted1999999999999 implements MigrationInterface {
      async up(db: QueryRunner): Promise<void> {
        await db.query(sql);
      }
      async down(): Promise<void> {}
    }
    expect(await brokenBy(migrations, Planted1999999999999)).toContain(broken);
  });
});

/** What a version that knows `known` misses, or must name and does not, once `next` has run. */
async function brokenBy(known: typeof migrations, next: (typeof migrations)[number] | undefined): Promise<string[]> {
  const { url, query, drop } = await databaseBefore('select 1');
  const lines = async (sql: string): Promise<string[]> =>
    (await query<{ line: string }>(sql)).rows.map(({ line }) => line);
  await migrateBy(url, known);
  const [before, demandedBefore, tables] = [
    await lines(shape),
    await lines(demanded),
    await lines(`select table_name as line from information_schema.tables where table_schema = 'public'`),
  ];
  await migrateBy(url, [...known, ...(next ? [next] : [])]);
  const [after, demandedAfter] = [await lines(shape), await lines(demanded)];
  await drop();
  const gone = before.filter((line) => !after.includes(line)).map((line) => `${line} is gone`);
  const asked = demandedAfter.filter(
    (line) => !demandedBefore.includes(line) && tables.includes(line.split('.', 1)[0] ?? ''),
  );
  return [...gone, ...asked.map((line) => `${line} is demanded`)];
}

const shape = `
  select table_name || '.' || column_name || ' ' || data_type || ' ' || udt_name || ' ' || is_nullable as line
    from information_schema.columns where table_schema = 'public'
  union all select t.typname || ' has ' || e.enumlabel from pg_enum e join pg_type t on t.oid = e.enumtypid`;
/** Columns that an INSERT which does not know them fails for. */
const demanded = `
  select table_name || '.' || column_name as line from information_schema.columns
   where table_schema = 'public' and is_nullable = 'NO' and column_default is null and is_identity = 'NO'
     and is_generated = 'NEVER'`;

async function migrateBy(url: string, wanted: typeof migrations): Promise<void> {
  const options = '-c scheduling.organizer_domain=acme.test';
  const source = await new DataSource({
    type: 'postgres',
    url,
    migrations: wanted,
    migrationsTableName: 'schema_migrations',
    installExtensions: false,
    extra: { max: 1, options },
  }).initialize();
  await source.runMigrations({ transaction: 'all' });
  await source.destroy();
}
