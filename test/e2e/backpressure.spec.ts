// The product with a broker, a relay and letters that do not do their part: the three apps as processes, asked from
// outside.
import { connect } from 'amqplib';
import { exchangeOn } from '#messaging';
import { brokerUrl, openProxy, type TcpProxy } from '../support/broker';
import { eventually } from '../support/eventually';
import { type Product, startProduct } from '../support/product';

const hands = 5;
const times = { startUtc: '2031-05-05T10:00:00Z', endUtc: '2031-05-05T11:00:00Z' };
let proxy: TcpProxy;
let product: Product;
let rooms = 0;

beforeAll(async () => {
  proxy = await openProxy();
  product = await startProduct('three apps on RabbitMQ', {
    RABBITMQ_URL: proxy.url,
    RATE_LIMIT: 'off',
    SMTP_POOL_SIZE: String(hands),
  });
}, 60_000);
afterAll(async () => {
  await product.end();
  await proxy.close();
}, 60_000);
afterEach(() => product.sink.always(() => undefined));

const ready = async (
  app: 'scheduling-api' | 'imip-ingestor' | 'notification-sender',
): Promise<{ code: number; status: string; broker: string }> => {
  const response = await fetch(`${product.url(app)}/health/ready`);
  const body = (await response.json()) as { status: string; details: Record<string, { status: string }> };
  return { code: response.status, status: body.status, broker: body.details['broker']?.status ?? '' };
};
/** Creates a room for two new people; the answer's status and how long it took. */
async function create(): Promise<{ status: number; ms: number; roomId: string; emails: string[] }> {
  rooms += 1;
  const emails = [`host-${rooms}@hosts.test`, `guest-${rooms}@guests.test`];
  const begun = performance.now();
  const { status, body } = await product.api('POST', '/api/practice-room/create', {
    ...times,
    host: { email: emails[0] },
    guest: { email: emails[1] },
  });
  return { status, ms: performance.now() - begun, roomId: body.roomId, emails };
}

it('without a broker the API and the ingestor go on and say so, the sender is not ready; then everything leaves', async () => {
  await eventually('all are well', async () =>
    (await Promise.all([ready('scheduling-api'), ready('imip-ingestor'), ready('notification-sender')])).every(
      ({ status }) => status === 'ok',
    ),
  );
  const { room, host } = await product.book();
  proxy.shut(true);
  proxy.cut();
  await eventually('the sender is not ready', async () => (await ready('notification-sender')).code === 503);
  expect(await ready('scheduling-api')).toEqual({ code: 200, status: 'degraded', broker: 'degraded' });
  expect(await ready('imip-ingestor')).toEqual({ code: 200, status: 'degraded', broker: 'degraded' });

  const booked = await Promise.all(Array.from({ length: 20 }, create));
  expect(booked.map(({ status }) => status)).toEqual(booked.map(() => 201));
  await host.reply('google', { kind: 'accept' });
  const [waiting] = await product.database.db.query<{ count: string }>(
    `select count(*) from outbox where app = 'scheduling-api'`,
  );
  expect(Number(waiting?.count)).toBeGreaterThanOrEqual(20);
  expect(booked.flatMap(({ emails }) => emails.map((email) => product.mailsTo(email).length))).toEqual(
    booked.flatMap(() => [0, 0]),
  );

  proxy.shut(false);
  for (const { emails } of booked)
    for (const email of emails)
      await eventually('every invitation leaves', () => product.mailsTo(email).length === 1, { timeoutMs: 30_000 });
  await eventually(
    'the answer takes its effect',
    async () => (await product.room(room.roomId)).invitations.some(({ partstat }) => partstat === 'accepted'),
    { timeoutMs: 30_000 },
  );
  await eventually(
    'all are well again',
    async () => (await ready('notification-sender')).status === 'ok' && (await ready('scheduling-api')).status === 'ok',
  );
}, 90_000);

it('a relay that does not answer holds up letters in the database, not in memory', async () => {
  const memory = async (): Promise<number> =>
    Number(
      /^process_resident_memory_bytes (\S+)$/m.exec(
        await (await fetch(`${product.url('notification-sender')}/metrics`)).text(),
      )?.[1],
    );
  const inHand = async (): Promise<number> =>
    (await product.database.db.query(`select from letters where state = 'sending'`)).length;
  const first = (await Promise.all(Array.from({ length: 20 }, create))).flatMap(({ emails }) => emails);
  const out = async (): Promise<number> =>
    (
      await product.database.db.query(
        `select from letters where state = 'sent'
      and attendee_email = any($1)`,
        [first],
      )
    ).length;
  await eventually('nothing is being handled', async () => (await out()) === first.length);
  const before = await memory();
  product.sink.always(() => ({ kind: 'stall' }));
  const booked: string[] = [];
  const most: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    for (const { emails } of await Promise.all(Array.from({ length: 20 }, create))) booked.push(...emails);
    most.push(await inHand());
  }
  await eventually(
    'every letter is in the ledger',
    async () =>
      (await product.database.db.query(`select from letters where state in ('due', 'sending')`)).length >=
      booked.length,
  );
  expect(Math.max(...most)).toBeLessThanOrEqual(hands * 10);
  await eventually('what was leased while the relay was fast is returned', async () => (await inHand()) <= hands * 2);
  expect((await memory()) - before).toBeLessThan(80 * 1024 * 1024);
  product.sink.always(() => undefined);
  product.sink.release();
  await eventually(
    'all of them leave',
    () => booked.every((email) => product.mailsTo(email).some(({ accepted }) => accepted)),
    { timeoutMs: 40_000 },
  );
  expect(booked.every((email) => product.sink.to(email).length === 1)).toBe(true);
}, 120_000);

it(
  'a letter that is put off until its deadline has failed, for the platform to see in the room, the timeline and ' +
    'by event',
  async () => {
    const model = await connect(brokerUrl());
    const channel = await model.createChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, exchangeOn(product.prefix), 'letter.failed.v1');
    const seen: { data: Record<string, unknown> }[] = [];
    await channel.consume(
      queue,
      (message) => message && seen.push(JSON.parse(message.content.toString()) as { data: Record<string, unknown> }),
      { noAck: true },
    );
    product.sink.always((to) =>
      to.startsWith('guest') ? { kind: 'refuse', code: 451, at: 'DATA', text: '4.7.1 later' } : undefined,
    );
    const { roomId } = await create();
    const guest = async () => (await product.room(roomId)).invitations.find(({ role }) => role === 'guest');
    await eventually('it is put off', async () => (await guest())?.delivery.state === 'deferred');
    await product.database.db.query(
      `update letters set claimed_at = now() - interval '48 hours', due_at = now() where room_id = $1
      and role = 'guest'`,
      [roomId],
    );
    await eventually('it has failed', async () => (await guest())?.delivery.state === 'failed');
    const failed = await eventually('the event', () => seen.find(({ data }) => data['roomId'] === roomId));
    expect(failed.data).toMatchObject({
      role: 'guest',
      method: 'REQUEST',
      sequence: 0,
      occasion: '',
      reason: 'deadline',
    });
    const { items } = (await product.api('GET', `/api/practice-room/${roomId}/timeline`)).body;
    expect(items.at(-1)).toMatchObject({
      kind: 'letter',
      role: 'guest',
      method: 'REQUEST',
      verdict: 'failed',
      why: 'deadline: 451',
    });
    await model.close();
  },
);
