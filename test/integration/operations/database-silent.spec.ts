// A Postgres that takes connections and never answers, as a stopped process or a network that swallows packets does:
// requests end, and so does waiting.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { isOutage } from '#contracts';
import { Database } from '#persistence';
import { createHttpApp, databaseCheck } from '#service';
import { SchedulingApiModule } from '../../../apps/scheduling-api/src/app.module';
import { type TcpProxy, openProxy } from '../../support/broker';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { apiKey, apiSettings as settings } from '../../support/scheduling-api';

let fresh: FreshDatabase;
let proxy: TcpProxy;
let database: Database;
let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  fresh = await freshDatabase();
  proxy = await openProxy(fresh.url);
  database = new Database({ url: proxy.url, applicationName: 'silent', poolSize: 4 });
  const logger = pino({ level: 'silent' });
  const module = SchedulingApiModule.with({ settings, database, logger });
  app = await createHttpApp({ imports: [module], checks: [databaseCheck(database)], logger });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  proxy.cut();
  await database.close();
  await proxy.close();
  await fresh.drop();
});

const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const begun = performance.now();
  const result = await work();
  return [result, performance.now() - begun];
};
const ask = (path: string, body?: unknown): Promise<number> =>
  fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).then((response) => response.status);

it('every request is over within 10 s with 503, readiness is down at once, and all is well when it responds again', async () => {
  expect(await ask('/api/practice-room')).toBe(200);
  proxy.swallow(true);
  const [statuses, ms] = await timed(() =>
    Promise.all([
      ...Array.from({ length: 6 }, () => ask('/api/practice-room')),
      ask('/api/practice-room/book', {
        roomId: '0193c1a2-0000-7000-8000-000000000000',
        guest: { email: 'g@example.org' },
      }),
      ask('/health/ready'),
    ]),
  );
  expect(statuses).toEqual(statuses.map(() => 503));
  // What a busy machine adds comes on top.
  expect(ms).toBeLessThan(15_000);
  const [ready, readyMs] = await timed(() => ask('/health/ready'));
  expect([ready, readyMs < 8_000]).toEqual([503, true]);
  expect(await ask('/health/live')).toBe(200);
  proxy.swallow(false);
  await eventually('it works again', async () => (await ask('/api/practice-room')) === 200, { timeoutMs: 40_000 });
}, 60_000);

it('a transaction that onPassing nothing ends as an outage, which workers try again', async () => {
  proxy.swallow(false);
  await database.query('select 1');
  const [error, ms] = await timed(() =>
    database
      .transaction(async (tx) => {
        await tx.query('select 1');
        proxy.swallow(true);
        await tx.query('select 2');
      })
      .then(
        () => undefined,
        (fault: unknown) => fault,
      ),
  );
  proxy.swallow(false);
  expect([error instanceof Error, isOutage(error), ms < 11_500]).toEqual([true, true, true]);
}, 60_000);
