// The answer link: a page that asks, its POST as form and JSON, and the meeting as a calendar file (contract, section
// 7.4), over real HTTP and Postgres.
import { readCalendar } from '../../support/read-calendar';
import { type Api, type ApiAnswer, type ApiBody, startApi } from '../../support/scheduling-api';
import {
  age,
  bookedRoom,
  browser,
  eventsOf,
  forged,
  hourAhead,
  press,
  proposal,
  readRoom,
  tokenFor,
  visit,
  words,
} from './links-fixtures';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const soft = { policy: { onDecline: 'soft' } };
const linkOf = (room: ApiBody, role: 'host' | 'guest' = 'guest'): Promise<string> =>
  tokenFor(api.database.db, room.roomId, role, 'answer');
const answer = (token: string, partstat: string, more: Record<string, unknown> = {}): Promise<ApiAnswer> =>
  api.post('/answer', { token, partstat, ...more });
const partstat = async ({ roomId }: ApiBody, role = 'guest'): Promise<string | undefined> =>
  (await readRoom(api, roomId)).invitations.find((each) => each.role === role)?.partstat;
const timeline = async ({ roomId }: ApiBody): Promise<ApiBody[]> =>
  (await api.get(`/api/practice-room/${roomId}/timeline`)).body.items;

describe('looking', () => {
  it('changes nothing, whoever looks and how often', async () => {
    const room = await bookedRoom(api);
    const token = await linkOf(room);
    const before = await readRoom(api, room.roomId);
    for (const headers of [browser, { accept: '*/*' }, { ...browser, 'sec-purpose': 'prefetch' }]) {
      const page = await visit(api, `/answer?a=${token}`, headers);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      for (const label of ['Accept', 'Maybe', 'Decline', 'Request new time']) expect(words(page.text)).toContain(label);
    }
    expect((await api.send('HEAD', `/answer?a=${token}`)).status).toBe(200);
    expect(await readRoom(api, room.roomId)).toEqual(before);
    expect(await eventsOf(api, room.roomId)).toEqual(['RoomBooked']);
  });

  it('leads to the form of the same attendee', async () => {
    const room = await bookedRoom(api);
    const page = await visit(api, `/answer?a=${await linkOf(room)}`);
    const [, link = ''] = /href="(\/reschedule\?r=[^"]+)"/.exec(page.text) ?? [];
    expect((await visit(api, link)).status).toBe(200);
    expect(link).toContain(await tokenFor(api.database.db, room.roomId, 'guest', 'propose'));
  });
});

describe('answering', () => {
  it('counts as the reply of that attendee, as often as they like', async () => {
    const room = await bookedRoom(api, soft);
    const token = await linkOf(room);
    for (const given of ['accepted', 'tentative', 'declined', 'accepted']) {
      const { status, body } = await answer(token, given);
      expect([status, body]).toEqual([200, { partstat: given, status: 'scheduled' }]);
      expect(await partstat(room)).toBe(given);
    }
    expect(await partstat(room, 'host')).toBe('needs-action');
    const lines = (await timeline(room)).filter((each) => each['verdict'] === 'applied');
    expect(lines.map(({ role, source, why }) => [role, source, String(why).split(':')[0]])).toEqual([
      ['guest', 'page', 'accepted'],
      ['guest', 'page', 'tentative'],
      ['guest', 'page', 'declined'],
      ['guest', 'page', 'accepted'],
    ]);
  });

  it('twice the same is one answer', async () => {
    const room = await bookedRoom(api);
    const token = await linkOf(room, 'host');
    await answer(token, 'accepted');
    const { revision } = await readRoom(api, room.roomId);
    expect((await answer(token, 'accepted')).body).toEqual({ partstat: 'accepted', status: 'scheduled' });
    expect((await readRoom(api, room.roomId))['revision']).toBe(revision);
    expect((await timeline(room)).filter((each) => each['verdict'] === 'applied')).toHaveLength(1);
  });

  it('by the form gives a page with the file for the calendar', async () => {
    const room = await bookedRoom(api);
    const token = await linkOf(room);
    const page = await press(api, '/answer', { a: token, partstat: 'accepted' });
    expect([page.status, words(page.text)]).toEqual([200, expect.stringContaining('You have accepted')]);
    expect(page.text).toContain(`href="/calendar?a=${token}"`);
    const again = await visit(api, `/answer?a=${token}`);
    expect(words(again.text)).toContain('You have accepted. You can still change');
    expect(again.text).toContain(`href="/calendar?a=${token}"`);
  });

  it('a decline under strict cancels for both and says so', async () => {
    const room = await bookedRoom(api);
    const token = await linkOf(room);
    expect(words((await visit(api, `/answer?a=${token}`)).text)).toContain(
      'the session is cancelled for you and your host',
    );
    const page = await press(api, '/answer', { a: token, partstat: 'declined' });
    expect([page.status, words(page.text)]).toEqual([200, expect.stringContaining('The session is cancelled')]);
    expect((await readRoom(api, room.roomId)).status).toBe('cancelled');
    expect(await eventsOf(api, room.roomId)).toEqual(['RoomBooked', 'RoomCancelled']);
    expect((await answer(await linkOf(room, 'host'), 'accepted')).status).toBe(409);
  });

  it('as JSON tells that the decline has cancelled it', async () => {
    const room = await bookedRoom(api);
    expect((await answer(await linkOf(room), 'declined')).body).toEqual({ partstat: 'declined', status: 'cancelled' });
  });

  it('is done once for one Idempotency-Key', async () => {
    const room = await bookedRoom(api, soft);
    const token = await linkOf(room);
    const key = { 'idempotency-key': `answer-${room.roomId}` };
    const first = await api.post('/answer', { token, partstat: 'accepted' }, key);
    await answer(token, 'declined');
    const again = await api.post('/answer', { token, partstat: 'accepted' }, key);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(await partstat(room)).toBe('declined');
    expect((await api.post('/answer', { token, partstat: 'tentative' }, key)).status).toBe(422);
  });

  it('is refused for another site’s form', async () => {
    const room = await bookedRoom(api);
    const headers = { ...browser, 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ a: await linkOf(room), partstat: 'accepted' }).toString();
    expect((await api.post('/answer', body, headers)).status).toBe(403);
    expect(await partstat(room)).toBe('needs-action');
  });

  it('names what is wrong in a body, and asks again in the form', async () => {
    const room = await bookedRoom(api);
    const token = await linkOf(room);
    for (const wrong of [{}, { partstat: 'needs-action' }, { partstat: 'ACCEPTED' }, { partstat: 7 }]) {
      const { status, body } = await api.post('/answer', { token, ...wrong });
      expect([status, body.errors.map((each) => each.pointer)]).toEqual([422, ['/partstat']]);
    }
    const page = await press(api, '/answer', { a: token });
    expect([page.status, words(page.text)]).toEqual([422, expect.stringContaining('Please choose one of the answers')]);
    const program = await api.post('/answer', `a=${token}`, {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    });
    expect([program.status, program.body.errors.map((each) => each.pointer)]).toEqual([422, ['/partstat']]);
  });
});

describe('a note with a decline', () => {
  it('stands in the timeline and nowhere else, without addresses', async () => {
    const room = await bookedRoom(api, soft);
    const note = 'my train is late, write to spy@secret.test';
    const { status, body } = await answer(await linkOf(room), 'declined', { note });
    expect([status, body]).toEqual([200, { partstat: 'declined', status: 'scheduled' }]);
    const [line] = (await timeline(room)).filter((each) => each['kind'] === 'note');
    expect(line).toMatchObject({ role: 'guest', source: 'page', why: expect.stringContaining('my train is late') });
    expect(JSON.stringify(await timeline(room))).not.toContain('secret.test');
    expect(JSON.stringify(await readRoom(api, room.roomId))).not.toContain('train');
    const outbox = await api.database.db.query('select envelope::text from outbox where envelope::text like $1', [
      '%train%',
    ]);
    expect(outbox).toEqual([]);
    const others = [`/answer?a=${await linkOf(room)}`, `/answer?a=${await linkOf(room, 'host')}`];
    for (const path of others) expect((await visit(api, path)).text).not.toContain('train');
  });

  it('is not taken with another answer, nor where a decline cancels', async () => {
    const standing = await bookedRoom(api, soft);
    const strict = await bookedRoom(api);
    for (const [room, given] of [
      [standing, 'accepted'],
      [strict, 'declined'],
    ] as const) {
      const { status, body } = await answer(await linkOf(room), given, { note: 'why' });
      expect([status, body.code, body.errors[0]?.pointer]).toEqual([422, 'note-not-taken', '/note']);
      expect(await partstat(room)).toBe('needs-action');
    }
  });

  it('is offered by the page only where it is taken', async () => {
    const page = async (over: object): Promise<string> =>
      (await visit(api, `/answer?a=${await linkOf(await bookedRoom(api, { ...over }))}`)).text;
    expect(await page(soft)).toContain('<textarea name="note"');
    expect(await page({})).not.toContain('<textarea');
  });
});

describe('a link that answers no more', () => {
  it('is 404 where it is not one of ours, crossed or empty', async () => {
    const room = await bookedRoom(api);
    const crossed = await tokenFor(api.database.db, room.roomId, 'guest', 'propose');
    for (const token of ['', 'x', forged(await linkOf(room)), crossed]) {
      expect((await api.get(`/answer?a=${token}`)).status).toBe(404);
      expect((await api.get(`/calendar?a=${token}`)).status).toBe(404);
      expect((await answer(token, 'accepted')).status).toBe(404);
    }
    expect((await api.get(`/reschedule?r=${await linkOf(room)}`)).status).toBe(404);
    expect((await api.get(`/approve?t=${await linkOf(room)}`)).status).toBe(404);
  });

  const everywhere = async (token: string): Promise<number[]> =>
    Promise.all([
      api.get(`/answer?a=${token}`).then((each) => each.status),
      visit(api, `/answer?a=${token}`).then((each) => each.status),
      api.get(`/calendar?a=${token}`).then((each) => each.status),
      answer(token, 'accepted').then((each) => each.status),
      press(api, '/answer', { a: token, partstat: 'accepted' }).then((each) => each.status),
    ]);

  it('is 409 for a cancelled room, also after the start', async () => {
    const room = await bookedRoom(api);
    const token = await linkOf(room);
    await api.post('/api/practice-room/delete', { roomId: room.roomId });
    expect(await everywhere(token)).toEqual([409, 409, 409, 409, 409]);
    await age.room(api, room.roomId);
    expect(await everywhere(token)).toEqual([409, 409, 409, 409, 409]);
  });

  it('is 409 for one of an earlier time, and the new letter has a new one', async () => {
    const room = await bookedRoom(api);
    const old = await linkOf(room);
    const at = hourAhead(9);
    const times = { startUtc: at.toISOString(), endUtc: new Date(at.getTime() + 3_600_000).toISOString() };
    await api.post('/api/practice-room/reschedule', { roomId: room.roomId, ...times });
    expect(await everywhere(old)).toEqual([409, 409, 409, 409, 409]);
    expect(await everywhere(await linkOf(room))).toEqual([200, 200, 200, 200, 200]);
  });

  it('still answers after the title alone has changed', async () => {
    const room = await bookedRoom(api);
    const old = await linkOf(room);
    await api.post('/api/practice-room/update', { roomId: room.roomId, title: 'Another title' });
    expect(await everywhere(old)).toEqual([200, 200, 200, 200, 200]);
    expect(await partstat(room)).toBe('accepted');
  });

  it('is 410 after the start', async () => {
    const room = await bookedRoom(api);
    const token = await linkOf(room);
    await age.room(api, room.roomId);
    expect(await everywhere(token)).toEqual([410, 410, 410, 410, 410]);
    expect(await partstat(room)).toBe('needs-action');
  });

  it('is 410 for an address that another has replaced', async () => {
    const room = await bookedRoom(api);
    const token = await linkOf(room);
    await api.post('/api/practice-room/attendee', {
      roomId: room.roomId,
      role: 'guest',
      email: `new.${room.roomId}@people.test`,
    });
    expect(await everywhere(token)).toEqual([410, 410, 410, 410, 410]);
    expect((await answer(await linkOf(room), 'accepted')).status).toBe(200);
  });
});

describe('the calendar file', () => {
  it('is the current REQUEST of that attendee alone', async () => {
    const room = await bookedRoom(api, { title: 'Scales, chords; and more', location: 'Room 3' });
    const token = await linkOf(room);
    await answer(token, 'accepted');
    const file = await api.get(`/calendar?a=${token}`);
    expect([file.status, file.headers.get('content-type')]).toEqual([
      200,
      'text/calendar; charset=utf-8; method=REQUEST',
    ]);
    expect(file.headers.get('content-disposition')).toContain('invite.ics');
    const calendar = readCalendar(file.text);
    expect(calendar).toMatchObject({
      method: 'REQUEST',
      uid: room.uid,
      sequence: 0,
      summary: 'Scales, chords; and more',
    });
    expect(calendar.attendees).toEqual([`mailto:${room.invitations.find((each) => each.role === 'guest')?.email}`]);
    expect(calendar.partstats).toEqual(['ACCEPTED']);
    const host = room.invitations.find((each) => each.role === 'host')?.email ?? '';
    expect(file.text).not.toContain(host.split('@')[0]);
    expect(calendar.description).toContain(
      `http://links.test/reschedule?r=${await tokenFor(api.database.db, room.roomId, 'guest', 'propose')}`,
    );
  });

  it('is offered where an approval has settled the time', async () => {
    const room = await bookedRoom(api);
    const made = await proposal(api, room, 'guest');
    const page = await press(api, '/approve', { t: made.approve });
    const [, link = ''] = /href="(\/calendar\?a=[^"]+)"/.exec(page.text) ?? [];
    const file = await api.get(link.replaceAll('&amp;', '&'));
    expect(readCalendar(file.text)).toMatchObject({ sequence: 1, start: made.startUtc.toISOString() });
  });

  it('carries the tag of its attendee as ORGANIZER where letters do', async () => {
    const tagged = await startApi({ ORGANIZER_TAGGING: 'on' });
    try {
      const room = await bookedRoom(tagged);
      const token = await tokenFor(tagged.database.db, room.roomId, 'host', 'answer');
      const organizer = readCalendar((await tagged.get(`/calendar?a=${token}`)).text).organizer;
      expect(organizer).toMatch(/^mailto:scheduling\+[a-z2-7]{20}@organizer\.test$/);
    } finally {
      await tagged.stop();
    }
  });
});
