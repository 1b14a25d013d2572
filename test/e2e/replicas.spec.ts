// Two APIs, three senders and two ingestors on one broker and one database: together they do what one of each does,
// once.
// Some are killed in the middle of it.
import { replyAs } from '../../apps/standalone/src/simulator/reply-as';
import type { ApiBody } from '../support/scheduling-api';
import { eventually } from '../support/eventually';
import { type Product, startProduct } from '../support/product';

let product: Product;
beforeAll(async () => {
  product = await startProduct(
    'three apps on RabbitMQ',
    { SMTP_POOL_SIZE: '3' },
    { replicas: { 'scheduling-api': 2, 'notification-sender': 3, 'imip-ingestor': 2 } },
  );
}, 120_000);
afterAll(() => product.end(), 60_000);

const apis = ['scheduling-api', 'scheduling-api 2'] as const;
const times = { startUtc: '2031-05-05T10:00:00Z', endUtc: '2031-05-05T11:00:00Z' };

/** The same call to the one or the other API. */
async function post(n: number, path: string, body: unknown): Promise<{ status: number; body: ApiBody }> {
  const headers = {
    authorization: 'Bearer e2e-key-of-at-least-thirty-two-characters',
    'content-type': 'application/json',
  };
  const response = await fetch(`${product.url(apis[n % 2] ?? apis[0])}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as ApiBody };
}

const methodsTo = (email: string): string[] =>
  product.mailsTo(email).map(({ raw }) => /method=(\w+)/.exec(raw.toString('latin1'))?.[1] ?? 'none');

it('forty bookings over both APIs: each of the eighty people gets one invitation', async () => {
  const pairs = Array.from({ length: 40 }, (_, n) => ({
    host: `many-host-${n}@hosts.test`,
    guest: `many-guest-${n}@guests.test`,
  }));
  const made = await Promise.all(
    pairs.map(({ host, guest }, n) =>
      post(n, '/api/practice-room/create', { ...times, host: { email: host }, guest: { email: guest } }),
    ),
  );
  expect(new Set(made.map((each) => each.status))).toEqual(new Set([201]));
  const everybody = pairs.flatMap(({ host, guest }) => [host, guest]);
  await eventually('everybody has mail', () => everybody.every((email) => product.mailsTo(email).length > 0), {
    timeoutMs: 30_000,
  });
  await eventually(
    'nothing is left to send',
    async () =>
      (await product.database.db.query(`select 1 from letters where state in ('due', 'sending')`)).length === 0,
  );
  expect(everybody.filter((email) => product.mailsTo(email).length !== 1)).toEqual([]);
}, 60_000);

it('the work is shared: more than one process of each app did some', async () => {
  const counts = async (
    app: 'scheduling-api' | 'notification-sender',
    series: string,
    replicas: number,
  ): Promise<number> => {
    const texts = await Promise.all(
      Array.from({ length: replicas }, async (_, n) =>
        (await fetch(`${product.url(n === 0 ? app : `${app} ${n + 1}`)}/metrics`)).text(),
      ),
    );
    return texts.filter(
      (text) =>
        Number(
          text
            .split('\n')
            .find((line) => line.startsWith(`${series} `))
            ?.split(' ')[1] ?? 0,
        ) > 0,
    ).length;
  };
  expect(await counts('scheduling-api', 'scheduling_bookings_total', 2)).toBe(2);
  expect(
    await counts('notification-sender', 'scheduling_letters_total{method="REQUEST",result="sent"}', 3),
  ).toBeGreaterThan(1);
});

it('one room booked by two APIs at once has one guest', async () => {
  const { body: room } = await post(0, '/api/practice-room/create', {
    ...times,
    host: { email: 'race-host@hosts.test' },
  });
  const answers = await Promise.all(
    [0, 1].map((n) =>
      post(n, '/api/practice-room/book', { roomId: room.roomId, guest: { email: `race-guest-${n}@guests.test` } }),
    ),
  );
  expect(answers.map((each) => each.status).sort()).toEqual([200, 409]);
});

it('a decline that both ingestors are handed cancels once', async () => {
  const { host, guest, room } = await product.book();
  const options = { id: 'handed-to-both', now: new Date() };
  await host.reply('outlook', { kind: 'decline' }, options);
  const same = replyAs('outlook', await host.mail(0), { kind: 'decline' }, options);
  const headers = {
    authorization: 'Bearer e2e-inbound-token-of-thirty-two-characters',
    'content-type': 'message/rfc822',
    'x-envelope-from': same.envelopeFrom,
  };
  const second = await fetch(`${product.url('imip-ingestor 2')}/api/imip/inbound`, {
    method: 'POST',
    headers,
    body: new Uint8Array(same.raw),
  });
  expect(second.status).toBe(202);
  await Promise.all([host.mail(1), guest.mail(1)]);
  await eventually(
    'both mails are read',
    async () => (await product.database.db.query(`select 1 from imip_messages where state = 'stored'`)).length === 0,
  );
  expect((await product.room(room.roomId)).sequence).toBe(1);
  expect([methodsTo(host.email), methodsTo(guest.email)]).toEqual([
    ['REQUEST', 'CANCEL'],
    ['REQUEST', 'CANCEL'],
  ]);
});

it('what killed processes had not finished, the others finish', async () => {
  const people = Array.from(
    { length: 10 },
    (_, n) => [`late-host-${n}@hosts.test`, `late-guest-${n}@guests.test`] as const,
  );
  product.sink.always(() => ({ kind: 'stall' }));
  const made = await Promise.all(
    people.map(([host, guest], n) =>
      post(n, '/api/practice-room/create', { ...times, host: { email: host }, guest: { email: guest } }),
    ),
  );
  expect(made.filter((each) => each.status !== 201)).toEqual([]);
  const owners = async (): Promise<unknown[]> =>
    product.database.db.query(`select distinct lease_owner from letters where state = 'sending'`);
  await eventually(
    'every sender is sending letters, to a relay that says nothing',
    async () => (await owners()).length === 3 && product.sink.mails.some((mail) => !mail.accepted),
  );
  for (const instance of [
    'notification-sender',
    'notification-sender 2',
    'imip-ingestor 2',
    'scheduling-api 2',
  ] as const)
    await product.stop(instance, 'SIGKILL');
  product.sink.always(() => undefined);
  product.sink.release();
  const everybody = people.flat();
  // The leases of the dead run out after ten seconds.
  await eventually('everybody has mail', () => everybody.every((email) => product.sink.to(email).length > 0), {
    timeoutMs: 30_000,
  });
  const ids = (email: string): string[] =>
    product.sink.to(email).map(({ raw }) => /^Message-ID: (\S+)/m.exec(raw.toString('latin1'))?.[1] ?? '');
  expect(everybody.filter((email) => new Set(ids(email)).size !== 1)).toEqual([]);
  const { guest, host } = await product.book();
  await guest.reply('google', { kind: 'decline' });
  await Promise.all([host.mail(1), guest.mail(1)]);
}, 90_000);
