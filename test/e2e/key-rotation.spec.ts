// Secrets are changed while the product works: nothing that was mailed or stored under the old ones is lost before
// its time.
// The new TOKEN_SECRET goes out as TOKEN_SECRET_PREVIOUS first, then the two change places, then the old one goes.
import { readMail } from '../../apps/imip-ingestor/src/interpret/mail';
import { eventually } from '../support/eventually';
import { type App, type Party, type Product, startProduct } from '../support/product';

const [older, newer] = [
  'the-older-token-secret-of-thirty-two-characters',
  'the-newer-token-secret-of-thirty-two-characters',
];
const apps = ['scheduling-api', 'notification-sender', 'imip-ingestor'] as const;
const nextKey = 'the-next-key-of-at-least-thirty-two-characters';

let product: Product;
beforeAll(async () => {
  product = await startProduct('three apps on RabbitMQ', { TOKEN_SECRET: older });
}, 60_000);
afterAll(() => product.end(), 30_000);

const restart = async (app: App, env: Record<string, string>): Promise<void> => {
  expect(await product.stop(app)).toBe(0);
  await product.start(app, env);
};

async function linkOf(party: Party): Promise<string> {
  const text = readMail(await party.mail(0))
    .parts.map((part) => part.body.toString())
    .join('\n');
  const token = /\/reschedule\?r=([A-Za-z0-9._-]+)/.exec(text)?.[1];
  if (token === undefined) throw new Error('no link in the mail');
  return token;
}

const opens = async (token: string): Promise<number> =>
  (await fetch(`${product.url('scheduling-api')}/reschedule?r=${token}`, { headers: { accept: 'text/html' } })).status;
const asks = async (key: string): Promise<number> =>
  (await fetch(`${product.url('scheduling-api')}/api/practice-room`, { headers: { authorization: `Bearer ${key}` } }))
    .status;

it(
  'TOKEN_SECRET is replaced app by app: old links open until it is gone, mails sealed under it can be read, ' +
    'every step sends',
  async () => {
    const first = await product.book();
    const oldLink = await linkOf(first.guest);
    const mailId = await first.guest.reply('google', { kind: 'accept' });
    await eventually(
      'the answer is read',
      async () => (await product.room(first.room.roomId)).invitations[1]?.partstat === 'accepted',
    );

    for (const app of apps) {
      await restart(app, { TOKEN_SECRET: older, TOKEN_SECRET_PREVIOUS: newer });
      await product.book();
    }
    for (const app of apps) {
      await restart(app, { TOKEN_SECRET: newer, TOKEN_SECRET_PREVIOUS: older });
      // Between two steps one app signs with the one secret and another with the other.
      const { guest } = await product.book();
      expect(await opens(await linkOf(guest))).toBe(200);
      expect(await opens(oldLink)).toBe(200);
    }
    await product.database.db.query(
      `update imip_messages set state = 'stored', attempts = 0, lease_until = null where id = $1`,
      [mailId],
    );
    const [again] = await eventually(
      'the mail sealed under the older secret is read again',
      async () => {
        const rows = await product.database.db.query<{ why: string }>(
          `select why from imip_messages where id = $1 and state <> 'stored'`,
          [mailId],
        );
        return rows.length > 0 && rows;
      },
      { timeoutMs: 40_000 },
    );
    expect(again?.why).toMatch(/^duplicate/);

    const late = await product.book();
    for (const app of apps) await restart(app, { TOKEN_SECRET: newer });
    expect([await opens(oldLink), await opens(await linkOf(late.guest))]).toEqual([404, 200]);
    expect((await product.database.db.query(`select 1 from letters where state = 'failed'`)).length).toBe(0);
  },
  120_000,
);

it('two API keys live side by side until the first is taken away', async () => {
  const current = 'e2e-key-of-at-least-thirty-two-characters';
  expect([await asks(current), await asks(nextKey)]).toEqual([200, 401]);
  await restart('scheduling-api', { TOKEN_SECRET: newer, API_KEYS: `e2e:${current},next:${nextKey}` });
  expect([await asks(current), await asks(nextKey)]).toEqual([200, 200]);
  await restart('scheduling-api', { TOKEN_SECRET: newer, API_KEYS: `next:${nextKey}` });
  expect([await asks(current), await asks(nextKey)]).toEqual([401, 200]);
}, 60_000);
