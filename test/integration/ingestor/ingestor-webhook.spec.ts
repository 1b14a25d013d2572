import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createHttpApp, mailLimitBytes } from '#service';
import { Database } from '#persistence';
import { ImipIngestorModule } from '../../../apps/imip-ingestor/src/app.module';
import { imipIngestorChecks } from '../../../apps/imip-ingestor/src/health';
import { inThisThread } from '../../../apps/imip-ingestor/src/inbox/read-whole';
import { freshDatabase, type FreshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';

const token = 'an-inbound-token-of-thirty-two-characters';
const settings = {
  ORGANIZER_EMAIL: 'scheduling@meet.example',
  INBOUND_TOKEN: token,
  TOKEN_SECRET: 'a-secret-of-at-least-thirty-two-characters',
  INBOUND_TRUST: 'lenient',
} as const;
const logger = pino({ level: 'silent' });

let fresh: FreshDatabase;
let app: NestFastifyApplication;
let url: string;

async function start(database: Database): Promise<NestFastifyApplication> {
  const started = await createHttpApp({
    imports: [ImipIngestorModule.with({ settings, database, logger, readings: inThisThread })],
    checks: imipIngestorChecks(database),
    logger,
  });
  await started.listen(0, '127.0.0.1');
  return started;
}

beforeAll(async () => {
  fresh = await freshDatabase();
  app = await start(fresh.db);
  url = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await fresh.drop();
});

const post = (body: string | Buffer, headers: Record<string, string> = {}, to = url): Promise<Response> =>
  fetch(`${to}/api/imip/inbound`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });

const stored = async (id: string) =>
  (
    await fresh.db.query<{
      way_in: string;
      envelope_from: string | null;
      envelope_to: string | null;
      size_bytes: number;
      state: string;
    }>('select way_in, envelope_from, envelope_to, size_bytes, state from imip_messages where id = $1', [id])
  )[0];

const idIn = async (response: Response): Promise<string> => ((await response.json()) as { id: string }).id;

describe('POST /api/imip/inbound', () => {
  it('answers 202 with the id of what is stored by then, and the reader reads it', async () => {
    const response = await post('From: gil@guest.example\r\n\r\nhello', {
      'x-envelope-from': 'gil@guest.example',
      'x-envelope-to': '<scheduling@meet.example>',
    });
    expect(response.status).toBe(202);
    const id = await idIn(response);
    expect(await stored(id)).toMatchObject({
      way_in: 'webhook',
      envelope_from: 'gil@guest.example',
      envelope_to: 'scheduling@meet.example',
      size_bytes: 32,
    });
    await eventually('the mail is read', async () => (await stored(id))?.state === 'read');
  });

  it.each<[string, Record<string, string>, string | null]>([
    ['absent as unknown', {}, null],
    ['empty as the null sender', { 'x-envelope-from': '' }, ''],
    ['<> as the null sender', { 'x-envelope-from': '<>' }, ''],
    ['an address as itself', { 'x-envelope-from': ' <gil@guest.example> ' }, 'gil@guest.example'],
  ])('takes an X-Envelope-From that is %s', async (_what, headers, wanted) => {
    expect((await stored(await idIn(await post('Subject: x\r\n\r\n', headers))))?.envelope_from).toBe(wanted);
  });

  it.each([
    ['nothing', ''],
    ['noise', '\0\x01\x02\xff'],
    ['a broken calendar', 'Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR'],
  ])('takes %s too: content is never a reason to refuse', async (_what, body) => {
    expect((await post(Buffer.from(body, 'latin1'))).status).toBe(202);
  });

  it('takes ten mebibytes and refuses one byte more', async () => {
    expect((await post(Buffer.alloc(mailLimitBytes, 'a'))).status).toBe(202);
    const refused = await post(Buffer.alloc(mailLimitBytes + 1, 'a'));
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ code: 'too-large', status: 413 });
  });

  it.each<[string, Record<string, string>]>([
    ['no token', { authorization: '' }],
    ['another token', { authorization: `Bearer ${token}x` }],
    ['another scheme', { authorization: `Basic ${token}` }],
  ])('refuses %s with 401 and stores nothing', async (_what, headers) => {
    const count = async () =>
      (await fresh.db.query<{ mails: string }>('select count(*) as mails from raw_mails'))[0]?.mails;
    const before = await count();
    const response = await post('Subject: x\r\n\r\n', headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ code: 'unauthorized' });
    expect(await count()).toBe(before);
  });

  it.each(['application/json', 'application/octet-stream', 'text/plain'])(
    'refuses a body sent as %s with a clear problem',
    async (type) => {
      const response = await post('{}', { 'content-type': type });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ code: 'type-not-taken' });
    },
  );

  it('answers 503 when the mail could not be stored', async () => {
    const nowhere = new Database({ url: 'postgres://postgres@127.0.0.1:1/none', applicationName: 'test' });
    const broken = await start(nowhere);
    try {
      const response = await post('Subject: x\r\n\r\n', {}, await broken.getUrl());
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await response.json()).toMatchObject({ code: 'not-stored' });
    } finally {
      await broken.close();
      await nowhere.close();
    }
  });

  it('shows what waits and what was read', async () => {
    const ready = await fetch(`${url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ details: { inbound: { detail: { quarantined: 0 } } } });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/scheduling_inbound_mails_total\{kind="text"\} [1-9]/);
    expect(metrics).toMatch(/scheduling_inbound_ignored_total\{reason="unreadable-calendar"\} [1-9]/);
    expect(metrics).toMatch(/scheduling_parser_failures_total [1-9]/);
  });
});
