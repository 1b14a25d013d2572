// Video rooms: made before the booking's transaction, tried again, said when they cannot be had, taken away when the
// room is not made.
// Daily is a local server that answers as its documentation says, faults included.
import { randomUUID } from 'node:crypto';
import type { EventPayload } from '#contracts';
import { SettingsFault } from '#service';
import { readMail } from '../../../apps/imip-ingestor/src/interpret/mail';
import { IcsService } from '../../../apps/notification-sender/src/render/ics.service';
import { lettersFor, type RoomsEvent } from '../../../apps/notification-sender/src/letters/letters';
import { renderLetter } from '../../../apps/notification-sender/src/render/render';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { dailyKey, FakeDaily } from '../../support/daily';
import { eventually } from '../../support/eventually';
import { type Api, type ApiAnswer, startApi, tokenSecret } from '../../support/scheduling-api';
import { senderSettings } from '../../support/sender-events';
import { person } from '../links/links-fixtures';

const daily = new FakeDaily();
let database: FreshDatabase;
let api: Api;
beforeAll(async () => {
  const url = await daily.start();
  database = await freshDatabase();
  api = await startApi({ VIDEO_PROVIDER: 'daily', DAILY_API_KEY: dailyKey, DAILY_API_URL: `${url}/` }, database);
});
afterAll(async () => {
  await api.stop();
  await daily.stop();
  await database.drop();
});
beforeEach(() => void daily.calls.splice(0));

const wanted = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  startUtc: '2031-05-05T10:00:00Z',
  endUtc: '2031-05-05T11:00:00Z',
  host: person(),
  guest: person(),
  videoRoom: true,
  ...over,
});
const create = (over: Record<string, unknown> = {}, key?: string, on: Api = api): Promise<ApiAnswer> =>
  on.post('/api/practice-room/create', wanted(over), key === undefined ? {} : { 'idempotency-key': key });
const linkOf = (roomId: string): string => `https://tests.daily.co/${roomId}`;
const timeline = async (roomId: string): Promise<unknown[]> =>
  (await api.get(`/api/practice-room/${roomId}/timeline`)).body.items;

it('a room that asks for it has its link, in the answer, in LOCATION and in the words of the mail', async () => {
  const { status, body } = await create();
  expect([status, body['videoUrl']]).toEqual([201, linkOf(body.roomId)]);
  expect([daily.calls, daily.rooms.get(body.roomId)?.privacy]).toEqual([['POST /v1/rooms'], 'public']);
  const booked = (await api.events()).find(
    (each) => each.name === 'RoomBooked' && (each.data as EventPayload<'RoomBooked'>).room.roomId === body.roomId,
  );
  const settings = { ...senderSettings, TOKEN_SECRET: tokenSecret };
  const letters = lettersFor(booked as RoomsEvent, { room: null });
  expect(letters.length).toBe(2);
  for (const letter of letters) {
    const facts = {
      letterId: randomUUID(),
      messageId: '<a@b.test>',
      firstMessageId: null,
      dtstamp: new Date(0),
      writtenAt: new Date(0),
    };
    const calendar = new IcsService(settings).textOf(letter, facts);
    expect(calendar?.replaceAll('\r\n ', '').split('\r\n')).toContain(`LOCATION:${linkOf(body.roomId)}`);
    const mail = readMail(renderLetter(letter, facts, calendar, settings).bytes);
    const plain = mail.parts.find((part) => part.type === 'text/plain')?.body.toString() ?? '';
    expect(plain.split('\n').map((line) => line.trim())).toContain(linkOf(body.roomId));
  }
});

it('a room that does not ask has none, and nobody is asked', async () => {
  const { status, body } = await create({ videoRoom: false });
  expect([status, body['videoUrl'], daily.calls]).toEqual([201, null, []]);
});

it.each([
  ['too many requests', { status: 429 }],
  ['an error of the server', { status: 503 }],
  ['a broken connection', 'reset'],
  ['an answer that is none', 'rubbish'],
] as const)('%s is tried again', async (_what, fault) => {
  daily.next(fault);
  const { status, body } = await create();
  expect([status, body['videoUrl']]).toEqual([201, linkOf(body.roomId)]);
  expect(daily.rooms.has(body.roomId)).toBe(true);
});

it('a room whose answer was lost is found again by its name', async () => {
  daily.next('lost');
  const { body } = await create();
  expect(body['videoUrl']).toBe(linkOf(body.roomId));
  expect(daily.calls).toEqual(['POST /v1/rooms', 'POST /v1/rooms', `GET /v1/rooms/${body.roomId}`]);
});

it('a provider that goes on failing does not fail the booking: it goes without a link, and the timeline says so', async () => {
  daily.next({ status: 500 }, { status: 500 }, { status: 500 });
  const { status, body } = await create();
  expect([status, body['videoUrl'], daily.calls.length]).toEqual([201, null, 3]);
  expect(await timeline(body.roomId)).toContainEqual(
    expect.objectContaining({ kind: 'call', verdict: 'no-video-room', why: 'video-provider: status-500' }),
  );
});

it('a provider that hangs is given up in time', async () => {
  daily.next('hang', 'hang', 'hang');
  const begun = Date.now();
  const { status, body } = await create();
  expect([status, body['videoUrl']]).toEqual([201, null]);
  expect(Date.now() - begun).toBeLessThan(20_000);
  expect(JSON.stringify(await timeline(body.roomId))).toContain('video-provider: timeout');
});

it('what will not get better is not tried again', async () => {
  const wrongKey = await startApi(
    { VIDEO_PROVIDER: 'daily', DAILY_API_KEY: 'wrong', DAILY_API_URL: daily.url },
    database,
  );
  const { status, body } = await create({}, undefined, wrongKey);
  await wrongKey.stop();
  expect([status, body['videoUrl'], daily.calls.length]).toEqual([201, null, 1]);
  expect(JSON.stringify(await timeline(body.roomId))).toContain('video-provider: status-401');
  daily.next({ status: 400 });
  expect((await create()).body['videoUrl']).toBeNull();
});

it('the same Idempotency-Key has one video room, and the first answer', async () => {
  const key = randomUUID();
  const body = wanted();
  const send = (): Promise<ApiAnswer> => api.post('/api/practice-room/create', body, { 'idempotency-key': key });
  const before = daily.rooms.size;
  const both = await Promise.all([send(), send()]);
  const third = await send();
  expect(new Set([...both, third].map((each) => each.text)).size).toBe(1);
  await eventually('the needless one is gone', () => daily.rooms.size === before + 1);
  expect(daily.rooms.has(third.body.roomId)).toBe(true);
});

it('a request that is refused makes no video room', async () => {
  const answers = [
    await create({ startUtc: '2001-01-01T10:00:00Z', endUtc: '2001-01-01T11:00:00Z' }),
    await create({ host: { email: 'scheduling@organizer.test' } }),
  ];
  expect([...answers.map((each) => each.status), daily.calls]).toEqual([422, 422, []]);
});

it('where the room cannot be stored the video room goes again', async () => {
  const before = daily.rooms.size;
  await database.db.query('alter table outbox rename to away');
  const { status } = await create();
  await database.db.query('alter table away rename to outbox');
  expect(status).toBe(500);
  await eventually(
    'the video room is gone',
    () => daily.calls.some((call) => call.startsWith('DELETE')) && daily.rooms.size === before,
  );
});

it('with VIDEO_PROVIDER=none a room has no link', async () => {
  const plain = await startApi({}, database);
  const { status, body } = await create({}, undefined, plain);
  await plain.stop();
  expect([status, body['videoUrl'], daily.calls]).toEqual([201, null, []]);
});

it('daily without its key is a fault at start', async () => {
  await expect(startApi({ VIDEO_PROVIDER: 'daily' }, database)).rejects.toThrow(
    new SettingsFault(['DAILY_API_KEY: must be set with VIDEO_PROVIDER=daily']),
  );
});
