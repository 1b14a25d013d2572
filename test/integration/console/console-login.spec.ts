// The console's way in: who is let in, how long, and that nobody else acts with the session of an operator.
// Real HTTP and Postgres; what a browser adds is seen in test/browser.
import { generateKeyPairSync } from 'node:crypto';
import { get } from 'node:http';
import { JwtService } from '@nestjs/jwt';
import { readPems } from '../../../libs/service/src/callers/key-set';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { formTokenIn, logIn, operatorKey, visit } from '../../support/console';
import { type Api, apiKey, startApi } from '../../support/scheduling-api';
import { bookedRoom } from '../links/links-fixtures';

const { publicKey, privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const [issuer, audience] = ['https://login.test', 'https://links.test'];
const token = (scope: string, subject = 'olga', expiresIn = 60): string =>
  new JwtService({}).sign({ scope }, { privateKey, algorithm: 'ES256', issuer, audience, subject, expiresIn });

let database: FreshDatabase;
let api: Api;
beforeAll(async () => {
  database = await freshDatabase();
  api = await startApi(
    {
      OPERATOR_KEYS: new Map([
        ['ops', operatorKey],
        ['night', `${operatorKey}-2`],
      ]),
      AUTH_JWT_KEYS: readPems(publicKey).keys,
      AUTH_JWT_ISSUER: issuer,
      AUTH_JWT_AUDIENCE: audience,
      RATE_LIMIT: 'on',
    },
    database,
  );
});
beforeEach(() => database.db.query('delete from rate_limits'));
afterAll(async () => {
  await api.stop();
  await database.drop();
});

const audit = async (): Promise<string[]> =>
  (
    await database.db.query<{ line: string }>(
      `select concat_ws(' ', verdict, source, actor, why) as line from audit where source = 'console' order by position`,
    )
  ).map(({ line }) => line);

it('asks for a key or a token in one password field, and shows nothing without', async () => {
  const { text, status, headers } = await visit(api, '/console');
  expect([status, text.match(/type="password"/g)?.length]).toEqual([200, 1]);
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'self'; connect-src 'self'; frame-src 'self'; style-src 'sha256-/,
  );
  for (const path of ['/console/rooms', '/console/rooms?q=x@y.test']) {
    const answer = await visit(api, path);
    expect([answer.status, answer.text.includes('type="password"')]).toEqual([401, true]);
  }
});

it('lets an operator in by key for eight hours, and writes login, looks and logout down by name', async () => {
  const { invitations } = await bookedRoom(api);
  const email = invitations[0]?.email ?? '';
  const { headers, status } = await visit(api, '/console/login', {
    fields: { key: ` ${operatorKey}\n`, next: '/console/rooms?q=x' },
  });
  expect([status, headers.get('location')]).toEqual([303, '/console/rooms?q=x']);
  expect(headers.get('set-cookie')).toMatch(
    /^console_session=[\w-]+\.[\w-]+\.[\w-]+; Path=\/console; HttpOnly; SameSite=Strict; Max-Age=28800$/,
  );
  const operator = await logIn(api);
  const found = await operator.get(`/console/rooms?q=${encodeURIComponent(email)}`);
  expect([found.status, found.text.includes(email)]).toEqual([200, true]);
  const gone = await operator.post('/console/logout');
  expect([gone.status, gone.headers.get('set-cookie')]).toEqual([
    303,
    expect.stringMatching(/^console_session=; .*Max-Age=0$/),
  ]);
  expect((await operator.get('/console/rooms')).status).toBe(401);
  const lines = await audit();
  expect(lines.slice(-4)).toEqual([
    'console-login console key:ops',
    'rooms-listed console key:ops',
    'rooms-searched console key:ops',
    'console-logout console key:ops',
  ]);
  expect(lines.join('\n')).not.toContain('@');
});

it('lets an operator in by JWT under its sub', async () => {
  const operator = await logIn(api, token('rooms:read operator'));
  expect((await operator.get('/console/rooms')).text).toContain('olga');
  expect((await audit()).slice(-1)).toEqual(['rooms-listed console jwt:olga']);
});

it.each([
  ['of a minute', 60, 60],
  ['of a day', 86_400, 28_800],
  ['that has just expired', -10, 1],
])('a session ends with the token %s that opened it, and after eight hours', async (_what, lasts, atMost) => {
  await database.db.query('delete from console_sessions');
  const { headers } = await visit(api, '/console/login', { fields: { key: token('operator', 'olga', lasts) } });
  const age = Number(/Max-Age=(\d+)/.exec(headers.get('set-cookie') ?? '')?.[1]);
  const [row] = await database.db.query<{ left: number }>(
    'select extract(epoch from expires_at - created_at)::int as left from console_sessions',
  );
  expect([age, row?.left]).toEqual([row?.left, age]);
  expect(age).toBeLessThanOrEqual(atMost);
  expect(age).toBeGreaterThan(atMost - 30);
});

it.each([
  ['nothing', () => '', 401],
  ['another key', () => 'no-key-of-this-service-whatever-its-length', 401],
  ['the key of a platform', () => apiKey, 403],
  ['a token without the scope', () => token('rooms:read rooms:write'), 403],
  ['a token of somebody else', () => `${token('operator').slice(0, -8)}AAAAAAAA`, 401],
])('refuses %s in words, with the form once more', async (_what, key, status) => {
  const answer = await visit(api, '/console/login', { fields: { key: key() } });
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([status, null]);
  expect(answer.text).toMatch(/role="alert">[A-Z].*<[\s\S]*type="password"|type="password"[\s\S]*role="alert">[A-Z]/);
});

it('refuses the eleventh attempt of a minute from one address, right or wrong', async () => {
  for (let attempt = 0; attempt < 10; attempt++) await visit(api, '/console/login', { fields: { key: 'wrong' } });
  const answer = await visit(api, '/console/login', { fields: { key: operatorKey } });
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([429, null]);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('leads to its own pages only', async () => {
  for (const next of ['https://elsewhere.test/', '//elsewhere.test', '/consoles', '/console\\@elsewhere.test']) {
    const answer = await visit(api, '/console/login', { fields: { key: operatorKey, next } });
    expect(answer.headers.get('location')).toBe('/console');
  }
});

it('a session ends with its row, its time, its signature and the key that opened it', async () => {
  const status = async (cookie: string): Promise<number> =>
    (await visit(api, '/console/rooms', { headers: { cookie } })).status;
  const { cookie } = await logIn(api);
  expect(await status(cookie)).toBe(200);
  expect(await status(`${cookie.slice(0, -4)}AAAA`)).toBe(401);
  const other = await startApi({ OPERATOR_KEYS: new Map([['ops', `${operatorKey}-new`]]) }, database);
  expect((await visit(other, '/console/rooms', { headers: { cookie } })).status).toBe(401);
  await other.stop();
  await database.db.query(`update console_sessions set expires_at = now()`);
  expect(await status(cookie)).toBe(401);
  await logIn(api);
  expect(await database.db.query('select 1 from console_sessions')).toHaveLength(1);
});

it('a form counts only in the session that it was made for, and from this site', async () => {
  const [ops, night] = [await logIn(api), await logIn(api, `${operatorKey}-2`)];
  const foreign = formTokenIn((await night.get('/console/rooms')).text);
  expect(foreign).not.toBe('');
  for (const formToken of ['', foreign, 'x'])
    expect((await ops.post('/console/logout', { formToken })).status).toBe(403);
  for (const site of ['cross-site', 'same-site'])
    expect((await ops.post('/console/logout', {}, { 'sec-fetch-site': site })).status).toBe(403);
  expect((await ops.get('/console/rooms')).status).toBe(200);
  const login = await visit(api, '/console/login', {
    fields: { key: operatorKey },
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect([login.status, login.headers.get('set-cookie')]).toEqual([403, null]);
});

it('is asked over https, or on loopback; its cookie goes over https alone where PUBLIC_URL is that', async () => {
  const asked = async (): Promise<number | undefined> =>
    new Promise((resolve, reject) =>
      get(`${api.url}/console`, { headers: { host: 'links.test' } }, (answer) =>
        resolve(answer.resume().statusCode),
      ).on('error', reject),
    );
  expect(await asked()).toBe(403);
  const keys = { OPERATOR_KEYS: new Map([['ops', operatorKey]]) };
  const secure = await startApi({ ...keys, PUBLIC_URL: 'https://links.test' }, database);
  const { headers } = await visit(secure, '/console/login', { fields: { key: operatorKey } });
  expect(headers.get('set-cookie')).toMatch(/; Secure$/);
  await secure.stop();
});

it('is not there where nobody could log in', async () => {
  const plain = await startApi({}, database);
  expect((await visit(plain, '/console')).status).toBe(404);
  await plain.stop();
});

it('a stream of a page ends with the session', async () => {
  const { cookie, post } = await logIn(api);
  const stream = await fetch(`${api.url}/console/rooms`, { headers: { cookie, accept: 'text/event-stream' } });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  const reader = stream.body?.getReader();
  const first = await reader?.read();
  expect(Buffer.from(first?.value ?? '').toString()).toMatch(/^data: "/);
  await post('/console/logout');
  for (let read = await reader?.read(); read !== undefined && !read.done;) read = await reader?.read();
});
