// A note that guesses the other party's address, sent over HTTP to a room where the guess is right and to one where
// it is wrong.
// The proof for every text is test/privacy/proposer-sees.property.spec.ts; this one goes through the whole shell.
import { type Api, type ApiBody, startApi } from '../../support/scheduling-api';
import { bookedRoom, hourAhead, person, press, tokenFor } from './links-fixtures';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const guessed = 'ann.bell@example.org';
/** What is the same about two answers: everything but ids, tokens and moments. */
const alike = (text: string, made: ApiBody): string =>
  text
    .replaceAll(made.roomId, 'ROOM')
    .replace(/[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/g, 'TOKEN')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    // The minute may change between the two.
    .replace(/open until [^<]*/, 'open until');

it.each([
  ['plain', guessed],
  ['in base64', Buffer.from(guessed).toString('base64')],
  ['in hexadecimal', Buffer.from(guessed).toString('hex')],
  ['percent-encoded', encodeURIComponent(guessed)],
  ['as an encoded word', `=?utf-8?q?${guessed.replace('@', '=40')}?=`],
  ['in other words', 'ann.bell, at the place that is called example org'],
])('nothing distinguishes a guess %s from a wrong one', async (_how, guess) => {
  const answers: unknown[] = [];
  const [at = '', start = '', end = ''] = [9, 10, 11].map((hours) => hourAhead(hours).toISOString());
  for (const email of [guessed, 'somebody.else@elsewhere.test']) {
    const made = await bookedRoom(api, { host: person({ email }), guest: person() });
    const form = {
      date: at.slice(0, 10),
      time: at.slice(11, 16),
      length: 'keep',
      zone: 'UTC',
      offset: '',
      note: `Hi ${guess}`,
    };
    const token = await tokenFor(api.database.db, made.roomId, 'guest', 'propose');
    const page = await press(api, '/api/reschedule/propose', { token, ...form });
    const next = await tokenFor(api.database.db, made.roomId, 'guest', 'propose');
    const times = { proposedStartUtc: start, proposedEndUtc: end };
    const json = await api.post('/api/reschedule/propose', { token: next, ...times, note: `Hi ${guess}` });
    const notes = await api.database.db.query(
      'select note from pending_proposals where room_id = $1 order by created_at',
      [made.roomId],
    );
    answers.push([page.status, alike(page.text, made), json.status, alike(json.text, made), notes]);
    const { items } = (await api.get(`/api/practice-room/${made.roomId}/timeline`)).body;
    answers.push(items.map(({ kind, verdict, why }) => [kind, verdict, why]));
  }
  expect([answers[0], answers[1]]).toEqual([answers[2], answers[3]]);
});
