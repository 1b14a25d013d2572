// The schema on real Postgres: forward from nothing, and forward from rooms that were there before (PRD 14.1).
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { migrate, migrations } from '#persistence/migrate';
import { freshDatabase } from '../support/database';

const serverUrl = process.env['DATABASE_URL'] ?? 'postgres://postgres@localhost:5432/postgres';

/** An empty database, as Phase 1 might have left one after `sql`. */
async function databaseBefore(sql: string): Promise<{ url: string; query: Client['query']; drop: () => Promise<void> }> {
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

test('the PRD tables and columns are there by their names', async () => {
  const { db, drop } = await freshDatabase();
  const rows = await db.query<{ at: string }>(`select table_name || '.' || column_name as at from information_schema.columns where table_schema = 'public'`);
  const columns = new Set(rows.map((row) => row.at));
  const wanted = {
    practice_rooms: 'ics_uid ics_sequence start_utc end_utc status',
    invitations: 'id room_id uid attendee_email attendee_role last_partstat last_method_sent last_message_id delivery_state updated_at',
    pending_proposals: 'id room_id uid proposed_by proposer_email proposed_start_utc proposed_end_utc note status created_at expires_at approved_by decision_at',
    magic_links: 'id purpose uid room_id actor_email actor_role token_hash expires_at used_at',
    imip_messages: 'id uid method sequence attendee_email partstat raw_pointer received_at',
  };
  const missing = Object.entries(wanted).flatMap(([table, names]) => names.split(' ').map((name) => `${table}.${name}`).filter((each) => !columns.has(each)));
  await drop();
  expect(missing).toEqual([]);
});

test('rooms that were there before get a UID for ever and sequence 0, and keep what they had', async () => {
  const before = await databaseBefore(`
    create table practice_rooms (id uuid primary key default gen_random_uuid(), created_at timestamptz not null default now(), daily_url text);
    insert into practice_rooms (id, daily_url) values ('11111111-1111-4111-8111-111111111111', 'https://d/1'), ('22222222-2222-4222-8222-222222222222', null)`);
  await migrate(before.url, 'acme.test');
  const { rows } = await before.query('select id, ics_uid, ics_sequence, status, daily_url from practice_rooms order by id');
  await before.drop();
  expect(rows).toEqual([
    { id: '11111111-1111-4111-8111-111111111111', ics_uid: '11111111-1111-4111-8111-111111111111@acme.test', ics_sequence: 0, status: 'scheduled', daily_url: 'https://d/1' },
    { id: '22222222-2222-4222-8222-222222222222', ics_uid: '22222222-2222-4222-8222-222222222222@acme.test', ics_sequence: 0, status: 'scheduled', daily_url: null },
  ]);
});

test('a UID and a sequence that were there before stay', async () => {
  const before = await databaseBefore(`
    create table practice_rooms (id uuid primary key, start_utc timestamptz, end_utc timestamptz, ics_uid text, ics_sequence int);
    insert into practice_rooms values ('11111111-1111-4111-8111-111111111111', '2026-01-01', '2026-01-02', 'old@before.test', 3), ('22222222-2222-4222-8222-222222222222', null, null, '', null)`);
  await migrate(before.url, 'acme.test');
  const { rows } = await before.query('select ics_uid, ics_sequence from practice_rooms order by id');
  await before.drop();
  expect(rows).toEqual([{ ics_uid: 'old@before.test', ics_sequence: 3 }, { ics_uid: '22222222-2222-4222-8222-222222222222@acme.test', ics_sequence: 0 }]);
});

test('several runners at once migrate once, and a second run changes nothing', async () => {
  const before = await databaseBefore('select 1');
  const ran = await Promise.all([1, 2, 3].map(() => migrate(before.url, 'acme.test')));
  const again = await migrate(before.url, 'acme.test');
  await before.drop();
  expect([ran.map((each) => each.length).sort(), again]).toEqual([[0, 0, migrations.length], []]);
});
