// The pages behind confirm links on a real database: looking changes nothing, a POST acts once, and what no longer
// fits says so.
import { type Api, startApi } from '../../support/scheduling-api';
import { confirmToken } from './confirm-fixtures';
import { bookedRoom, browser, forged, hourAhead, proposal, tokenFor } from './links-fixtures';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const room = async (roomId: string) => (await api.get(`/api/practice-room/${roomId}`)).body;
const tokenOf = (
  ...given: Parameters<typeof confirmToken> extends [unknown, ...infer Rest] ? Rest : never
): Promise<string> => confirmToken(api.database.db, ...given);

it('asks and changes nothing, whoever looks, and leaves the token out of every other address', async () => {
  const booked = await bookedRoom(api);
  const token = await tokenOf(booked, 'guest', 'declined');
  for (const headers of [browser, browser, { accept: '*/*' }, { ...browser, 'sec-purpose': 'prefetch' }]) {
    const answer = await api.get(`/confirm?t=${token}`, headers);
    expect([
      answer.status,
      answer.headers.get('referrer-policy') ?? 'no-referrer',
      answer.headers.get('cache-control'),
    ]).toEqual([200, 'no-referrer', 'no-store']);
  }
  expect(await room(booked.roomId)).toMatchObject({ status: 'scheduled', sequence: 0 });
  const page = (await api.get(`/confirm?t=${token}`, browser)).text;
  expect(page).not.toMatch(/(?:href|action)="[^"]*[?]/);
  for (const { email } of booked.invitations) expect(page).not.toContain(email);
});

it('declines under strict policy with the button and not twice; two at a time are one', async () => {
  const booked = await bookedRoom(api);
  const token = await tokenOf(booked, 'guest', 'declined');
  const answers = await Promise.all([1, 2, 3].map(() => api.post('/confirm', { token })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect(answers.find(({ status }) => status === 200)?.body).toEqual({ status: 'confirmed', claim: 'declined' });
  expect(await room(booked.roomId)).toMatchObject({ status: 'cancelled', sequence: 1 });
  expect((await api.get(`/confirm?t=${token}`, browser)).status).toBe(409);
});

it.each(['accepted', 'tentative'] as const)('records %s as the attendee’s answer', async (partstat) => {
  const booked = await bookedRoom(api);
  expect((await api.post('/confirm', { token: await tokenOf(booked, 'host', partstat) })).status).toBe(200);
  expect((await room(booked.roomId)).invitations.find(({ role }) => role === 'host')?.partstat).toBe(partstat);
});

it('makes a proposal of a confirmed new time, in the meeting’s length, with its note', async () => {
  const booked = await bookedRoom(api);
  const startUtc = hourAhead(6).toISOString();
  const token = await tokenOf(booked, 'guest', null, { startUtc, note: 'an hour later?' });
  expect((await api.get(`/confirm?t=${token}`, browser)).text).toContain('an hour later?');
  expect((await api.post('/confirm', { token })).body).toEqual({ status: 'confirmed', claim: 'new-time' });
  expect((await room(booked.roomId)).proposals).toMatchObject([
    { status: 'pending', proposedBy: 'guest', source: 'counter', startUtc, note: 'an hour later?' },
  ]);
});

it('sets an answer aside that was not the reader’s', async () => {
  const booked = await bookedRoom(api);
  const token = await tokenOf(booked, 'guest', 'declined');
  expect((await api.post('/confirm', { token, answer: 'no' })).body).toEqual({ status: 'dropped', claim: 'declined' });
  expect((await api.post('/confirm', { token })).status).toBe(409);
  expect(await room(booked.roomId)).toMatchObject({ status: 'scheduled' });
});

it('says 404 for a token that is unknown, cut or another link’s, and 410 for one whose time is over', async () => {
  const booked = await bookedRoom(api);
  const token = await tokenOf(booked, 'guest', 'declined');
  const propose = await tokenFor(api.database.db, booked.roomId, 'guest', 'propose');
  for (const bad of ['', 'x', token.slice(0, -1), forged(token), propose]) {
    expect((await api.get(`/confirm?t=${bad}`, browser)).status).toBe(404);
    expect((await api.post('/confirm', { token: bad })).status).toBe(404);
  }
  expect((await api.get(`/reschedule?r=${token}`, browser)).status).toBe(404);
  expect((await api.post('/approve', { token })).status).toBe(404);
  const over = await tokenOf(booked, 'guest', 'declined', {}, new Date(Date.now() - 1_000));
  expect((await api.get(`/confirm?t=${over}`, browser)).status).toBe(410);
  expect((await api.post('/confirm', { token: over })).status).toBe(410);
  expect(await room(booked.roomId)).toMatchObject({ status: 'scheduled' });
});

it('is over with the time it answered, and with the meeting', async () => {
  const booked = await bookedRoom(api);
  const token = await tokenOf(booked, 'guest', 'declined');
  await api.post('/approve', { token: (await proposal(api, booked, 'guest')).approve });
  expect((await api.post('/confirm', { token })).status).toBe(409);
  expect(await room(booked.roomId)).toMatchObject({ status: 'scheduled', sequence: 1 });
  const other = await bookedRoom(api);
  const late = await tokenOf(other, 'guest', 'accepted');
  await api.post('/api/practice-room/delete', { roomId: other.roomId });
  expect((await api.get(`/confirm?t=${late}`, browser)).status).toBe(409);
  expect((await api.post('/confirm', { token: late })).status).toBe(409);
});

it('takes no POST of another site', async () => {
  const booked = await bookedRoom(api);
  const token = await tokenOf(booked, 'guest', 'declined');
  expect((await api.post('/confirm', { token }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect(await room(booked.roomId)).toMatchObject({ status: 'scheduled' });
});

it('is in the reader’s language', async () => {
  const booked = await bookedRoom(api, { guest: { email: 'deutsch@people.test', locale: 'de' } });
  expect((await api.get(`/confirm?t=${await tokenOf(booked, 'guest', 'declined')}`, browser)).text).toContain(
    'Ist das Ihre Antwort?',
  );
});

it('shows in the timeline and in the metrics', async () => {
  const booked = await bookedRoom(api);
  await api.post('/confirm', { token: await tokenOf(booked, 'guest', 'accepted') });
  const { items } = (await api.get(`/api/practice-room/${booked.roomId}/timeline`)).body;
  expect(items).toContainEqual(
    expect.objectContaining({ kind: 'token', role: 'guest', verdict: 'ok', why: 'confirm-link' }),
  );
  expect((await api.get('/metrics')).text).toMatch(
    /scheduling_token_uses_total\{purpose="confirm",verdict="ok"\} [1-9]/,
  );
});

it.each([
  ['was not believed', false, 'no'],
  ['the reader wrote', true, 'yes'],
] as const)('the button that stands out after a mail that %s is the fitting one', async (_, own, main) => {
  const booked = await bookedRoom(api);
  const confirm = await tokenOf(booked, 'guest', 'declined');
  await api.database.db.query(
    `update magic_links set claim = claim || jsonb_build_object('own', $2::boolean) where room_id = $1 and purpose = 'confirm'`,
    [booked.roomId, own],
  );
  const { text } = await api.get(`/confirm?t=${confirm}`, browser);
  const plain = [...text.matchAll(/name="answer" value="(yes|no)"><button>/g)].map(([, answer]) => answer);
  expect(plain).toEqual([main]);
});
