// What is true of every response of every app, whatever its handler does: it is not cached, it names its request, and
// some bodies are not read.
import { connect } from 'node:net';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { currentCorrelation } from './correlation';
import { createHttpApp } from './http-app';

@Controller()
class Echo {
  @Get('id')
  id(): { id: string } {
    return { id: currentCorrelation() };
  }

  @Post(['id', 'api/imip/inbound'])
  take(@Body() body: unknown): { id: string; bytes: number } {
    return { id: currentCorrelation(), bytes: Buffer.isBuffer(body) ? body.length : -1 };
  }
}

@Module({ controllers: [Echo] })
class EchoModule {}

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => {
  app = await createHttpApp({ imports: [EchoModule], checks: [], logger: pino({ level: 'silent' }) });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

it.each(['/id', '/health/live', '/metrics', '/nothing-here'])('%s is neither cached nor sniffed', async (path) => {
  const { headers } = await fetch(`${url}${path}`);
  expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
});

it("a request has one id: the caller's own, or a new one, and the response names it", async () => {
  const asked = async (init: RequestInit): Promise<[string | null, string]> => {
    const answer = await fetch(`${url}/id`, init);
    return [answer.headers.get('x-correlation-id'), ((await answer.json()) as { id: string }).id];
  };
  const own = { 'x-correlation-id': 'order-1042_a' };
  expect(await asked({ headers: own })).toEqual(['order-1042_a', 'order-1042_a']);
  expect(
    await asked({
      method: 'POST',
      headers: { ...own, 'content-type': 'application/json' },
      body: `{"a":"${'x'.repeat(50_000)}"}`,
    }),
  ).toEqual(['order-1042_a', 'order-1042_a']);
  const [told, used] = await asked({});
  expect(told).toBe(used);
  expect(told).toMatch(/^[0-9a-f-]{36}$/);
});

it.each(['gil@guests.test', `${'a'.repeat(22)}.${'b'.repeat(43)}`, 'x', 'a'.repeat(65), 'a b c d e f'])(
  '%s is not taken as an id, because ids stand in logs and events',
  async (given) => {
    const header = (await fetch(`${url}/id`, { headers: { 'x-correlation-id': given } })).headers.get(
      'x-correlation-id',
    );
    expect(header).toMatch(/^[0-9a-f-]{36}$/);
  },
);

it('a mail is read on the routes for mail, and refused on any other before its body is read', async () => {
  const mail = { method: 'POST', headers: { 'content-type': 'message/rfc822' }, body: 'x'.repeat(1_000_000) };
  expect(await (await fetch(`${url}/api/imip/inbound`, mail)).json()).toMatchObject({ bytes: 1_000_000 });
  const { port } = new URL(url);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write('POST /id HTTP/1.1\r\nHost: x\r\nContent-Type: message/rfc822\r\nContent-Length: 9000000\r\n\r\n'),
    );
    socket.on('data', (chunk) => {
      resolve(chunk.toString());
      socket.destroy();
    });
    socket.on('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 415 [\s\S]*type-not-taken/);
});

it('a client cannot hold a connection for ever with a body that never ends', () => {
  const { requestTimeout } = app.getHttpServer() as { requestTimeout: number };
  expect([requestTimeout > 0, requestTimeout <= 60_000]).toEqual([true, true]);
});

it('behind https a response has Strict-Transport-Security; over http it has none', async () => {
  const behind = await createHttpApp({
    imports: [EchoModule],
    checks: [],
    logger: pino({ level: 'silent' }),
    trustedProxies: 'loopback',
  });
  await behind.listen(0, '127.0.0.1');
  const transportSecurityFor = async (headers: Record<string, string>): Promise<string | null> =>
    (await fetch(`${await behind.getUrl()}/id`, { headers })).headers.get('strict-transport-security');
  expect([await transportSecurityFor({ 'x-forwarded-proto': 'https' }), await transportSecurityFor({})]).toEqual([
    'max-age=31536000',
    null,
  ]);
  await behind.close();
});
