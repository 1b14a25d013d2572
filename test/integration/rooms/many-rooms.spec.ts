// What a call costs where many rooms are in the database: it looks at its own room's rows, however many others there
// are.
// Counted in rows that Postgres looks at; times would tell about the machine.
import { randomUUID } from 'node:crypto';
import { meetingsOf } from '../../../apps/imip-ingestor/src/judge/matching';
import { offersBefore } from '../../../apps/scheduling-api/src/rooms/offers';
import { logIn, operatorKey } from '../../support/console';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { rowsLookedAt } from '../../support/rows-looked-at';
import { type Api, type ApiAnswer, startApi } from '../../support/scheduling-api';
import { bookedRoom, hourAhead, proposal, tokenFor } from '../links/links-fixtures';

const others = 2_000;
/** A room's own rows, and a look at each by more than one statement. */
const most = 150;
let fresh: FreshDatabase;
let api: Api;

beforeAll(async () => {
  // One connection: whose prepared statements are measured, and whose count is reported.
  fresh = await freshDatabase({ poolSize: 1 });
  const numbers = `(select n, md5('room' || n)::uuid as room from generate_series(1, ${others}) as n)`;
  const parties = `(select n, room, role, md5(role || n)::uuid as invitation, role || n || '@others.test' as email
    from ${numbers}
    as r cross join (values ('host'), ('guest')) as p(role)) as p`;
  await fresh.db.query(
    `insert into practice_rooms (id, ics_uid, external_id, start_utc, end_utc, updated_at)
      select room, room || '@organizer.test', 'order-' || n, now() + n * interval '1 hour',
      now() + (n + 1) * interval '1 hour', now() - n * interval '1 minute' from ${numbers}
      as r`,
  );
  await fresh.db.query(
    `insert into invitations (id, room_id, uid, attendee_email, attendee_role, person_key)
      select invitation, room, room || '@organizer.test', email, role::attendee_role, email from ${parties}`,
  );
  await fresh.db.query(
    `insert into magic_links (id, purpose, uid, room_id, invitation_id, actor_email, actor_role, token_hash, key_id,
      expires_at)
     select md5('link' || role || n)::uuid, 'propose', room || '@organizer.test', room, invitation, email,
       role::attendee_role, md5('token' || role || n), 'k', now() + interval '90 days' from ${parties}`,
  );
  await fresh.db.query(`insert into audit (app, room_id, kind) select 'scheduling-api', room, 'call'
    from ${parties}`);
  api = await startApi({ OPERATOR_KEYS: new Map([['ops', operatorKey]]) }, fresh);
});
afterAll(async () => {
  await api.stop();
  await fresh.drop();
});

const looksOf = (work: () => Promise<unknown>): Promise<number> => rowsLookedAt(fresh.db, null, work);

const answered = async (call: Promise<ApiAnswer>, status: number): Promise<void> => {
  const answer = await call;
  if (answer.status !== status) throw new Error(`${answer.status}: ${answer.text}`);
};

it('creating, reading and cancelling', async () => {
  let roomId = '';
  expect(await looksOf(async () => (roomId = (await bookedRoom(api)).roomId))).toBeLessThan(most);
  expect(await looksOf(() => answered(api.get(`/api/practice-room/${roomId}`), 200))).toBeLessThan(most);
  expect(await looksOf(() => answered(api.get(`/api/practice-room/${roomId}/timeline`), 200))).toBeLessThan(most);
  expect(await looksOf(() => answered(api.post('/api/practice-room/delete', { roomId }), 200))).toBeLessThan(most);
});

it.each([
  'limit=5',
  'limit=5&status=scheduled',
  'limit=5&status=cancelled',
  'limit=5&status=cancelled&updatedSince=2020-01-01T00:00:00Z',
  'email=guest77@others.test',
  'email=guest77@others.test&status=scheduled&limit=1',
  `from=${hourAhead(40).toISOString()}&limit=5`,
  'externalId=order-77',
  'role=guest&limit=5',
  'email=guest77@others.test&role=guest',
  'updatedSince=2020-01-01T00:00:00Z&limit=5',
  `updatedSince=${new Date(Date.now() + 60_000).toISOString()}`,
  'updatedSince=2020-01-01T00:00:00Z&externalId=order-77',
])('listing %s', async (query) => {
  expect(await looksOf(() => answered(api.get(`/api/practice-room?${query}`), 200))).toBeLessThan(most);
});

it('an operator finds and opens rooms', async () => {
  const { roomId } = await bookedRoom(api, { externalId: 'console' });
  await answered(api.post('/api/practice-room/delete', { roomId }), 200);
  const operator = await logIn(api);
  const rowsRead = (path: string): Promise<number> =>
    looksOf(async () => {
      const { status } = await operator.get(path);
      if (status !== 200) throw new Error(`${path}: ${status}`);
    });
  const { text } = await operator.get('/console/rooms');
  const next = /rel="next" href="([^"]+)"/.exec(text)?.[1] ?? '';
  // Of fifty rooms: the row, its parties and proposals.
  const mostOfPage = 350;
  for (const path of ['/console/rooms', next, '/console/rooms?state=scheduled', '/console/rooms?q=cancelled'])
    expect(await rowsRead(path)).toBeLessThan(mostOfPage);
  for (const q of [
    'guest77@others.test',
    'order-77',
    roomId,
    `${roomId}@organizer.test`,
    'nobody@others.test',
    'nothing',
  ])
    expect(await rowsRead(`/console/rooms?q=${q}`)).toBeLessThan(most);
  for (const path of ['', '/cancel', '/resend/guest', '/attendee/host'])
    expect(await rowsRead(`/console/rooms/${roomId}${path}`)).toBeLessThan(most);
});

it('proposing, opening a link and agreeing', async () => {
  const room = await bookedRoom(api);
  const token = await tokenFor(fresh.db, room.roomId, 'guest', 'propose');
  const times = { proposedStartUtc: hourAhead(6).toISOString(), proposedEndUtc: hourAhead(6, 1).toISOString() };
  expect(await looksOf(() => answered(api.get(`/reschedule?r=${token}`), 200))).toBeLessThan(most);
  expect(await looksOf(() => answered(api.post('/api/reschedule/propose', { token, ...times }), 201))).toBeLessThan(
    most,
  );
  const asked = await proposal(api, room, 'host', hourAhead(7));
  expect(
    await looksOf(() => answered(api.post('/approve', { token: asked.approve }, { accept: 'application/json' }), 200)),
  ).toBeLessThan(most);
});

it('counting what a person was offered', async () => {
  const { roomId } = await bookedRoom(api);
  const claim = { partstat: 'declined' as const, sequence: 0, startUtc: null, endUtc: null, note: randomUUID() };
  expect(
    await looksOf(() => fresh.db.transaction((tx) => offersBefore(tx, roomId, 'guest', { why: 'held', claim }))),
  ).toBeLessThan(most);
});

it("a writer's meetings", async () => {
  const meetings = () => meetingsOf(fresh.db, 'guest77@others.test');
  expect(await meetings()).toHaveLength(1);
  expect(await looksOf(meetings)).toBeLessThan(most);
});
