// Who may call the platform's API: keys, operators' keys and tokens of an identity provider, by real HTTP and real
// signatures.
import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { callerSettings, createHttpApp, readSettings, SettingsFault, tokenRulesOf } from '#service';
import { ImipIngestorModule } from '../../../apps/imip-ingestor/src/app.module';
import { imipIngestorSettings } from '../../../apps/imip-ingestor/src/settings';
import { mintToken } from '../../../apps/standalone/src/token';
import { freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type Api, type ApiAnswer, apiKey, startApi, tokenSecret } from '../../support/scheduling-api';

const [issuer, audience] = ['https://login.example/', 'https://scheduling.example'];
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const weakRsa = generateKeyPairSync('rsa', { modulusLength: 1_024 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const privatePem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const jwk = (key: KeyObject, kid?: string): object => ({ ...key.export({ format: 'jwk' }), ...(kid && { kid }) });

const now = (): number => Math.floor(Date.now() / 1_000);
const claims = (): Record<string, unknown> => ({
  iss: issuer,
  aud: audience,
  sub: 'shop',
  scope: 'rooms:read rooms:write',
  exp: now() + 600,
});
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signed by hand, so that nothing but the test decides what is in it. */
function token(alg: string, key: KeyObject, over: object = {}, header: object = {}): string {
  const text = `${part({ alg, ...header })}.${part({ ...claims(), ...over })}`;
  const padding = alg.startsWith('PS') ? { padding: 6, saltLength: 32 } : {};
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363', ...padding }).toString('base64url')}`;
}

const env = { AUTH_JWT_ISSUER: issuer, AUTH_JWT_AUDIENCE: audience };
const read = (over: Record<string, string>) => readSettings({ ...env, ...over }, callerSettings);
const faultsOf = (given: Record<string, string>): string[] => {
  try {
    tokenRulesOf(readSettings(given, callerSettings));
    return [];
  } catch (error) {
    if (error instanceof SettingsFault) return error.faults;
    throw error;
  }
};
const bearer = (value: string): Record<string, string> => ({ authorization: `Bearer ${value}` });
const list = (api: Api, value: string): Promise<ApiAnswer> => api.get('/api/practice-room', bearer(value));
const booking = {
  startUtc: '2031-05-06T14:00:00Z',
  endUtc: '2031-05-06T15:00:00Z',
  host: { email: 'hana@example.com' },
};
const create = (api: Api, value: string, key: string = randomUUID()): Promise<ApiAnswer> =>
  api.post('/api/practice-room/create', booking, { ...bearer(value), 'idempotency-key': key });

describe('with keys in the settings', () => {
  let api: Api;
  beforeAll(async () => {
    const keys = { AUTH_JWT_KEYS: `${pem(rsa.publicKey)}${pem(ec.publicKey)}` };
    api = await startApi({ ...read(keys), OPERATOR_KEYS: new Map([['olga', 'operator-key']]) });
  });
  afterAll(() => api.stop());

  it.each([
    ['RS256', rsa.privateKey],
    ['PS256', rsa.privateKey],
    ['ES256', ec.privateKey],
  ] as const)('takes a token signed with %s, named or not', async (alg, key) => {
    expect((await list(api, token(alg, key))).status).toBe(200);
    expect((await list(api, token(alg, key, {}, { kid: 'unknown' }))).status).toBe(200);
  });

  it('takes times within 30 s', async () => {
    expect((await list(api, token('RS256', rsa.privateKey, { exp: now() - 20, nbf: now() + 20 }))).status).toBe(200);
  });

  const hmac = `${part({ alg: 'HS256' })}.${part(claims())}.c2ln`;
  it.each<[string, () => string, string]>([
    ['no exp', () => token('RS256', rsa.privateKey, { exp: undefined }), 'exp'],
    ['an exp that is text', () => token('RS256', rsa.privateKey, { exp: 'soon' }), 'exp'],
    ['an exp long past', () => token('RS256', rsa.privateKey, { exp: now() - 40 }), 'expired'],
    ['an nbf ahead', () => token('RS256', rsa.privateKey, { nbf: now() + 40 }), 'nbf'],
    ['another issuer', () => token('RS256', rsa.privateKey, { iss: 'https://evil.example/' }), 'iss'],
    ['another audience', () => token('RS256', rsa.privateKey, { aud: ['a', 'b'] }), 'aud'],
    ['no audience', () => token('RS256', rsa.privateKey, { aud: undefined }), 'aud'],
    ['no sub', () => token('RS256', rsa.privateKey, { sub: undefined }), 'sub'],
    ['a foreign signature', () => token('RS256', otherRsa.privateKey), 'signature'],
    ['a signature by a key of another type', () => token('ES256', otherRsa.privateKey), 'signature'],
    ['a critical extension', () => token('RS256', rsa.privateKey, {}, { crit: ['b64'], b64: false }), 'crit'],
    ['an HMAC', () => hmac, 'RS256'],
    ['no signature', () => `${part({ alg: 'none' })}.${part(claims())}.x`, 'RS256'],
    ['no JSON', () => 'abc.def.ghi', 'read'],
    ['a payload that is no JSON', () => `${part({ alg: 'RS256', typ: 'JWT' })}.bm9uZQ.c2ln`, 'read'],
    ['three empty words', () => 'e30.e30.e30', 'RS256'],
    ['no shape of a token', () => 'wrong-key', 'key'],
  ])('refuses one with %s and says so', async (_, made, word) => {
    const answer = await list(api, made());
    expect([answer.status, answer.body.code]).toEqual([401, 'unauthorized']);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(answer.body['detail']).toContain(word);
  });

  it('names the scope that is missing', async () => {
    const reader = token('RS256', rsa.privateKey, { scope: 'rooms:read other' });
    const writer = token('RS256', rsa.privateKey, { scope: 'rooms:write' });
    const nobody = token('RS256', rsa.privateKey, { scope: ['rooms:read'] });
    expect((await list(api, reader)).status).toBe(200);
    expect((await create(api, writer)).status).toBe(201);
    for (const [answer, scope] of [
      [await create(api, reader), 'rooms:write'],
      [await list(api, writer), 'rooms:read'],
      [await list(api, nobody), 'rooms:read'],
      [await api.post('/api/ics/send-invite', {}, bearer(reader)), 'rooms:write'],
    ] as const) {
      expect([answer.status, answer.body.code]).toEqual([403, 'scope-missing']);
      expect(answer.body['detail']).toContain(scope);
      expect(answer.headers.get('www-authenticate')).toContain(`scope="${scope}"`);
    }
  });

  it('lets keys of API_KEYS and operators do what is theirs', async () => {
    expect([(await list(api, apiKey)).status, (await create(api, apiKey)).status]).toEqual([200, 201]);
    expect([(await list(api, 'operator-key')).status, (await create(api, 'operator-key')).status]).toEqual([200, 201]);
  });

  it('keeps idempotency keys apart by caller, and shows who called in the timeline and the audit', async () => {
    const key = randomUUID();
    const [shop, other] = [token('RS256', rsa.privateKey), token('RS256', rsa.privateKey, { sub: 'other' })];
    // The key's own name is no way to the token's answers, nor the other way round.
    const answers = [await create(api, shop, key), await create(api, other, key), await create(api, apiKey, key)];
    expect(new Set(answers.map(({ body }) => body.roomId)).size).toBe(3);
    expect((await create(api, token('ES256', ec.privateKey), key)).body.roomId).toBe(answers[0]?.body.roomId);
    const actors = [];
    for (const { body } of answers)
      actors.push((await api.get(`/api/practice-room/${body.roomId}/timeline`)).body.items[0]?.['actor']);
    expect(actors).toEqual(['shop', 'other', 'tests']);
    const rows = await api.database.db.query<{ actor: string }>(
      'select distinct actor from audit where room_id = any($1::uuid[]) order by actor',
      [answers.map(({ body }) => body.roomId)],
    );
    expect(rows.map(({ actor }) => actor)).toEqual(['jwt:other', 'jwt:shop', 'key:tests']);
  });

  it('counts callers under bounded names', async () => {
    for (let n = 0; n < 60; n += 1) await list(api, token('ES256', ec.privateKey, { sub: `client-${n}` }));
    const { text } = await api.get('/metrics');
    const callers = new Set([...text.matchAll(/scheduling_calls_total{caller="([^"]*)"/g)].map(([, name]) => name));
    expect(callers.size).toBeLessThan(60);
    expect([...callers]).toEqual(expect.arrayContaining(['other', 'shop', 'tests', 'olga', 'unknown']));
  });
});

describe('with keys behind a URL', () => {
  let server: Server;
  let [asked, answers]: [number, () => { status: number; body: string }] = [0, () => ({ status: 503, body: '' })];
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  const serve = (...keys: object[]): void => void (answers = () => ({ status: 200, body: JSON.stringify({ keys }) }));
  beforeEach(async () => {
    asked = 0;
    server = createServer((_, response) => {
      asked += 1;
      const { status, body } = answers();
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('says 503 until they were there once, survives an outage, and follows a rotation at most once a minute', async () => {
    answers = () => ({ status: 503, body: 'not yet' });
    const api = await startApi(read({ AUTH_JWKS_URL: url() }));
    try {
      const first = token('RS256', rsa.privateKey, {}, { kid: 'first' });
      const early = await list(api, first);
      expect([early.status, early.body.code]).toEqual([503, 'keys-unavailable']);
      expect(early.headers.get('retry-after')).toBe('5');
      // Keys go on working without the other.
      expect((await list(api, apiKey)).status).toBe(200);
      serve(jwk(rsa.publicKey, 'first'), jwk(weakRsa.publicKey, 'weak'), { kty: 'oct', k: 'c2VjcmV0', kid: 'shared' });
      await eventually('the keys are fetched without a call', async () => (await list(api, first)).status === 200);
      expect((await list(api, token('RS256', weakRsa.privateKey, {}, { kid: 'weak' }))).status).toBe(401);
      answers = () => ({ status: 200, body: '{"keys":[]}' });
      expect((await list(api, first)).status).toBe(200);
      expect((await list(api, token('ES256', ec.privateKey, {}, { kid: 'second' }))).status).toBe(401);
      expect((await list(api, first)).status).toBe(200);
      const before = asked;
      for (let n = 0; n < 20; n += 1) await list(api, token('ES256', ec.privateKey, {}, { kid: `invented-${n}` }));
      expect(asked).toBe(before);
    } finally {
      await api.stop();
    }
  });

  it('takes a new key at once', async () => {
    serve(jwk(rsa.publicKey, 'first'));
    const api = await startApi(read({ AUTH_JWKS_URL: url() }));
    try {
      expect((await list(api, token('RS256', rsa.privateKey))).status).toBe(200);
      serve(jwk(rsa.publicKey, 'first'), jwk(ec.publicKey, 'second'));
      expect((await list(api, token('ES256', ec.privateKey, {}, { kid: 'second' }))).status).toBe(200);
      expect((await list(api, token('RS256', rsa.privateKey, {}, { kid: 'second' }))).status).toBe(401);
    } finally {
      await api.stop();
    }
  });
});

describe('the settings', () => {
  it('take PEM, a JWKS document or a path, and nothing weak, private or symmetric', () => {
    expect(read({ AUTH_JWT_KEYS: JSON.stringify({ keys: [jwk(rsa.publicKey, 'a')] }) }).AUTH_JWT_KEYS).toHaveLength(1);
    expect(read({ AUTH_JWT_KEYS: pem(ec.publicKey).replaceAll('\n', '\\n') }).AUTH_JWT_KEYS).toHaveLength(1);
    for (const bad of [
      pem(weakRsa.publicKey),
      privatePem(rsa.privateKey),
      pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey),
      pem(generateKeyPairSync('ed25519').publicKey),
      '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}',
      '{"keys":[]}',
      '/nowhere/keys.pem',
    ])
      expect(faultsOf({ ...env, AUTH_JWT_KEYS: bad })).toEqual([expect.stringMatching(/^AUTH_JWT_KEYS: must /)]);
  });

  it('want issuer, audience and keys together', () => {
    const keys = { AUTH_JWT_KEYS: pem(rsa.publicKey) };
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ ...env, ...keys })).toEqual([]);
    expect(faultsOf(keys).map((each) => each.split(':')[0])).toEqual(['AUTH_JWT_ISSUER', 'AUTH_JWT_AUDIENCE']);
    expect(faultsOf(env)).toEqual([expect.stringContaining('AUTH_JWKS_URL')]);
    expect(faultsOf({ ...env, ...keys, AUTH_JWKS_URL: 'https://a.example' })).toHaveLength(1);
  });
});

describe('npm run token', () => {
  const mint = (args: string[], key: KeyObject) =>
    mintToken({ args, env: { ...env, AUTH_JWT_PRIVATE_KEY: privatePem(key) } });

  it('mints what the API takes', async () => {
    const api = await startApi(read({ AUTH_JWT_KEYS: pem(rsa.publicKey) + pem(ec.publicKey) }));
    try {
      for (const { privateKey } of [rsa, ec]) {
        const { code, text } = mint(['--sub', 'dev', '--scope', 'rooms:read', '--ttl', '5m'], privateKey);
        expect([code, (await list(api, text)).status, (await create(api, text)).status]).toEqual([0, 200, 403]);
      }
    } finally {
      await api.stop();
    }
  });

  it('says what it lacks', () => {
    const wrong = [['--sub', 'x'], ['--sub', 'x', '--scope', 's', '--ttl', 'soon'], ['--what'], []];
    for (const args of wrong) expect(mint(args, rsa.privateKey)).toMatchObject({ code: 2 });
    expect(mint(['--sub', 'x', '--scope', 's'], weakRsa.privateKey)).toMatchObject({ code: 2 });
    expect(mintToken({ args: ['--sub', 'x', '--scope', 's'], env: {} }).text).toContain('AUTH_JWT_PRIVATE_KEY');
  });
});

it('opens the quarantine to operators and to INBOUND_TOKEN, and tells others what they lack', async () => {
  const database = await freshDatabase();
  const logger = pino({ level: 'silent' });
  const given = {
    PUBLIC_URL: 'https://meet.example',
    ORGANIZER_EMAIL: 'scheduling@meet.example',
    INBOUND_TOKEN: 'inbound',
    TOKEN_SECRET: tokenSecret,
    API_KEYS: 'shop:key',
    OPERATOR_KEYS: 'olga:op',
  };
  const settings = readSettings({ ...env, ...given, AUTH_JWT_KEYS: pem(rsa.publicKey) }, imipIngestorSettings);
  const module = ImipIngestorModule.with({ settings, database: database.db, logger });
  const http = await createHttpApp({ imports: [module], checks: [], logger });
  await http.listen(0, '127.0.0.1');
  const status = async (value: string): Promise<number> =>
    (await fetch(`${await http.getUrl()}/api/imip/quarantine`, { headers: bearer(value) })).status;
  try {
    const operator = token('RS256', rsa.privateKey, { scope: 'operator' });
    expect([await status('inbound'), await status('op'), await status(operator)]).toEqual([200, 200, 200]);
    expect([await status('key'), await status(token('RS256', rsa.privateKey)), await status('wrong')]).toEqual([
      403, 403, 401,
    ]);
  } finally {
    await http.close();
    await database.drop();
  }
});
