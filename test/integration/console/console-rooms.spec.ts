// Rooms at the console: how they are found, what an act does and leaves behind, and that a mail that is shown is harmless.
// Real HTTP and Postgres; the walks of a person are in test/browser.
import { randomUUID } from 'node:crypto';
import { sealMail } from '#sealing';
import { logIn, type Operator, operatorKey } from '../../support/console';
import { type Api, type ApiBody, startApi, tokenSecret } from '../../support/scheduling-api';
import { bookedRoom, hourAhead, tokenFor } from '../links/links-fixtures';

let api: Api;
let operator: Operator;
beforeAll(async () => {
  api = await startApi({ OPERATOR_KEYS: new Map([['ops', operatorKey]]) });
  operator = await logIn(api);
});
afterAll(() => api.stop());

const found = async (query: Record<string, string>): Promise<string[]> => {
  const { text } = await operator.get(`/console/rooms?${new URLSearchParams(query).toString()}`);
  return [...text.matchAll(/href="\/console\/rooms\/([0-9a-f-]{36})"/g)].map(([, id = '']) => id);
};
const read = async (roomId: string): Promise<ApiBody> => (await api.get(`/api/practice-room/${roomId}`)).body;
/** The hidden fields of an act's form, as its page was loaded. */
const formOf = async (path: string): Promise<Record<string, string>> => {
  const { text } = await operator.get(path);
  return Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="(act|revision)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
};
const events = async (roomId: string, name: string): Promise<number> =>
  (await api.events()).filter((each) => each.name === name && JSON.stringify(each.data).includes(roomId)).length;

it('is found by id, uid, externalId, either address, a former address, and state', async () => {
  const externalId = `Order ${randomUUID()}`;
  const room = await bookedRoom(api, { externalId, guest: { email: 'gil.o+x@people.test' } });
  const { roomId, uid } = room;
  for (const q of [
    roomId,
    roomId.toUpperCase(),
    uid,
    externalId,
    ` ${externalId} `,
    'GIL.O@people.test',
    'gil.o x@people.test',
  ])
    expect(await found({ q })).toEqual([roomId]);
  for (const q of ['nobody@people.test', "' or true --", '%', randomUUID()]) expect(await found({ q })).toEqual([]);
  await api.post('/api/practice-room/attendee', { roomId, role: 'guest', email: 'gil@elsewhere.test' });
  expect([await found({ q: 'gil@elsewhere.test' }), await found({ q: 'gil.o@people.test' })]).toEqual([
    [roomId],
    [roomId],
  ]);
  expect(await found({ q: roomId, state: 'cancelled' })).toEqual([]);
  await api.post('/api/practice-room/delete', { roomId });
  expect([await found({ q: 'cancelled' }), await found({ state: 'cancelled' })]).toEqual([[roomId], [roomId]]);
});

it('lists by pages, each room once, and refuses a cursor that is none', async () => {
  const made: string[] = [];
  for (let n = 0; n < 53; n++) made.push((await bookedRoom(api, { externalId: `page ${n}` })).roomId);
  const listed: string[] = [];
  let path: string | undefined = '/console/rooms?state=scheduled';
  for (; path !== undefined;) {
    const { text } = await operator.get(path);
    listed.push(...[...text.matchAll(/href="\/console\/rooms\/([0-9a-f-]{36})"/g)].map(([, id = '']) => id));
    path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  }
  expect(listed).toEqual(made.toReversed());
  const { status, text } = await operator.get('/console/rooms?cursor=x');
  expect([status, text.includes('cursor must be one of an earlier page')]).toEqual([422, true]);
});

it('an act is carried out once, under the name of the operator, by the command of the API', async () => {
  const { roomId } = await bookedRoom(api);
  const path = `/console/rooms/${roomId}/resend/guest`;
  const form = await formOf(path);
  for (let times = 0; times < 2; times++) {
    const { status, headers } = await operator.post(path, form);
    expect([status, headers.get('location')]).toEqual([303, `/console/rooms/${roomId}?done=resend`]);
  }
  expect(await events(roomId, 'ResendRequested')).toBe(1);
  expect(await operator.post(path, await formOf(path))).toMatchObject({ status: 303 });
  expect(await events(roomId, 'ResendRequested')).toBe(2);
  const cancel = `/console/rooms/${roomId}/cancel`;
  await operator.post(cancel, { ...(await formOf(cancel)), reason: 'Call p1@people.test' });
  expect(await read(roomId)).toMatchObject({ status: 'cancelled', cancelledBy: 'platform' });
  expect((await read(roomId))['cancelReason']).not.toContain('@');
  const { items } = (await api.get(`/api/practice-room/${roomId}/timeline`)).body;
  const bySource = items
    .filter((each) => each['source'] === 'console')
    .map((each) => `${String(each['verdict'])} ${String(each['actor'])}`);
  expect(bySource).toEqual([
    'room-viewed ops',
    'resent ops',
    'room-viewed ops',
    'resent ops',
    'room-viewed ops',
    'cancelled ops',
  ]);
});

it('what the API refuses is refused with its words, at its field, and nothing is changed', async () => {
  const room = await bookedRoom(api);
  const { roomId, invitations } = room;
  const before = await read(roomId);
  const refused = async (path: string, fields: Record<string, string>): Promise<string> => {
    const { status, text } = await operator.post(path, { ...(await formOf(path)), ...fields });
    const field = /class="fault" id="(\w+)-fault"/.exec(text)?.[1] ?? '';
    const message = /class="says bad" role="status">([^<]*)/.exec(text)?.[1] ?? '';
    return `${status} ${field} ${message}`;
  };
  const reschedule = `/console/rooms/${roomId}/reschedule`;
  expect(await refused(reschedule, { startUtc: '2001-01-01T10:00', endUtc: '2001-01-01T11:00' })).toBe(
    '422 startUtc The time is in the past.',
  );
  expect(await refused(reschedule, { startUtc: '', endUtc: '2031-01-01T11:00' })).toMatch(/^422 startUtc /);
  const host = invitations.find(({ role }) => role === 'host')?.email ?? '';
  const attendee = `/console/rooms/${roomId}/attendee/guest`;
  expect(await refused(attendee, { email: host, name: '', timeZone: 'UTC', locale: 'en' })).toBe(
    '422 email Host and guest are the same person.',
  );
  expect(await refused(attendee, { email: 'x@y.test', name: '', timeZone: 'Mars', locale: 'en' })).toMatch(
    /^422 timeZone /,
  );
  expect(await read(roomId)).toEqual(before);
  // The form that came back is one of its own: a corrected form is carried out.
  const again = await operator.post(attendee, {
    ...(await formOf(attendee)),
    email: host,
    timeZone: 'UTC',
    locale: 'en',
  });
  const act = /name="act" value="([^"]+)"/.exec(again.text)?.[1] ?? '';
  const revision = String(before['revision']);
  const repaired = await operator.post(attendee, { act, revision, email: 'm@y.test', timeZone: 'UTC', locale: 'en' });
  expect([again.status, repaired.status]).toEqual([422, 303]);
  const form = await formOf(reschedule);
  const start = hourAhead(9);
  await api.post('/api/practice-room/update', { roomId, title: 'Another' });
  const stale = await operator.post(reschedule, {
    ...form,
    startUtc: start.toISOString().slice(0, 16),
    endUtc: hourAhead(9, 1).toISOString().slice(0, 16),
  });
  expect([stale.status, (await read(roomId)).sequence]).toEqual([409, 1]);
});

it.each(['cancel', 'reschedule', 'attendee/host', 'resend/guest', ''])(
  'there is no /%s of a room that there is not',
  async (path) => {
    for (const id of [randomUUID(), 'x']) expect((await operator.get(`/console/rooms/${id}/${path}`)).status).toBe(404);
  },
);

const hostile = (link: string): Buffer =>
  Buffer.from(
    [
      'From: Eve <eve@people.test>',
      'To: scheduling@organizer.test',
      'Subject: =?utf-8?B?' + Buffer.from(`Look ${link}`).toString('base64') + '?=',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(
        `<base href="https://evil.test/"><p onclick="alert(1)">Hello</p><a href="${link}">approve</a>
<img src="https://evil.test/pixel"><script>alert(1)</script><iframe src="https://evil.test"></iframe>
<form action="${link}" method="post"><button formaction="${link}">Go</button></form><svg><a href="${link}"><text>x</text></a></svg>
<meta http-equiv="refresh" content="0;url=${link}"><p style="background:url(https://evil.test/css)">${link}</p>`,
      ).toString('base64'),
      '--b',
      'Content-Type: text/plain',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      link.replaceAll('=', '=3D').replace(/(.{60})/, '$1=\r\n'),
      '--b',
      'Content-Type: image/png',
      'Content-Transfer-Encoding: base64',
      '',
      'iVBORw0KGgo=',
      '--b--',
      '',
    ].join('\r\n'),
  );

it('a mail is shown without its links, scripts, forms and images, also in its source', async () => {
  const { roomId, uid } = await bookedRoom(api);
  const link = `http://links.test/reschedule?r=${await tokenFor(api.database.db, roomId, 'guest', 'propose')}`;
  const id = randomUUID();
  const { keyId, sealed } = sealMail({ current: tokenSecret }, id, hostile(link));
  await api.database.db.query('insert into raw_mails (id, key_id, sealed) values ($1, $2, $3)', [id, keyId, sealed]);
  await api.database.db.query(
    `insert into imip_messages (id, uid, raw_pointer, way_in, size_bytes, sha256, kind, verdict, why, room_id, role, state)
      values ($1, $2, $3, 'webhook', 1, 'x', 'reply', 'ignored', 'stale-sequence: of an older time', $4, 'guest', 'read')`,
    [id, uid, `raw_mails/${id}`, roomId],
  );
  expect((await operator.get(`/console/rooms/${roomId}`)).text).toContain('stale-sequence: of an older time');
  const page = await operator.get(`/console/mail/${id}`);
  const frame = await operator.get(`/console/mail/${id}/html`);
  const token = link.slice(link.indexOf('=') + 1);
  expect(token).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
  for (const { status, text } of [page, frame]) expect([status, text.includes(token)]).toEqual([200, false]);
  expect(page.text).toContain('[8 bytes of image/png]');
  expect(page.text).toContain('&lt;script&gt;');
  expect(frame.text).toContain('<p>Hello</p>');
  expect(frame.text).not.toMatch(/href|onclick|<img|<script|<iframe|<form|<button|<svg|<meta http|<base|alert/i);
  expect(frame.headers.get('content-security-policy')).toMatch(
    /^sandbox; default-src 'none'; style-src 'unsafe-inline'/,
  );
  expect((await operator.get(`/console/mail/${randomUUID()}`)).status).toBe(404);
  const looks = await api.database.db.query<{ verdict: string }>(
    `select verdict from audit where room_id = $1 and source = 'console' order by position`,
    [roomId],
  );
  expect(looks.map(({ verdict }) => verdict)).toEqual(['room-viewed', 'mail-viewed', 'mail-rendered']);
});
