// The video link of a room that is there already: made, kept and taken away by `update`, once whatever is repeated.
// Daily is a local server that answers as its documentation says.
import { randomUUID } from 'node:crypto';
import { dailyKey, FakeDaily } from '../../support/daily';
import { eventually } from '../../support/eventually';
import { type Api, type ApiAnswer, startApi } from '../../support/scheduling-api';
import { person } from '../links/links-fixtures';

const daily = new FakeDaily();
let api: Api;
beforeAll(async () => {
  const url = await daily.start();
  api = await startApi({ VIDEO_PROVIDER: 'daily', DAILY_API_KEY: dailyKey, DAILY_API_URL: `${url}/` });
});
afterAll(async () => {
  await api.stop();
  await daily.stop();
});
beforeEach(() => void daily.calls.splice(0));

const booked = async (over: Record<string, unknown> = {}): Promise<string> => {
  const times = { startUtc: '2031-05-05T10:00:00Z', endUtc: '2031-05-05T11:00:00Z' };
  return (await api.post('/api/practice-room/create', { ...times, host: person(), guest: person(), ...over })).body
    .roomId;
};
const update = (roomId: string, videoRoom: boolean | null, key?: string): Promise<ApiAnswer> =>
  api.post('/api/practice-room/update', { roomId, videoRoom }, key === undefined ? {} : { 'idempotency-key': key });
const linkOf = (roomId: string): string => `https://tests.daily.co/${roomId}`;
const shown = ({ status, body }: ApiAnswer): unknown[] => [
  status,
  body['videoUrl'],
  body.sequence,
  body['timeSequence'],
  body.invitations.map(({ partstat }) => partstat),
];
const unanswered = ['needs-action', 'needs-action'];
const updates = async (roomId: string): Promise<unknown[]> =>
  (await api.events())
    .filter(({ name, data }) => name === 'RoomUpdated' && (data as { room: { roomId: string } }).room.roomId === roomId)
    .map(({ data }) => (data as { changed: string[] }).changed);

it('gives a booked room its link: a change that both are invited to anew', async () => {
  const roomId = await booked();
  expect(shown(await update(roomId, true))).toEqual([200, linkOf(roomId), 1, 1, unanswered]);
  expect([daily.calls, daily.rooms.has(roomId)]).toEqual([['POST /v1/rooms'], true]);
  expect(await updates(roomId)).toEqual([['videoUrl']]);
});

it('keeps a link that is there: the same again asks nobody and mails nobody', async () => {
  const roomId = await booked({ videoRoom: true });
  daily.calls.splice(0);
  expect(shown(await update(roomId, true))).toEqual([200, linkOf(roomId), 0, 0, unanswered]);
  expect([daily.calls, await updates(roomId)]).toEqual([[], []]);
});

it.each([false, null])('takes the link away with %s, at the provider too', async (none) => {
  const roomId = await booked({ videoRoom: true });
  expect(shown(await update(roomId, none))).toEqual([200, null, 1, 1, unanswered]);
  await eventually('the provider has no such room', () => !daily.rooms.has(roomId));
  expect(shown(await update(roomId, none))).toEqual([200, null, 1, 1, unanswered]);
  expect(await updates(roomId)).toEqual([['videoUrl']]);
});

it('makes one room at the provider for one key, however often it is asked', async () => {
  const [roomId, key] = [await booked(), randomUUID()];
  const answers = await Promise.all([update(roomId, true, key), update(roomId, true, key)]);
  answers.push(await update(roomId, true, key));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect([(await updates(roomId)).length, daily.rooms.has(roomId)]).toEqual([1, true]);
});

it('of a cancelled room is refused, and what was made for it goes again', async () => {
  const roomId = await booked();
  await api.post('/api/practice-room/delete', { roomId });
  const { status, body } = await update(roomId, true);
  expect([status, body.code]).toEqual([409, 'room-cancelled']);
  await eventually('the provider has no such room', () => !daily.rooms.has(roomId));
});

it('goes without a link where the provider fails: the title changes all the same, and the timeline says why', async () => {
  const roomId = await booked();
  daily.next({ status: 500 }, { status: 500 }, { status: 500 });
  const answer = await api.post('/api/practice-room/update', { roomId, videoRoom: true, title: 'New title' });
  expect([answer.status, answer.body['videoUrl'], answer.body['title'], answer.body.sequence]).toEqual([
    200,
    null,
    'New title',
    1,
  ]);
  const { items } = (await api.get(`/api/practice-room/${roomId}/timeline`)).body;
  expect(items).toContainEqual(expect.objectContaining({ verdict: 'no-video-room' }));
});
