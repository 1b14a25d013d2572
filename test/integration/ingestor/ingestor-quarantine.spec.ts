// Mails that cannot be read: quarantined after bounded attempts without a delay of later mails, listed without their
// content, read again after a fix.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createHttpApp } from '#service';
import { ImipIngestorModule } from '../../../apps/imip-ingestor/src/app.module';
import { type RawMailReader, readWhole } from '../../../apps/imip-ingestor/src/inbox/read-whole';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';

const token = 'an-inbound-token-of-thirty-two-characters';
const settings = {
  ORGANIZER_EMAIL: 'scheduling@meet.example',
  INBOUND_TOKEN: token,
  TOKEN_SECRET: token,
  INBOUND_TRUST: 'lenient',
} as const;

let fresh: FreshDatabase;
let app: NestFastifyApplication;
let url: string;
/** The parser's fault, which is fixed half-way. */
let repaired = false;
const readings: RawMailReader = {
  warm: () => undefined,
  read: async (raw, from) => {
    if (!repaired && raw.includes('poison')) throw new TypeError('secret words of the mail');
    return readWhole(raw, from);
  },
  close: async () => undefined,
};

beforeAll(async () => {
  fresh = await freshDatabase();
  const module = ImipIngestorModule.with({ settings, database: fresh.db, logger: pino({ level: 'silent' }), readings });
  app = await createHttpApp({ imports: [module], checks: [], logger: pino({ level: 'silent' }) });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await fresh.drop();
});

interface Item {
  id: string;
  why: string;
  attempts: number;
  wayIn: string;
}
const auth = { authorization: `Bearer ${token}` };
const send = async (text: string): Promise<string> => {
  const response = await fetch(`${url}/api/imip/inbound`, {
    method: 'POST',
    headers: { ...auth, 'content-type': 'message/rfc822' },
    body: text,
  });
  return ((await response.json()) as { id: string }).id;
};
const listed = async (query = ''): Promise<Item[]> =>
  ((await (await fetch(`${url}/api/imip/quarantine${query}`, { headers: auth })).json()) as { items: Item[] }).items;
const stateOf = async (id: string): Promise<string | undefined> =>
  (await fresh.db.query<{ state: string }>('select state from imip_messages where id = $1', [id]))[0]?.state;
const replay = async (path: string, headers: Record<string, string> = auth): Promise<number> =>
  (await fetch(`${url}/api/imip/quarantine/${path}`, { method: 'POST', headers })).status;

/** Each wait of the reader's ends at once; it counts the attempts itself. */
const hurry = (): Promise<unknown> =>
  fresh.db.query(
    `update imip_messages set lease_until = null where state = 'stored' and lease_until > now() and attempts < 5`,
  );

it('an unreadable mail is quarantined after five attempts, the next mail is read, and after a fix it is read too', async () => {
  const poison = await send('From: gil@guest.example\r\nSubject: poison\r\n\r\nsecret words');
  const behind = await send('From: gil@guest.example\r\n\r\nhello');
  await eventually('the next mail is read', async () => (await stateOf(behind)) === 'read');
  const item = await eventually('the unreadable mail is listed', async () => {
    await hurry();
    return (await listed()).find(({ id }) => id === poison);
  });
  expect(item).toMatchObject({ attempts: 5, wayIn: 'webhook', why: expect.stringMatching(/^unreadable/) as unknown });
  expect(JSON.stringify(item)).not.toMatch(/secret|guest/);
  expect(await listed(`?after=${poison}`)).toEqual([]);
  repaired = true;
  expect(await replay(`${poison}/replay`)).toBe(202);
  await eventually('it is read', async () => (await stateOf(poison)) === 'read');
  const asked = `select actor, source from audit where verdict = 'read-again' and correlation_id = $1`;
  expect(await fresh.db.query(asked, [poison])).toEqual([{ actor: 'inbound', source: 'api' }]);
  expect(await listed()).toEqual([]);
  expect(await replay(`${poison}/replay`)).toBe(404);
});

it('all quarantined mails are read again by one call, and the route requires its token', async () => {
  repaired = false;
  const ids = await Promise.all([1, 2].map((n) => send(`Subject: poison ${n}\r\n\r\n`)));
  await eventually('both are listed', async () => {
    await hurry();
    return (await listed()).length === 2;
  });
  repaired = true;
  expect(await replay('replay', {})).toBe(401);
  expect((await fetch(`${url}/api/imip/quarantine`)).status).toBe(401);
  expect(await replay('no-id/replay')).toBe(404);
  expect(await replay('replay')).toBe(202);
  for (const id of ids) await eventually('it is read', async () => (await stateOf(id)) === 'read');
});
