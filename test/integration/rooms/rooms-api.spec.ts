// The platform's API over real HTTP and a real Postgres: what it stores, what it answers, what it refuses and in
// which words.
import { randomUUID } from 'node:crypto';
import { Database } from '#persistence';
import { type Api, type ApiAnswer, apiKey, startApi } from '../../support/scheduling-api';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

let people = 0;
const start = '2031-05-05T10:00:00Z';
const end = '2031-05-05T11:00:00Z';
const person = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  email: `p${++people}@people.test`,
  ...over,
});
const body = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  startUtc: start,
  endUtc: end,
  host: person(),
  guest: person(),
  ...over,
});
const create = (over: Record<string, unknown> = {}, headers = {}): Promise<ApiAnswer> =>
  api.post('/api/practice-room/create', body(over), headers);
const eventsOf = async (roomId: string): Promise<string[]> =>
  (await api.events()).filter((each) => JSON.stringify(each.data).includes(roomId)).map((each) => each.name);
const rowsOf = async (): Promise<string> => {
  const [row] = await api.database.db.query<{ n: string }>(
    `select (select count(*) from practice_rooms) + (select count(*) from invitations) + (select count(*)
        from magic_links) + (select count(*) from outbox) as n`,
  );
  return row?.n ?? '';
};

describe('create and book', () => {
  it('creating with a guest books in the same transaction and announces it once, with a link for each', async () => {
    const { status, body: room } = await create({ title: 'Übung; A, B', location: 'Room 1', externalId: 'x-1' });
    expect(status).toBe(201);
    expect(room).toMatchObject({
      sequence: 0,
      status: 'scheduled',
      title: 'Übung; A, B',
      startUtc: '2031-05-05T10:00:00.000Z',
      location: 'Room 1',
      externalId: 'x-1',
      videoUrl: null,
    });
    expect(room.uid).toBe(`${room.roomId}@organizer.test`);
    expect(room.policy).toEqual({ onDecline: 'strict', proposals: 'both', proposalTtlHours: 48 });
    expect(await eventsOf(room.roomId)).toEqual(['RoomBooked']);
    const links = await api.database.db.query<{ actor_role: string; purpose: string; token_hash: string }>(
      'select actor_role, purpose, token_hash from magic_links where room_id = $1 order by actor_role, purpose',
      [room.roomId],
    );
    const hash: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(new Set(links.map((link) => link.token_hash)).size).toBe(4);
    expect(links).toEqual(
      ['host', 'guest'].flatMap((role) =>
        ['propose', 'answer'].map((purpose) => ({ actor_role: role, purpose, token_hash: hash })),
      ),
    );
  });

  it(
    'a room without a guest mails nobody until it is booked; the same guest again changes nothing; another one ' +
      'is refused',
    async () => {
      const { body: room } = await create({ guest: undefined });
      expect(await eventsOf(room.roomId)).toEqual([]);
      const guest = person();
      const booked = await api.post('/api/practice-room/book', { roomId: room.roomId, guest });
      expect([booked.status, booked.body.invitations.length]).toEqual([200, 2]);
      const again = await api.post('/api/practice-room/book', {
        roomId: room.roomId,
        guest: { email: String(guest['email']).toUpperCase() },
      });
      expect([again.status, again.body]).toEqual([200, booked.body]);
      const other = await api.post('/api/practice-room/book', { roomId: room.roomId, guest: person() });
      expect([other.status, other.body.code]).toEqual([409, 'already-booked']);
      expect(await eventsOf(room.roomId)).toEqual(['RoomBooked']);
    },
  );

  it('goes by the clock of the database, also where it is not asked anew: this machine may be years behind', async () => {
    const others = [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ] as const;
    jest.useFakeTimers({ now: new Date('2001-01-01T00:00:00Z'), doNotFake: [...others] });
    try {
      for (let time = 1; time <= 2; time += 1) {
        const { status, body: room } = await create();
        expect(status).toBe(201);
        const booked = (await api.events()).find((each) => JSON.stringify(each.data).includes(room.roomId));
        const [row] = await api.database.db.query<{ off: string }>(
          'select abs(extract(epoch from clock_timestamp() - $1::timestamptz)) as off',
          [booked?.occurredAt],
        );
        expect(Number(row?.off)).toBeLessThan(60);
        const past = await create({ startUtc: '2011-05-05T10:00:00Z', endUtc: '2011-05-05T11:00:00Z' });
        expect([past.status, past.body.code]).toEqual([422, 'start-in-past']);
      }
    } finally {
      jest.useRealTimers();
    }
  });

  it('two guests who book at once: one gets the room', async () => {
    const { body: room } = await create({ guest: undefined });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => api.post('/api/practice-room/book', { roomId: room.roomId, guest: person() })),
    );
    expect(answers.map((each) => each.status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
    expect(await eventsOf(room.roomId)).toEqual(['RoomBooked']);
  });

  it('any RFC 3339 instant is read, to the millisecond', async () => {
    const { body: room } = await create({ startUtc: '2031-05-05t12:00:00.1239+02:00', endUtc: '2031-05-05T10:30:00z' });
    expect([room.startUtc, room.endUtc]).toEqual(['2031-05-05T10:00:00.123Z', '2031-05-05T10:30:00.000Z']);
  });
});

describe('a wrong field is named and nothing is stored', () => {
  const host = { email: 'host@hosts.test' };
  it.each<[string, Record<string, unknown>, string]>([
    ['a missing start', { startUtc: undefined }, '/startUtc'],
    ['a day that does not exist', { startUtc: '2031-02-30T10:00:00Z' }, '/startUtc'],
    ['a local time', { startUtc: '2031-05-05T10:00:00' }, '/startUtc'],
    ['a time in the past', { startUtc: '2020-01-01T10:00:00Z', endUtc: '2020-01-01T11:00:00Z' }, '/startUtc'],
    ['an end before the start', { endUtc: '2031-05-05T09:00:00Z' }, '/endUtc'],
    ['an empty time', { endUtc: start }, '/endUtc'],
    [
      'a time within one second',
      { startUtc: '2031-05-05T10:00:00.100Z', endUtc: '2031-05-05T10:00:00.600Z' },
      '/endUtc',
    ],
    ['a title of blanks', { title: '   ' }, '/title'],
    ['an unknown zone', { guest: { ...person(), timeZone: 'Mars/Olympus' } }, '/guest/timeZone'],
    ['an offset for a zone', { guest: { ...person(), timeZone: '+02:00' } }, '/guest/timeZone'],
    ['a locale that is none', { host: { ...host, locale: 'x_y!' } }, '/host/locale'],
    ['no address', { host: { email: 'nobody' } }, '/host/email'],
    ['a display name in the address', { host: { email: 'A <a@b.test>' } }, '/host/email'],
    ['a domain with a label of 64 octets', { host: { email: `a@${'b'.repeat(64)}.test` } }, '/host/email'],
    ['two addresses', { host: { email: 'a@b.test,c@d.test' } }, '/host/email'],
    ['a header in the address', { host: { email: 'a@b.test\r\nBcc: x@y.test' } }, '/host/email'],
    ['a line break in the title', { title: 'a\r\nATTENDEE:mailto:x' }, '/title'],
    ['a NUL in a name', { guest: { ...person(), name: 'a\u0000b' } }, '/guest/name'],
    ['an empty title', { title: '' }, '/title'],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, '/title'],
    ['half a character', { title: 'a\ud800' }, '/title'],
    ['a number for a title', { title: 7 }, '/title'],
    ['a policy that is none', { policy: { onDecline: 'maybe' } }, '/policy/onDecline'],
    ['a proposal that lives no time', { policy: { proposalTtlHours: 0 } }, '/policy/proposalTtlHours'],
    ['a field that is none', { gest: person() }, '/gest'],
    ['the organizer as guest', { guest: { email: 'Scheduling+x@organizer.test' } }, '/guest/email'],
    ['oneself as guest', { host, guest: { email: 'HOST+me@hosts.test' } }, '/guest/email'],
    ['an address in the title', { host, title: 'with host@hosts.test' }, '/title'],
    [
      'an address in the location',
      { guest: { email: 'g@guests.test' }, location: 'https://x.test/?u=g%40guests.test' },
      '/location',
    ],
    [
      'an address in disguise in the location',
      { guest: { email: 'g@guests.test' }, location: 'g [at] guests&period;test' },
      '/location',
    ],
    ['an address in a name', { host, guest: { ...person(), name: 'host@hosts.test' } }, '/guest/name'],
    ['an address in the external id', { host, externalId: 'HOST@HOSTS.TEST' }, '/externalId'],
  ])('%s', async (_what, over, pointer) => {
    const before = await rowsOf();
    const { status, headers, body: problem } = await create(over);
    expect([status, headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    expect(problem).toMatchObject({
      status: 422,
      code: expect.stringMatching(/^[a-z-]+$/),
      errors: [{ pointer, code: expect.any(String), detail: expect.any(String) }],
    });
    expect(await rowsOf()).toBe(before);
  });

  it('every wrong field is named at once', async () => {
    const { body: problem } = await create({ title: '', host: { email: 'x' }, startUtc: 'soon' });
    expect(problem.errors.map((each) => each.pointer).sort()).toEqual(['/host/email', '/startUtc', '/title']);
  });

  it('Gmail addresses are one person with and without dots, under both domains', async () => {
    const { status } = await create({ host: { email: 'a.nn@gmail.com' }, guest: { email: 'ann@googlemail.com' } });
    expect(status).toBe(422);
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['no JSON', '{', {}, 400],
    ['an array', '[]', {}, 400],
    ['another content type', 'a=b', { 'content-type': 'text/plain' }, 415],
    ['a mail', 'a=b', { 'content-type': 'Message/RFC822' }, 415],
    ['a field nested 30,000 deep', `{"title":${'['.repeat(15_000)}${']'.repeat(15_000)}}`, {}, 400],
    ['objects nested deep', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, {}, 400],
    ['prototype pollution', '{"__proto__":{"x":1}}', {}, 400],
    ['65 KiB', JSON.stringify({ title: 'x'.repeat(65 * 1024) }), {}, 413],
  ])('%s is refused before it is looked at', async (_what, raw, headers, status) => {
    const answer = await api.post('/api/practice-room/create', raw, headers);
    expect([answer.status, answer.body.status]).toEqual([status, status]);
  });

  it('a body that is not UTF-8 is refused before it is looked at', async () => {
    const bytes = Buffer.from(JSON.stringify(body({ title: 'Caf\u00e9' })), 'latin1');
    const response = await fetch(`${api.url}/api/practice-room/create`, {
      method: 'POST',
      body: bytes,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'unreadable-body' }),
    ]);
  });

  it.each(['', 'Bearer ', 'Bearer wrong', `Basic ${apiKey}`, `Bearer ${apiKey}x`])(
    'the key %p opens nothing',
    async (authorization) => {
      const answer = await create({}, { authorization });
      expect([answer.status, answer.body.code]).toEqual([401, 'unauthorized']);
    },
  );

  it.each(['nonsense', randomUUID(), "1' or '1'='1"])('the room %p is not there', async (roomId) => {
    const book = await api.post('/api/practice-room/book', { roomId, guest: person() });
    const read = await api.get(`/api/practice-room/${encodeURIComponent(roomId)}`);
    expect([book.status, read.status]).toEqual([404, 404]);
  });

  it.each(['%ff', '%00', 'x'.repeat(400)])('nor is one at a path that can be no id: %p', async (path) => {
    const { status, headers } = await api.get(`/api/practice-room/${path}`);
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });
});

describe('delete', () => {
  it('cancels once, one sequence up, and again answers the same without another event', async () => {
    const { body: room } = await create();
    const first = await api.post('/api/practice-room/delete', { roomId: room.roomId, reason: 'ill' });
    const second = await api.post('/api/practice-room/delete', { roomId: room.roomId });
    expect([first.status, first.body.status, first.body.sequence]).toEqual([200, 'cancelled', 1]);
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(await eventsOf(room.roomId)).toEqual(['RoomBooked', 'RoomCancelled']);
    expect((await api.post('/api/practice-room/book', { roomId: room.roomId, guest: person() })).body.code).toBe(
      'room-cancelled',
    );
  });
});

describe('Idempotency-Key', () => {
  it('the same key and body get the first answer, also when they come at once', async () => {
    const given = body();
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.post('/api/practice-room/create', given, headers)),
    );
    expect(new Set(answers.map((each) => each.text)).size).toBe(1);
    expect(new Set(answers.map((each) => each.status))).toEqual(new Set([201]));
    expect(await eventsOf(answers[0]?.body.roomId ?? '')).toEqual(['RoomBooked']);
  });

  it('another body under the same key is refused; another API key has keys of its own', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const given = body();
    const first = await api.post('/api/practice-room/create', given, headers);
    const other = await api.post('/api/practice-room/create', { ...given, title: 'Other' }, headers);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
    const stranger = await api.post('/api/practice-room/create', given, {
      ...headers,
      authorization: `Bearer ${apiKey}-2`,
    });
    expect([stranger.status, stranger.body.roomId === first.body.roomId]).toEqual([201, false]);
  });

  it('a refusal is an answer too: it stays the answer for its key', async () => {
    const { body: room } = await create();
    const headers = { 'idempotency-key': randomUUID() };
    const given = { roomId: room.roomId, guest: person() };
    const first = await api.post('/api/practice-room/book', given, headers);
    const second = await api.post('/api/practice-room/book', given, headers);
    expect([first.status, second.status, second.text]).toEqual([409, 409, first.text]);
  });
});

describe('reading', () => {
  it('lists by status, time and person, page by page, without gaps or repeats', async () => {
    const email = `lister${randomUUID()}@people.test`;
    const ids: string[] = [];
    for (let day = 10; day < 15; day += 1) {
      const { body: room } = await create({
        host: { email },
        startUtc: `2031-06-${day}T10:00:00Z`,
        endUtc: `2031-06-${day}T11:00:00Z`,
      });
      ids.push(room.roomId);
    }
    await api.post('/api/practice-room/delete', { roomId: ids[4] });
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await api.get(`/api/practice-room?email=${email.toUpperCase()}&limit=2${cursor}`);
      seen.push(...page.body.items.map((each) => each.roomId));
      cursor = page.body.nextCursor ? `&cursor=${page.body.nextCursor}` : '';
    } while (cursor);
    expect(seen).toEqual(ids);
    const cancelled = await api.get(`/api/practice-room?email=${email}&status=cancelled`);
    const early = await api.get(`/api/practice-room?email=${email}&from=2031-06-11T00:00:00Z&to=2031-06-13T00:00:00Z`);
    expect([cancelled.body.items.length, early.body.items.length]).toEqual([1, 2]);
    const plus = await api.get(
      `/api/practice-room?email=${email.replace('@', '+tag@')}&from=2031-06-11T02:00:00+02:00`,
    );
    expect(plus.body.items.length).toBe(4);
  });

  it.each([
    '?limit=0',
    '?limit=x',
    '?status=gone',
    '?cursor=%00',
    `?cursor=${Buffer.from(`2027-01-01T00:00:00.000Z ${'-'.repeat(36)}`).toString('base64url')}`,
    '?from=yesterday',
    '?nonsense=1',
  ])('%s is refused by name', async (query) => {
    const { status, body: problem } = await api.get(`/api/practice-room${query}`);
    expect([status, problem.errors[0]?.pointer]).toEqual([422, query.replace(/=.*/, '')]);
  });

  it('the timeline tells what happened, in order', async () => {
    const { body: room } = await create();
    await api.post('/api/practice-room/book', { roomId: room.roomId, guest: person() });
    for (let n = 0; n < 2; n += 1) await api.post('/api/practice-room/delete', { roomId: room.roomId });
    const { body: line } = await api.get(`/api/practice-room/${room.roomId}/timeline`);
    expect(line.items).toMatchObject([
      { kind: 'call', verdict: 'created' },
      { kind: 'call', verdict: 'booked' },
      { kind: 'call', verdict: 'refused', why: expect.stringMatching(/^already-booked: /) },
      { kind: 'call', verdict: 'cancelled', sequence: 1, why: expect.stringMatching(/^deleted: /) },
      { kind: 'call', verdict: 'unchanged', why: expect.stringMatching(/^unchanged: /) },
    ]);
  });
});

describe('send-invite, send-update, send-cancel', () => {
  const letter = (room: ApiAnswer['body'], over: Record<string, unknown> = {}): Record<string, unknown> => ({
    uid: room.uid,
    attendeeEmail: room.invitations[0]?.email,
    startUtc: start,
    endUtc: end,
    sequence: 0,
    ...over,
  });

  it('names the Message-ID of the letter that is owed', async () => {
    const { body: room } = await create();
    const answer = await api.post('/api/ics/send-invite', letter(room));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      messageId: expect.stringMatching(/^<[0-9a-f-]{36}@organizer\.test>$/),
      state: 'pending',
    });
    expect((await api.post('/api/ics/send-invite', letter(room))).body).toEqual(answer.body);
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    ['a stranger', { attendeeEmail: 'stranger@else.test' }, 409, 'not-an-attendee'],
    ['another time', { startUtc: '2031-05-05T10:30:00Z' }, 409, 'not-the-rooms-time'],
    ['another sequence', { sequence: 1 }, 409, 'not-the-rooms-time'],
    ['an unknown uid', { uid: 'x@y' }, 404, 'room-not-found'],
  ])('%s is refused', async (_what, over, status, code) => {
    const { body: room } = await create();
    const answer = await api.post('/api/ics/send-invite', letter(room, over));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('a CANCEL is only sent for a cancelled room, a REQUEST only for a scheduled one', async () => {
    const { body: room } = await create();
    const { uid, attendeeEmail } = letter(room);
    expect((await api.post('/api/ics/send-cancel', { uid, attendeeEmail })).body.code).toBe('room-scheduled');
    await api.post('/api/practice-room/delete', { roomId: room.roomId });
    expect((await api.post('/api/ics/send-cancel', { uid, attendeeEmail })).status).toBe(200);
    expect((await api.post('/api/ics/send-invite', letter(room))).body.code).toBe('room-cancelled');
  });
});

it('a database that is away is 503 try-again', async () => {
  const db = new Database({ url: 'postgres://nobody@127.0.0.1:1/none', applicationName: 'broken' });
  const broken = await startApi({}, { ...api.database, db });
  try {
    const answer = await broken.post('/api/practice-room/create', body());
    expect([answer.status, answer.body.code]).toEqual([503, 'try-again']);
  } finally {
    await broken.stop();
    await db.close();
  }
});
