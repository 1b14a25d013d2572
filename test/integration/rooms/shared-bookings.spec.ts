// Bookings that arrive together share a transaction: no caller sees that, also where one of them has to wait or is refused.
import { eventually } from '../../support/eventually';
import { type Api, type ApiAnswer, startApi } from '../../support/scheduling-api';
import { hourAhead } from '../links/links-fixtures';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const times = { startUtc: hourAhead(3).toISOString(), endUtc: hourAhead(3, 1).toISOString() };
const create = (host: string): Promise<ApiAnswer> =>
  api.post('/api/practice-room/create', { ...times, host: { email: host } });
const book = (roomId: string, guest: string): Promise<ApiAnswer> =>
  api.post('/api/practice-room/book', { roomId, guest: { email: guest } });

it('a room that another transaction has locked delays its own booking and no other', async () => {
  const [first, second] = [await create('hana@hosts.test'), await create('hugo@hosts.test')].map(
    ({ body }) => body.roomId,
  );
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let isLocked = false;
  const other = api.database.db.transaction(async (tx) => {
    await tx.query('select id from practice_rooms where id = $1 for update', [first]);
    isLocked = true;
    await released;
  });
  await eventually('the room is locked', () => isLocked);

  let waited: ApiAnswer | undefined;
  const waits = book(first ?? '', 'gil@guests.test').then((answer) => (waited = answer));
  const others = await Promise.all([
    ...['a', 'b', 'c', 'd'].map((name) => create(`${name}@hosts.test`)),
    book(second ?? '', 'gus@guests.test'),
  ]);
  expect(others.map(({ status }) => status)).toEqual([201, 201, 201, 201, 200]);
  expect(waited).toBeUndefined();
  release();
  await Promise.all([other, waits]);
  expect([waited?.status, waited?.body.invitations.map(({ role }) => role)]).toEqual([200, ['host', 'guest']]);
});

it('each gets its own response: what is refused, unknown or new, all at once', async () => {
  const free = (await create('hana@hosts.test')).body.roomId;
  const full = (await create('hugo@hosts.test')).body.roomId;
  await book(full, 'gil@guests.test');
  const answers = await Promise.all([
    create('ida@hosts.test'),
    book(full, 'gus@guests.test'),
    book('00000000-0000-7000-8000-000000000000', 'gus@guests.test'),
    book(free, 'gus@guests.test'),
    book(free, 'greta@guests.test'),
  ]);
  const refused = [409, 'already-booked'];
  const outcomes = answers.map(({ status, body }) => [status, body.code]);
  expect([outcomes[0], outcomes[1], outcomes[2]]).toEqual([[201, undefined], refused, [404, 'room-not-found']]);
  // Of two bookings of one room the first counts, whichever that is.
  expect(outcomes.slice(3).toSorted()).toEqual([[200, undefined], refused]);
});
