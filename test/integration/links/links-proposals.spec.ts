// Asking for another time: the form and its JSON route, what they refuse, single use, and fresh links for used or
// expired ones.
// Over real HTTP and a real Postgres.
import { type Api, type ApiBody, startApi } from '../../support/scheduling-api';
import { eventually } from '../../support/eventually';
import {
  age,
  bookedRoom,
  browser,
  eventsOf,
  forged,
  hourAhead,
  hourOn,
  onlyProposal,
  person,
  press,
  proposal,
  readProposal,
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

const berlin = { guest: person({ timeZone: 'Europe/Berlin' }) };
const room = (over: Record<string, unknown> = {}): Promise<ApiBody> =>
  bookedRoom(api, { ...berlin, guest: person({ timeZone: 'Europe/Berlin' }), ...over });
const propose = (made: ApiBody): Promise<string> => tokenFor(api.database.db, made.roomId, 'guest', 'propose');
const usedAt = async (roomId: string): Promise<(Date | null)[]> =>
  (
    await api.database.db.query<{ used_at: Date | null }>(
      `select used_at from magic_links where room_id = $1 and actor_role = 'guest' and purpose = 'propose' order by created_at`,
      [roomId],
    )
  ).map((each) => each.used_at);

describe('POST /api/reschedule/propose', () => {
  it('stores a pending proposal, announces it with both links, and uses the link up in the same transaction', async () => {
    const made = await room();
    const token = await propose(made);
    const answer = await api.post('/api/reschedule/propose', { token, ...hourOn(7), note: 'After lunch?' });
    expect([answer.status, answer.body]).toEqual([201, { proposalId: expect.any(String), status: 'pending' }]);
    expect((await readRoom(api, made.roomId)).proposals).toEqual([
      expect.objectContaining({
        proposalId: answer.body['proposalId'],
        proposedBy: 'guest',
        source: 'link',
        startUtc: hourAhead(7).toISOString(),
        note: 'After lunch?',
        held: null,
      }),
    ]);
    expect(await eventsOf(api, made.roomId)).toEqual(['RoomBooked', 'ProposalCreated']);
    expect((await usedAt(made.roomId))[0]).toEqual(expect.any(Date));
    const again = await api.post('/api/reschedule/propose', { token, ...hourOn(8) });
    expect([again.status, again.body.code]).toEqual([409, 'link-used']);
    const page = await visit(api, `/reschedule?r=${token}`);
    expect([page.status, words(page.text)]).toEqual([
      409,
      expect.stringMatching(/Your request was sent.*Requested time.*Request new time/),
    ]);
  });

  it('by twenty at once with one link: one proposal', async () => {
    const made = await room();
    const token = await propose(made);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => api.post('/api/reschedule/propose', { token, ...hourOn(6 + n) })),
    );
    expect(answers.map((each) => each.status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect((await readRoom(api, made.roomId)).proposals).toHaveLength(1);
    expect(await eventsOf(api, made.roomId)).toEqual(['RoomBooked', 'ProposalCreated']);
  });

  it('with an Idempotency-Key gives the first answer again instead of a used link', async () => {
    const made = await room();
    const body = { token: await propose(made), ...hourOn(7) };
    const first = await api.post('/api/reschedule/propose', body, { 'idempotency-key': 'ask' });
    const again = await api.post('/api/reschedule/propose', body, { 'idempotency-key': 'ask' });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(
      (await api.post('/api/reschedule/propose', { ...body, note: 'else' }, { 'idempotency-key': 'ask' })).status,
    ).toBe(422);
  });

  it('refuses what is no new time, and leaves the link to be used again', async () => {
    const made = await room();
    const token = await propose(made);
    const wrong: [number, string, string | undefined, Record<string, unknown>][] = [
      [
        422,
        'start-in-past',
        '/proposedStartUtc',
        { proposedStartUtc: '2020-01-01T10:00:00Z', proposedEndUtc: '2020-01-01T11:00:00Z' },
      ],
      [
        422,
        'end-not-after-start',
        '/proposedEndUtc',
        { proposedStartUtc: hourAhead(6).toISOString(), proposedEndUtc: hourAhead(6).toISOString() },
      ],
      [409, 'no-new-time', undefined, { proposedStartUtc: made['startUtc'], proposedEndUtc: made['endUtc'] }],
      [422, 'invalid-field', '/proposedStartUtc', { ...hourOn(6), proposedStartUtc: 'tomorrow' }],
      [422, 'invalid-field', '/proposedEndUtc', { ...hourOn(6), proposedEndUtc: '2031-02-30T10:00:00Z' }],
      [422, 'invalid-field', '/proposedEndUtc', { proposedStartUtc: hourAhead(6).toISOString() }],
      [422, 'invalid-field', '/note', { ...hourOn(6), note: 'x'.repeat(501) }],
      [422, 'invalid-field', '/note', { ...hourOn(6), note: 'a\rATTENDEE:mailto:x@y.test' }],
      [422, 'invalid-field', '/note', { ...hourOn(6), note: 'a\u0000b' }],
      [422, 'invalid-field', '/note', { ...hourOn(6), note: 7 }],
      [422, 'invalid-field', '/more', { ...hourOn(6), more: true }],
    ];
    for (const [status, code, pointer, body] of wrong) {
      const answer = await api.post('/api/reschedule/propose', { token, ...body });
      expect([answer.status, answer.body.code, answer.body.errors?.[0]?.pointer]).toEqual([status, code, pointer]);
    }
    expect((await readRoom(api, made.roomId)).proposals).toEqual([]);
    expect(await usedAt(made.roomId)).toEqual([null]);
    expect((await api.post('/api/reschedule/propose', { token, ...hourOn(6), note: '😀'.repeat(500) })).status).toBe(
      201,
    );
  });

  it('takes a note of several lines, as the form does', async () => {
    const made = await room();
    const token = await propose(made);
    expect(
      (
        await api.post('/api/reschedule/propose', {
          token,
          ...hourOn(6),
          note: 'Sorry,\r\nsomething came up.\n— write to x@y.test',
        })
      ).status,
    ).toBe(201);
    const note = expect.stringMatching(/^Sorry,\nsomething came up\.\n— write to (?!x@y)/) as unknown;
    expect((await readRoom(api, made.roomId)).proposals).toEqual([expect.objectContaining({ note })]);
  });

  it('refuses a token that is missing, forged, crossed or expired, and a room that is over', async () => {
    const made = await room();
    const token = await propose(made);
    const asked = await proposal(api, await room(), 'guest');
    expect((await api.post('/api/reschedule/propose', hourOn(6))).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/token', code: 'missing' }],
    });
    expect((await api.post('/api/reschedule/propose', '[]')).status).toBe(400);
    for (const wrong of ['', token.slice(0, -1), asked.approve]) {
      expect((await api.post('/api/reschedule/propose', { token: wrong, ...hourOn(6) })).body).toMatchObject({
        status: 404,
        code: 'link-unknown',
      });
    }
    const cancelled = await room();
    await api.post('/api/practice-room/delete', { roomId: cancelled.roomId });
    expect(
      (await api.post('/api/reschedule/propose', { token: await propose(cancelled), ...hourOn(6) })).body,
    ).toMatchObject({ status: 409, code: 'room-cancelled' });
    const started = await room();
    await age.room(api, started.roomId);
    expect(
      (await api.post('/api/reschedule/propose', { token: await propose(started), ...hourOn(6) })).body,
    ).toMatchObject({ status: 409, code: 'room-started' });
    await age.links(api, made.roomId);
    expect((await api.post('/api/reschedule/propose', { token, ...hourOn(6) })).body).toMatchObject({
      status: 410,
      code: 'link-expired',
    });
  });

  it('relays a note without anything that reads as an address', async () => {
    const made = await room();
    const note = 'Write to ann@example.org or bob [at] example dot org, ok?';
    await api.post('/api/reschedule/propose', { token: await propose(made), ...hourOn(7), note });
    expect((await onlyProposal(api, made.roomId)).note).not.toMatch(/@|example/);
    const page = await visit(api, `/approve?t=${await tokenFor(api.database.db, made.roomId, 'host', 'approve')}`, {
      accept: '*/*',
    });
    expect(words(page.text)).toContain('Write to […]');
    expect(page.text).not.toMatch(/ann@|example/);
  });

  it('a newer proposal by the same party replaces the older, whose links say so', async () => {
    const made = await room();
    const first = await proposal(api, made, 'guest', hourAhead(6));
    await press(api, '/reschedule/fresh', { r: await propose(made) });
    const second = await proposal(api, made, 'guest', hourAhead(7));
    expect((await readProposal(api, first)).status).toBe('expired');
    const old = await visit(api, `/approve?t=${first.approve}`);
    expect([old.status, words(old.text)]).toEqual([410, expect.stringContaining('There is a newer request')]);
    expect((await press(api, '/approve', { t: second.approve })).status).toBe(200);
  });
});

it("a link of an earlier sequence lives until the meeting's new start, be that later or earlier", async () => {
  const made = await room();
  const hosts = await tokenFor(api.database.db, made.roomId, 'host', 'propose');
  const expiry = async (): Promise<Date | undefined> =>
    (
      await api.database.db.query<{ expires_at: Date }>(
        `select expires_at from magic_links where room_id = $1 and actor_role = 'host' and purpose = 'propose' ` +
          `order by created_at limit 1`,
        [made.roomId],
      )
    )[0]?.expires_at;
  const later = await proposal(api, made, 'guest', hourAhead(9));
  await press(api, '/approve', { t: later.approve });
  expect(await expiry()).toEqual(hourAhead(9));
  const earlier = await proposal(api, made, 'guest', hourAhead(3));
  await press(api, '/approve', { t: earlier.approve });
  expect(await expiry()).toEqual(hourAhead(3));
  expect((await visit(api, `/reschedule?r=${hosts}`)).status).toBe(200);
  expect((await api.post('/api/reschedule/propose', { token: hosts, ...hourOn(6) })).status).toBe(201);
});

it('a link that was over before a move stays over', async () => {
  const made = await room();
  await age.links(api, made.roomId);
  await press(api, '/reschedule/fresh', { r: await propose(made) });
  const moved = await proposal(api, made, 'guest', hourAhead(9));
  await press(api, '/approve', { t: moved.approve });
  const [first] = await api.database.db.query<{ over: boolean }>(
    `select expires_at < now() as over from magic_links where room_id = $1 and purpose = 'propose' order by created_at limit 1`,
    [made.roomId],
  );
  expect(first).toEqual({ over: true });
});

describe('the form', () => {
  const fill = (token: string, over: Record<string, string> = {}): Record<string, string> => ({
    token,
    zone: 'Europe/Berlin',
    date: hourAhead(9).toISOString().slice(0, 10),
    time: '14:30',
    length: 'keep',
    note: '',
    ...over,
  });

  it("shows the current time in the attendee's zone with its offset, other zones, likely days and the fields filled in", async () => {
    const made = await room({
      startUtc: '2031-05-05T10:00:00Z',
      endUtc: '2031-05-05T10:45:00Z',
      title: 'Scales & <chords>',
    });
    const page = await visit(api, `/reschedule?r=${await propose(made)}`);
    expect(page.status).toBe(200);
    const times = [
      /Monday, 5 May 2031 12:00 to 12:45 Central European Time, UTC\+02:00/,
      /19:00 to 19:45 Japan Standard Time/,
      /Tue 6 May 12:00.*Wed 7 May 12:00/,
    ];
    expect(words(page.text)).toMatch(new RegExp(times.map(({ source }) => source).join('.*')));
    expect(page.text).toContain('Scales &amp; &lt;chords&gt;');
    expect(page.text).toContain('name="date" required min=');
    // Not the current time, which the button would refuse.
    expect(page.text).toMatch(/name="date"[^>]*value="2031-05-06"/);
    expect(page.text).toMatch(/name="time"[^>]*value="12:00"/);
    expect(page.text).toMatch(/<option value="keep" selected>\s*45 minutes, as now\s*<\/option>/);
    expect(page.text).toContain('maxlength="500"');
  });

  it('reads the local time in the zone it shows, keeps the length, and thanks with the time in that zone', async () => {
    const made = await room();
    const sent = await press(
      api,
      '/api/reschedule/propose',
      fill(await propose(made), { note: 'first line\r\nsecond' }),
    );
    expect([sent.status, words(sent.text)]).toEqual([
      201,
      expect.stringMatching(/on its way.*14:30 to 15:30 Central European Time/),
    ]);
    const { startUtc, endUtc, note } = await onlyProposal(api, made.roomId);
    const local = new Date(startUtc).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' });
    expect([local, Date.parse(endUtc) - Date.parse(startUtc), note]).toEqual([
      '14:30:00',
      3_600_000,
      'first line\nsecond',
    ]);
  });

  it('in another zone reads and writes that one, and keeps what the address filled in', async () => {
    const made = await room();
    const token = await propose(made);
    const page = await visit(
      api,
      `/reschedule?r=${token}&zone=Asia/Tokyo&start=2031-05-06T01:00:00Z&end=2031-05-06T03:00:00.000Z`,
    );
    expect(page.text).toMatch(/name="date"[^>]*value="2031-05-06"/);
    expect(page.text).toMatch(/name="time"[^>]*value="10:00"/);
    expect(page.text).toContain('<option value="120" selected>');
    const sent = await press(
      api,
      '/api/reschedule/propose',
      fill(token, { zone: 'Asia/Tokyo', date: '2031-05-06', time: '10:00', length: '120' }),
    );
    expect([sent.status, words(sent.text)]).toEqual([
      201,
      expect.stringContaining('10:00 to 12:00 Japan Standard Time, UTC+09:00'),
    ]);
    expect((await readRoom(api, made.roomId)).proposals).toEqual([
      expect.objectContaining({ startUtc: '2031-05-06T01:00:00.000Z', endUtc: '2031-05-06T03:00:00.000Z' }),
    ]);
  });

  it.each([
    'start=yesterday',
    'start=2020-01-01T00:00:00Z',
    'zone=Mars/Olympus',
    'zone=%3Cscript%3E',
    'start=2031-01-01T00:00:00Z&end=2030-01-01T00:00:00Z',
    'zone=UTC&zone=UTC',
  ])('opens all the same with ?%s', async (query) => {
    const page = await visit(api, `/reschedule?r=${await propose(await room())}&${query}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/Mars\/|<script|value="keep"(?! selected)/);
  });

  it.each<[string, number, Record<string, string>, RegExp]>([
    ['no date', 422, { date: '' }, /id="date"[^>]*aria-invalid="true"/],
    ['no time', 422, { time: '' }, /id="time"[^>]*aria-invalid="true"/],
    ['a time that the clocks skip', 422, { date: '2030-03-31', time: '02:30' }, /does not exist on that day/],
    ['a past time', 422, { date: '2020-03-31' }, /id="time-fault">This time is in the past/],
    ['a length that is none', 422, { length: '-5' }, /id="length"[^>]*aria-invalid="true"/],
    ['a note that is too long', 422, { note: 'y'.repeat(501) }, /id="note-fault">The message is longer/],
    ['a note with control characters', 422, { note: 'bell\u0007' }, /id="note-fault">The message contains characters/],
  ])('with %s comes back with the fault at its field and what was typed', async (_, status, over, shows) => {
    const made = await room();
    const typed = fill(await propose(made), { note: 'kept <b> & all', ...over });
    const page = await press(api, '/api/reschedule/propose', typed);
    expect(page.status).toBe(status);
    expect(page.text).toMatch(shows);
    expect(page.text).toContain('role="alert"');
    expect(page.text).toContain(`value="${typed['date']}"`);
    expect(page.text).toContain(
      typed['note'] === 'kept <b> & all' ? 'kept &lt;b&gt; &amp; all</textarea>' : '</textarea>',
    );
    expect((await readRoom(api, made.roomId)).proposals).toEqual([]);
    expect(await usedAt(made.roomId)).toEqual([null]);
  });

  it('with the current time comes back with 409 and says so', async () => {
    const made = await room({ startUtc: '2031-05-05T10:00:00Z', endUtc: '2031-05-05T11:00:00Z' });
    const page = await press(
      api,
      '/api/reschedule/propose',
      fill(await propose(made), { date: '2031-05-05', time: '12:00' }),
    );
    expect([page.status, words(page.text)]).toEqual([
      409,
      expect.stringContaining('This is the current time of the session.'),
    ]);
  });

  it('with a time that comes twice asks which one is meant, and takes the answer', async () => {
    const made = await room();
    const token = await propose(made);
    const twice = fill(token, { date: '2030-10-27', time: '02:30' });
    const asks = await press(api, '/api/reschedule/propose', twice);
    expect([asks.status, words(asks.text)]).toEqual([
      422,
      expect.stringMatching(/Which one do you mean\?.*UTC\+02:00.*UTC\+01:00/),
    ]);
    expect((await press(api, '/api/reschedule/propose', { ...twice, offset: '+01:00' })).status).toBe(201);
    expect((await readRoom(api, made.roomId)).proposals).toEqual([
      expect.objectContaining({ startUtc: '2030-10-27T01:30:00.000Z' }),
    ]);
  });

  it('takes instants in a form post as well, and answers a JSON reader with the faults of its fields', async () => {
    const token = await propose(await room());
    const bad = await api.post('/api/reschedule/propose', new URLSearchParams(fill(token, { date: '' })).toString(), {
      ...browser,
      accept: 'application/json',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(bad.body).toMatchObject({
      status: 422,
      code: 'invalid-field',
      errors: [{ pointer: '/date', code: 'bad-date' }],
    });
    const sent = await press(api, '/api/reschedule/propose', { token, ...hourOn(6) });
    expect(sent.status).toBe(201);
  });

  it.each<[string, number, RegExp, (roomId: string) => Promise<unknown>]>([
    [
      'a cancelled session',
      409,
      /The session is cancelled.*Was planned for/,
      (roomId) => api.post('/api/practice-room/delete', { roomId }),
    ],
    ['a session that has started', 409, /The session has started/, (roomId) => age.room(api, roomId)],
    [
      'a policy without proposals',
      409,
      /The time is fixed/,
      (roomId) => api.database.db.query(`update practice_rooms set proposals = 'none' where id = $1`, [roomId]),
    ],
    ['an expired link', 410, /This link has expired.*Request new time/, (roomId) => age.links(api, roomId)],
  ])('for %s gives way to a page that says what holds', async (_, status, said, make) => {
    const made = await room();
    const token = await propose(made);
    await make(made.roomId);
    const page = await visit(api, `/reschedule?r=${token}`);
    expect([page.status, words(page.text)]).toEqual([status, expect.stringMatching(said)]);
    expect(page.text).not.toContain('name="date"');
    expect(
      (await visit(api, `/reschedule?r=${token}`, { accept: 'application/json' })).headers.get('content-type'),
    ).toMatch(/^application\/problem\+json/);
  });

  it('of a link from an earlier sequence still opens and proposes for the current time', async () => {
    const made = await room();
    const old = await tokenFor(api.database.db, made.roomId, 'host', 'propose');
    const moved = await proposal(api, made, 'guest', hourAhead(7));
    await press(api, '/approve', { t: moved.approve });
    expect((await visit(api, `/reschedule?r=${old}`)).status).toBe(200);
    expect((await api.post('/api/reschedule/propose', { token: old, ...hourOn(8) })).status).toBe(201);
    expect((await readRoom(api, made.roomId)).proposals).toMatchObject([{ status: 'approved' }, { status: 'pending' }]);
  });

  it("is in the attendee's language and falls back to English", async () => {
    const times = { startUtc: '2031-01-07T10:00:00Z', endUtc: '2031-01-07T11:00:00Z' };
    const pageFor = async (locale: string): Promise<string> => {
      const invited = await room({ guest: person({ locale, timeZone: 'Europe/Vienna' }), ...times });
      return words((await visit(api, `/reschedule?r=${await propose(invited)}`)).text);
    };
    expect(await pageFor('de-AT')).toMatch(/Neue Zeit vorschlagen.*Dienstag, 7\. Jänner 2031 11:00 bis 12:00/);
    expect(await pageFor('fr-CA')).toMatch(/Demander un nouvel horaire.*mardi 7 janvier 2031 11.h.00 à 12.h.00/);
    expect(await pageFor('fi')).toMatch(/Request a new time.*Tuesday, 7 January 2031 11:00 to 12:00/);
    expect(await pageFor('en-US')).toMatch(/Tuesday, January 7, 2031 11:00.AM to 12:00.PM/);
    expect(
      words((await visit(api, '/reschedule?r=no', { ...browser, 'accept-language': 'de-CH,de;q=0.9' })).text),
    ).toContain('Dieser Link funktioniert nicht');
  });
});

describe('Request new time on a page whose link no longer works', () => {
  const freshOf = async (roomId: string): Promise<number> =>
    (await eventsOf(api, roomId)).filter((each) => each === 'FreshLinkRequested').length;
  /** The audit lets nobody change it, so its guard is away for that moment. */
  const ago = (roomId: string, minutes: number): Promise<unknown> =>
    api.database.db.transaction(async (tx) => {
      await tx.query('alter table audit disable trigger tr_audit_append_only');
      await tx.query(`update audit set at = at - make_interval(mins => $2) where room_id = $1`, [roomId, minutes]);
      await tx.query('alter table audit enable always trigger tr_audit_append_only');
    });

  it('mails a link that works to the address of the old one, and names no address', async () => {
    const made = await room();
    const old = await propose(made);
    await age.links(api, made.roomId);
    const page = await press(api, '/reschedule/fresh', { r: old });
    expect([page.status, words(page.text)]).toEqual([200, expect.stringContaining('Check your mailbox')]);
    expect(page.text).not.toContain('@people.test');
    const fresh = (await api.events()).find(
      (each) => each.name === 'FreshLinkRequested' && JSON.stringify(each.data).includes(made.roomId),
    );
    expect(fresh?.data).toMatchObject({ role: 'guest', link: { purpose: 'propose' } });
    const token = await propose(made);
    expect(token).not.toBe(old);
    expect((await visit(api, `/reschedule?r=${token}`)).status).toBe(200);
  });

  it('does so at most once in five minutes and five times a day, for all replicas, and never says which', async () => {
    const made = await room();
    const old = await propose(made);
    const second = await startApi({}, api.database);
    try {
      const pages = await Promise.all(
        Array.from({ length: 10 }, (_, n) => press(n % 2 ? api : second, '/reschedule/fresh', { r: old })),
      );
      expect(new Set(pages.map((each) => each.text)).size).toBe(1);
      expect(await freshOf(made.roomId)).toBe(1);
      for (let asked = 2; asked <= 8; asked++) {
        await ago(made.roomId, 6);
        await press(api, '/reschedule/fresh', { r: old });
        expect(await freshOf(made.roomId)).toBe(Math.min(asked, 5));
      }
      await ago(made.roomId, 24 * 60);
      await press(api, '/reschedule/fresh', { r: old });
      expect(await freshOf(made.roomId)).toBe(6);
    } finally {
      await second.stop();
    }
  });

  it('works from a used link and from an expired decision link, for its own holder', async () => {
    const made = await room();
    const asked = await proposal(api, made, 'guest');
    await age.proposal(api, asked);
    await eventually('the proposal runs out', async () => (await readProposal(api, asked)).status === 'expired');
    const page = await visit(api, `/approve?t=${asked.approve}`);
    expect([page.status, words(page.text)]).toEqual([410, expect.stringContaining('Request new time')]);
    await press(api, '/reschedule/fresh', { r: asked.approve });
    await press(api, '/reschedule/fresh', { r: asked.decline });
    const roles = (await api.events())
      .filter((each) => each.name === 'FreshLinkRequested' && JSON.stringify(each.data).includes(made.roomId))
      .map((each) => (each.data as { role: string }).role);
    expect(roles).toEqual(['host']);
  });

  it('is neither offered nor obeyed once the session is cancelled', async () => {
    const made = await room();
    const old = await propose(made);
    await api.post('/api/practice-room/delete', { roomId: made.roomId });
    expect(words((await visit(api, `/reschedule?r=${old}`)).text)).not.toContain('Request new time');
    expect((await press(api, '/reschedule/fresh', { r: old })).status).toBe(409);
    expect(await freshOf(made.roomId)).toBe(0);
  });
});

it('the audit and the metrics tell ok, used, expired and forged apart', async () => {
  const made = await room();
  const token = await propose(made);
  const count = async (verdict: string): Promise<number> =>
    Number(
      new RegExp(`scheduling_token_uses_total\\{purpose="propose",verdict="${verdict}"\\} (\\d+)`).exec(
        (await api.get('/metrics')).text,
      )?.[1] ?? Number.NaN,
    );
  const before = await Promise.all(['ok', 'used', 'expired', 'forged'].map(count));
  await visit(api, `/reschedule?r=${token}`);
  await api.post('/api/reschedule/propose', { token, ...hourOn(6) });
  await visit(api, `/reschedule?r=${token}`);
  await visit(api, `/reschedule?r=${forged(token)}`);
  await visit(api, `/reschedule?r=nonsense`);
  await press(api, '/reschedule/fresh', { r: token });
  await age.links(api, made.roomId);
  const fresh = await propose(made);
  await visit(api, `/reschedule?r=${fresh}`);
  const { body } = await api.get(`/api/practice-room/${made.roomId}/timeline`);
  expect(body.items.filter((each) => each['kind'] === 'token').map((each) => each['verdict'])).toEqual([
    'ok',
    'ok',
    'used',
    'forged',
    'ok',
    'expired',
  ]);
  const after = await Promise.all(['ok', 'used', 'expired', 'forged'].map(count));
  expect(after.map((each, n) => each - (before[n] ?? 0))).toEqual([3, 1, 1, 2]);
  // One that was never minted belongs to no room, and is refused all the same.
  expect(
    await api.database.db.query(
      `select why, actor from audit where kind = 'token' and verdict = 'forged' and room_id is null`,
    ),
  ).toContainEqual({ why: 'propose-link', actor: null });
});
