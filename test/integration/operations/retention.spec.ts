// Old technical rows go, a batch at a time, each app its own; what is young, of another app, or guards an open room
// stays.
import { pino } from 'pino';
import { readSettings, Retention, retentionSettings } from '#service';
import { agedTables as ofIngestor } from '../../../apps/imip-ingestor/src/app.module';
import { agedTables as ofSender } from '../../../apps/notification-sender/src/app.module';
import { agedTables as ofApi } from '../../../apps/scheduling-api/src/app.module';
import { once } from '../../../apps/scheduling-api/src/http/idempotency';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { storeRoom } from '../../support/sender';
import { room } from '../../support/sender-events';

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
  // A setting that is longer than the least holds for these too.
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
    const request = { key: 'new', owner: 'platform', target: 'POST /x', body: {} };
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
