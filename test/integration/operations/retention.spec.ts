// Old technical rows go, a batch at a time, each app its own; what is young, of another app, or guards an open room
// stays.
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { readSettings, Retention, retentionSettings } from '#service';
import * as ingestor from '../../../apps/imip-ingestor/src/aged-rows';
import * as sender from '../../../apps/notification-sender/src/aged-rows';
import * as api from '../../../apps/scheduling-api/src/aged-rows';
import { retention } from '../../../apps/standalone/src/retention/retention';
import { once } from '../../../apps/scheduling-api/src/http/idempotency';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { storeRoom } from '../../support/sender';
import { room } from '../../support/sender-events';

const [ofIngestor, ofSender, ofApi] = [ingestor.agedTables, sender.agedTables, api.agedTables];
const logger = pino({ level: 'silent' });
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());
beforeEach(() => query('truncate handled_events, idempotency_keys, imip_seen, imip_messages'));

const query = <Row>(sql: string, params: unknown[] = []) => fresh.db.query<Row>(sql, params);
const keys = async (table: string, key = 'key'): Promise<string[]> =>
  (await query<{ key: string }>(`select ${key} as key from ${table} order by 1`)).map((row) => row.key);
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

const answer = (key: string, days: number) =>
  query(
    `insert into idempotency_keys (owner, key, request_sha256, status, answer, created_at)
      values ('platform', $1, 'x', 201, '{}', $2)`,
    [key, daysAgo(days)],
  );
const handled = (app: string, consumer: string, days: number, rows = 1) =>
  query(
    `insert into handled_events (event_id, consumer, app, handled_at) select gen_random_uuid(), $2, $1, $3
      from generate_series(1, $4)`,
    [app, consumer, daysAgo(days), rows],
  );

it('answers to repeated requests are kept for the days that are set', async () => {
  await answer('old', 7.01);
  await answer('young', 6.99);
  expect(await new Retention(fresh.db, undefined, ofApi, logger).sweep()).toBe(1);
  expect(await keys('idempotency_keys')).toEqual(['young']);
  expect(await new Retention(fresh.db, 'off', ofApi, logger).sweep()).toBe(0);
  expect(await new Retention(fresh.db, 6, ofApi, logger).sweep()).toBe(1);
});

it('each app deletes the ids of its own events', async () => {
  await handled('scheduling-api', 'scheduling-api.mail', 8);
  await handled('notification-sender', 'notification-sender.rooms', 8);
  await handled('notification-sender', 'notification-sender.deliveries', 8);
  await handled('notification-sender', 'notification-sender.rooms', 1);
  expect(await new Retention(fresh.db, 7, ofSender, logger).sweep()).toBe(2);
  expect(await keys('handled_events', 'consumer')).toEqual(['notification-sender.rooms', 'scheduling-api.mail']);
  expect(await new Retention(fresh.db, 7, ofApi, logger).sweep()).toBe(1);
});

it('a sweep rests four times as long as each batch took, so that bookings have the rest of the database', async () => {
  await handled('scheduling-api', 'scheduling-api.mail', 8, 1_001);
  const batches: { at: number; ms: number }[] = [];
  const slow = {
    query: async <Row>(sql: string, params?: unknown[]): Promise<Row[]> => {
      const begun = performance.now();
      await query('select pg_sleep(0.1)');
      const rows = await fresh.db.query<Row>(sql, params);
      batches.push({ at: begun, ms: performance.now() - begun });
      return rows;
    },
  };
  expect(await new Retention(slow, 7, ofApi, logger).sweep()).toBe(1_001);
  // The first statement was about the other table.
  const [, first, second] = batches;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(4.9 * (first?.ms ?? Number.POSITIVE_INFINITY));
});

it('keys of mails stay as long as raw mail and while their room is open', async () => {
  const seen = async (key: string, days: number, roomId: string | null): Promise<void> => {
    const [mail] = await query<{ id: string }>(
      `insert into imip_messages (id, raw_pointer, way_in, size_bytes, sha256, room_id)
        values (gen_random_uuid(), 'x', 'webhook', 1, 'x', $1) returning id`,
      [roomId],
    );
    await query('insert into imip_seen (key, mail_id, seen_at) values ($1, $2, $3)', [key, mail?.id, daysAgo(days)]);
  };
  const open = await storeRoom(fresh.db, room());
  const past = await storeRoom(fresh.db, room());
  const cancelled = await storeRoom(fresh.db, room());
  await query(
    `update practice_rooms set start_utc = now() - interval '2 days', end_utc = now() - interval '1 day'
      where id = $1`,
    [past.roomId],
  );
  await query(`update practice_rooms set status = 'cancelled' where id = $1`, [cancelled.roomId]);
  await query(
    `update practice_rooms set end_utc = now() + interval '9 days', start_utc = now() + interval '8 days'
      where id = $1`,
    [open.roomId],
  );
  await seen('of no room', 31, null);
  await seen('of no room, as old as raw mail', 29, null);
  await seen('of a past room', 31, past.roomId);
  await seen('of a cancelled room', 31, cancelled.roomId);
  await seen('of an open room', 300, open.roomId);
  expect(await new Retention(fresh.db, 1, ofIngestor, logger).sweep()).toBe(3);
  expect(await keys('imip_seen')).toEqual(['of an open room', 'of no room, as old as raw mail']);
  // A setting that is longer than the least counts for these too.
  expect(await new Retention(fresh.db, 40, ofIngestor, logger).sweep()).toBe(0);
});

it('takes more than a batch in one sweep, and two replicas at once delete each row once', async () => {
  await handled('scheduling-api', 'scheduling-api.mail', 8, 1_700);
  await handled('scheduling-api', 'scheduling-api.mail', 1, 3);
  const replicas = [1, 2, 3].map(() => new Retention(fresh.db, 7, ofApi, logger).sweep());
  const gone = await Promise.all(replicas);
  expect(gone.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1_700);
  // A replica whose batch another one took has stopped early: what it left goes with the next sweep.
  await new Retention(fresh.db, 7, ofApi, logger).sweep();
  expect((await keys('handled_events', 'consumer')).length).toBe(3);
});

it('reads the rows by their age, however many are young', async () => {
  await handled('scheduling-api', 'scheduling-api.mail', 1, 2_000);
  await query('analyze handled_events');
  for (const { table, madeAt } of [...ofApi, ...ofSender, ...ofIngestor]) {
    const plan = await query<{ 'QUERY PLAN': string }>(
      `explain select ctid from ${table} where ${madeAt} < now() - interval '7 days' order by ${madeAt} limit 500`,
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index Scan using ix_/);
  }
});

it('a request under a key of its own does not wait while a batch is being deleted', async () => {
  await answer('old', 8);
  await fresh.db.transaction(async (open) => {
    expect(await new Retention(open, 7, ofApi, logger).sweep()).toBe(1);
    const request = { key: 'new', owner: 'platform', route: 'POST /x', body: {} };
    // It would end by lock_timeout.
    const { status } = await fresh.db.transaction((tx) =>
      once(tx, request, () => Promise.resolve({ status: 201, body: {} })),
    );
    expect(status).toBe(201);
  });
  expect(await keys('idempotency_keys')).toEqual(['new']);
});

it.each([
  ['7', 7],
  ['off', 'off'],
  ['1', 1],
])('RETENTION_TECHNICAL_DAYS=%s is read', (given, days) =>
  expect(readSettings({ RETENTION_TECHNICAL_DAYS: given }, retentionSettings)).toEqual({
    RETENTION_TECHNICAL_DAYS: days,
  }),
);

it.each(['0', '-1', '1.5', 'OFF', 'seven', '100000'])('RETENTION_TECHNICAL_DAYS=%s is a fault', (given) =>
  expect(() => readSettings({ RETENTION_TECHNICAL_DAYS: given }, retentionSettings)).toThrow(
    'RETENTION_TECHNICAL_DAYS: must be a whole number of days from 1 to 99999, or off',
  ),
);

describe('what goes by a rule of its own', () => {
  const settings = { RETENTION_RAW_MAIL_DAYS: 30, RETENTION_ROOM_DAYS: 400, RETENTION_AUDIT_DAYS: 730 } as const;
  const sweep = async (): Promise<void> => {
    for (const { agedRows } of [sender, ingestor, api])
      await new Retention(fresh.db, 'off', [], logger, agedRows(settings)).sweep();
  };
  const count = async (table: string): Promise<number> =>
    Number((await query<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n);

  /** A room that ended so many days ago, with a letter, a link, a proposal and a note. */
  async function oldRoom(days: number): Promise<string> {
    const stored = await storeRoom(fresh.db, room());
    const { roomId } = stored;
    await query(
      `update practice_rooms set start_utc = now() - $2 * interval '1 day' - interval '1 hour',
         end_utc = now() - $2 * interval '1 day' where id = $1`,
      [roomId, days],
    );
    const [invitation] = await query<{ id: string; uid: string }>(
      'select id, uid from invitations where room_id = $1 limit 1',
      [roomId],
    );
    await query(
      `insert into letters (id, uid, sequence, attendee_email, method, kind, room_id, invitation_id, role, content, state,
         message_id, correlation_id, event_id)
       values (gen_random_uuid(), $1, 0, 'a@b.test', 'REQUEST', 'invite', $2, $3, 'host', '{}', 'sent', $4, 'c',
         gen_random_uuid())`,
      [invitation?.uid, roomId, invitation?.id, `<${roomId}@x>`],
    );
    await query(
      `insert into magic_links (id, purpose, uid, room_id, invitation_id, actor_email, actor_role, token_hash, key_id,
         expires_at) values (gen_random_uuid(), 'propose', 'u', $1, $2, 'a@b.test', 'host', gen_random_uuid()::text, 'k', now())`,
      [roomId, invitation?.id],
    );
    await query(
      `insert into pending_proposals (id, room_id, uid, room_sequence, proposed_by, proposer_email, source,
         proposed_start_utc, proposed_end_utc, status, expires_at)
       values (gen_random_uuid(), $1, 'u', 0, 'host', 'a@b.test', 'link', now(), now() + interval '1 hour', 'expired', now())`,
      [roomId],
    );
    await query(
      `insert into answer_notes (id, room_id, invitation_id, attendee_role, note, written_at)
       values (gen_random_uuid(), $1, $2, 'host', 'no', now())`,
      [roomId, invitation?.id],
    );
    return roomId;
  }

  it('a room goes with its letters, links, proposals and notes, and a young one stays whole', async () => {
    await query('truncate practice_rooms, letters cascade');
    const gone = await oldRoom(401);
    const youngRoom = await oldRoom(399);
    await sweep();
    expect((await query<{ id: string }>('select id from practice_rooms')).map(({ id }) => id)).toEqual([youngRoom]);
    for (const table of ['letters', 'magic_links', 'pending_proposals', 'answer_notes'])
      expect([table, await count(table)]).toEqual([table, 1]);
    expect(await query('select 1 from invitations where room_id = $1', [gone])).toEqual([]);
  });

  it('a room whose letters are still there, or whose person is being erased, waits', async () => {
    await query('truncate practice_rooms, letters cascade');
    const roomId = await oldRoom(500);
    await new Retention(fresh.db, 'off', [], logger, api.agedRows(settings)).sweep();
    expect(await count('practice_rooms')).toBe(1);
    const [erasure] = await query<{ id: string }>(
      `insert into erasures (id, rooms, requested_by) values (gen_random_uuid(), 1, 'test') returning id`,
    );
    await query(`insert into erasure_parties values ($1, gen_random_uuid(), $2, 'host', false)`, [erasure?.id, roomId]);
    await sweep();
    expect(await count('practice_rooms')).toBe(1);
    await query('update erasures set completed_at = now()');
    await sweep();
    expect(await count('practice_rooms')).toBe(0);
  });

  it('mails lose their bytes, then their row; not while their room is open, nor before they are read', async () => {
    await query('truncate raw_mails, imip_messages, practice_rooms, letters cascade');
    const open = await storeRoom(fresh.db, room());
    await query(`update practice_rooms set start_utc = now() + interval '1 day', end_utc = now() + interval '2 days'`);
    const mail = async (name: string, days: number, state: string, roomId: string | null): Promise<void> => {
      const at = Date.now() - days * 86_400_000;
      const id = `${at.toString(16).padStart(12, '0')}7${randomUUID().replaceAll('-', '').slice(13)}`;
      await query(
        `insert into imip_messages (id, raw_pointer, way_in, size_bytes, sha256, state, room_id, received_at)
         values ($1::uuid, $2, 'webhook', 1, 'x', $3, $4, $5)`,
        [id, name, state, roomId, new Date(at)],
      );
      await query(`insert into raw_mails values ($1::uuid, 'k', '')`, [id]);
    };
    await mail('old', 31, 'read', null);
    await mail('old and quarantined', 31, 'quarantined', null);
    await mail('old and not read', 31, 'stored', null);
    await mail('old, of an open room', 31, 'read', open.roomId);
    await mail('young', 29, 'read', null);
    await sweep();
    expect(await keys('imip_messages', 'raw_pointer')).toEqual(['old and not read', 'old, of an open room', 'young']);
    expect(await count('raw_mails')).toBe(2);
  });

  it('lines of the audit go when they are old; nothing else deletes one, nor the function a young one', async () => {
    const line = (app: string, days: number) =>
      query(`insert into audit (app, kind, at) values ($1, 'call', $2)`, [app, daysAgo(days)]);
    for (const app of ['scheduling-api', 'notification-sender', 'imip-ingestor']) {
      await line(app, 731);
      await line(app, 729);
    }
    await sweep();
    expect(await count('audit')).toBe(3);
    expect(await query(`select age_audit('scheduling-api', 0, 100) as rows`)).toEqual([{ rows: 1 }]);
    await expect(query('delete from audit')).rejects.toThrow('append-only');
    await expect(
      fresh.db.transaction(async (tx) => {
        await tx.query(`select set_config('scheduling.audit_retention_days', '800', true)`);
        await tx.query('delete from audit');
      }),
    ).rejects.toThrow('append-only');
    expect(await count('audit')).toBe(2);
  });

  it('a trial says what would go, and changes nothing', async () => {
    await query('truncate practice_rooms, letters cascade');
    await oldRoom(500);
    const env = { DATABASE_URL: fresh.url, RETENTION_AUDIT_DAYS: 'off' };
    const { code, text } = await retention({ args: ['--dry-run'], env });
    expect([code, text.split('\n')]).toEqual([
      0,
      expect.arrayContaining([
        'rooms: 1 older than 400 days',
        'letters of rooms: 1 older than 400 days',
        'audit of imip-ingestor: off',
      ]),
    ]);
    expect(await count('practice_rooms')).toBe(1);
    expect((await retention({ args: [], env })).code).toBe(0);
    expect(await count('practice_rooms')).toBe(0);
    expect(await retention({ args: ['--now'], env })).toEqual({ code: 2, text: expect.stringContaining('--dry-run') });
  });
});
