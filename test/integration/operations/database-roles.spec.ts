// docker/postgres/roles.sql on a fresh database: the three apps do their main job, each as its own role, and none can
// write what is another's.
// Roles belong to the whole server, so the test's own begin with a random prefix and are dropped afterwards.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { logIn, operatorKey } from '../../support/console';
import type { FreshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type App, type Product, startProduct } from '../../support/product';
import { startReceiver, verify } from '../../support/webhooks';

const sql = readFileSync(join(__dirname, '..', '..', '..', 'docker', 'postgres', 'roles.sql'), 'utf8');
const prefix = `test_${randomBytes(4).toString('hex')}_`;
const password = randomBytes(12).toString('hex');
const roles = ['scheduling_api', 'notification_sender', 'imip_ingestor'] as const;
type Role = (typeof roles)[number];

/** As the owner of the tables. */
async function applyRoles({ url }: FreshDatabase): Promise<void> {
  const passwords = roles.map((role) => `-c scheduling.${role}_password=${password}`).join(' ');
  const client = new Client({ connectionString: url, options: `-c scheduling.role_prefix=${prefix} ${passwords}` });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function urlFor(role: Role, { url }: FreshDatabase): string {
  const own = new URL(url);
  own.username = `${prefix}${role}`;
  own.password = password;
  return own.href;
}

let product: Product;
beforeAll(async () => {
  product = await startProduct(
    'three apps on RabbitMQ',
    { OPERATOR_KEYS: `ops:${operatorKey}` },
    {
      // Twice: it is run again after every migration.
      prepare: async (database) => {
        await applyRoles(database);
        await applyRoles(database);
      },
      envOf: (app: App, database) => ({ DATABASE_URL: urlFor(app.replaceAll('-', '_') as Role, database) }),
    },
  );
}, 60_000);
afterAll(async () => {
  await product.end();
  const server = new Client({
    connectionString: process.env['DATABASE_URL'] ?? 'postgres://postgres@localhost:5432/postgres',
  });
  await server.connect();
  for (const role of roles) await server.query(`drop role if exists ${prefix}${role}`);
  await server.end();
}, 60_000);

it('the apps book, answer, move and cancel, each as its own role', async () => {
  const { room, host, guest } = await product.book();
  await guest.reply('google', { kind: 'accept' });
  await guest.reply('google', { kind: 'decline' }, { attendee: 'third@elsewhere.test', from: 'third@elsewhere.test' });
  const partstats = async (): Promise<string> =>
    (await product.room(room.roomId)).invitations.map((each) => each.partstat).join();
  await eventually('the acceptance is recorded', async () => (await partstats()) === 'needs-action,accepted');
  const counter = {
    kind: 'counter',
    startUtc: new Date('2031-05-06T10:00:00Z'),
    endUtc: new Date('2031-05-06T11:00:00Z'),
  } as const;
  await guest.reply('outlook', counter);
  await eventually(
    'the proposal waits',
    async () => (await product.room(room.roomId)).proposals[0]?.status === 'pending',
  );
  await host.mail(1);
  await host.reply('outlook', { kind: 'decline' });
  await Promise.all([host.mail(2), guest.mail(1)]);
  await eventually('the cancels are recorded', async () =>
    (await product.room(room.roomId)).invitations.every((each) => each.lastMethodSent === 'cancel'),
  );
  expect((await product.api('GET', `/api/practice-room/${room.roomId}/timeline`)).body.items.length).toBeGreaterThan(6);
  const [backlog] = await product.database.db.query<{ outbox: string; dead: string }>(
    'select (select count(*) from outbox) as outbox, (select count(*) from dead_letters) as dead',
  );
  expect(backlog?.dead).toBe('0');
  await eventually(
    'every event has left',
    async () => (await product.database.db.query('select 1 from outbox')).length === 0,
  );
  expect(product.logs()).not.toMatch(/permission denied|row-level security/);
});

it('platforms get webhooks of bookings, replies and letters, each app with its own part of it', async () => {
  const receiver = await startReceiver();
  try {
    const made = await product.api('POST', '/api/webhooks/endpoints', { url: receiver.url });
    expect(made.status).toBe(201);
    const { room, guest } = await product.book();
    await guest.reply('google', { kind: 'accept' });
    const types = (): string[] =>
      receiver.received.filter(({ body }) => body.data.room['roomId'] === room.roomId).map(({ body }) => body.type);
    await eventually('all four have come', () => types().length >= 4, { timeoutMs: 40_000 });
    expect(types().sort()).toEqual(['attendee.replied', 'letter.sent', 'letter.sent', 'room.booked']);
    for (const each of receiver.received) verify(each, String(made.body['secret']));
    const { endpointId } = made.body;
    await product.api('POST', `/api/webhooks/endpoints/${String(endpointId)}/rotate-secret`, {});
    receiver.answer = (response) => void response.writeHead(410).end();
    await product.api('POST', `/api/webhooks/endpoints/${String(endpointId)}/test`, {});
    await eventually('it is disabled', async () => {
      const { body } = await product.api('GET', `/api/webhooks/endpoints/${String(endpointId)}`);
      return body.status === 'disabled';
    });
    expect(product.logs()).not.toMatch(/permission denied|row-level security/);
  } finally {
    await receiver.stop();
  }
});

it('an operator sees a room, its letters and its mails, and acts on it', async () => {
  const { room, guest } = await product.book();
  await guest.reply('google', { kind: 'accept' });
  const operator = await logIn({ url: product.url('scheduling-api') });
  const path = `/console/rooms/${room.roomId}`;
  const shown = await eventually('the reply is shown', async () => {
    const { text } = await operator.get(path);
    return /\/console\/mail\/[0-9a-f-]{36}/.test(text) ? text : undefined;
  });
  for (const kind of ['letters', 'mail']) {
    const [message = ''] = new RegExp(`/console/${kind}/[0-9a-f-]{36}`).exec(shown) ?? [];
    expect((await operator.get(message)).text).toContain('BEGIN:VCALENDAR');
    expect((await operator.get(`${message}/html`)).status).toBe(200);
  }
  const ask = await operator.get(`${path}/cancel`);
  const [act = '', revision = ''] = ['act', 'revision'].map(
    (name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(ask.text)?.[1],
  );
  expect((await operator.post(`${path}/cancel`, { act, revision })).status).toBe(303);
  expect((await operator.post('/console/logout')).status).toBe(303);
  expect(product.logs()).not.toMatch(/permission denied|row-level security/);
});

const forbidden: [role: Role, what: string, statement: string][] = [
  ['scheduling_api', "write the sender's columns", `update invitations set delivery_state = '{"state":"sent"}'`],
  ['scheduling_api', 'write the ledger', `update letters set state = 'sent'`],
  ['scheduling_api', 'write what mails meant', `update imip_messages set verdict = 'event'`],
  ['scheduling_api', 'change a raw mail', `update raw_mails set sealed = ''`],
  ['scheduling_api', 'delete a raw mail', 'delete from raw_mails'],
  ['scheduling_api', 'change an address', `update invitations set attendee_email = 'x@y.test'`],
  ['scheduling_api', 'delete a room', 'delete from practice_rooms'],
  ['notification_sender', 'change a room', `update practice_rooms set status = 'cancelled'`],
  ['notification_sender', 'write an answer', `update invitations set last_partstat = 'accepted'`],
  ['notification_sender', 'erase an address', 'select erase_invitations(gen_random_uuid(), array[]::uuid[])'],
  ['notification_sender', 'mint a link', `update magic_links set used_at = null`],
  ['notification_sender', 'read raw mails', 'select sealed from raw_mails'],
  [
    'notification_sender',
    "write in another app's name",
    `insert into outbox (app, event_id, envelope) values ('scheduling-api', gen_random_uuid(), '{}')`,
  ],
  ['notification_sender', 'send webhooks elsewhere', `update webhook_endpoints set url = 'https://elsewhere.test/'`],
  ['notification_sender', 'change what a webhook says', `update webhook_messages set data = '{}'`],
  ['imip_ingestor', 'read the secrets of webhooks', 'select secret from webhook_endpoints'],
  ['imip_ingestor', 'write an answer', `update invitations set last_partstat = 'declined'`],
  ['imip_ingestor', 'approve a proposal', `update pending_proposals set status = 'approved'`],
  ['imip_ingestor', 'write the ledger', `update letters set state = 'sent'`],
  ['imip_ingestor', 'change a raw mail', `update raw_mails set sealed = ''`],
  [
    'imip_ingestor',
    "write the audit in another app's name",
    `insert into audit (app, kind) values ('scheduling-api', 'decision')`,
  ],
  ['notification_sender', 'drop months of the audit', 'select keep_audit_months(1)'],
  ['scheduling_api', 'drop months of mails', 'select keep_mail_months(1)'],
  ['notification_sender', 'forget rooms', 'select forget_rooms(1, 1)'],
  ['imip_ingestor', 'forget rooms', 'select forget_rooms(1, 1)'],
  ...roles.flatMap((role): [Role, string, string][] => [
    [
      role,
      'empty the audit by the setting of its own function',
      `set scheduling.audit_retention_days = '1'; delete from audit`,
    ],
    [role, 'change the audit', `update audit set why = 'nothing'`],
    [role, 'empty the audit', 'delete from audit'],
    [role, 'wipe the audit', 'truncate audit'],
    [role, "switch the audit's guard off", 'alter table audit disable trigger all'],
    [role, 'make a table', 'create table mine (id int)'],
    [role, 'drop a table', 'drop table audit'],
    [role, 'drop a month of the audit', 'drop table audit_other'],
    [role, 'read a month of the audit past its policies', 'select from audit_other'],
    [role, 'drop months by the inner function', `select keep_months('audit', 1)`],
  ]),
];

it.each(forbidden)('%s cannot %s', async (role, _what, statement) => {
  const client = new Client({ connectionString: urlFor(role, product.database) });
  await client.connect();
  // 42501: insufficient_privilege, which a violated row policy gives too.
  await expect(client.query(statement).finally(() => client.end())).rejects.toMatchObject({ code: '42501' });
});

it('nobody changes the audit, not even the owner of the tables', async () => {
  const { db } = product.database;
  const before = await db.query('select count(*) from audit');
  for (const statement of [
    `update audit set why = 'nothing'`,
    'delete from audit',
    'truncate audit',
    `insert into audit (position, app, kind) overriding system value values (1, 'x', 'y') on conflict (position, at)
      do update set why = 'nothing'`,
  ]) {
    await expect(db.query(statement)).rejects.toThrow('the audit is append-only');
    // As a session that applies what another server has written: ordinary triggers do not fire in it.
    const replica = db.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query(statement);
    });
    await expect(replica).rejects.toThrow('the audit is append-only');
  }
  expect(await db.query('select count(*) from audit')).toEqual(before);
});

it("an app cannot take another's events away", async () => {
  await product.database.db.query(
    `insert into outbox (app, event_id, envelope, due_at)
      values ('scheduling-api', gen_random_uuid(), '{}', now() + interval '1 day')`,
  );
  const client = new Client({ connectionString: urlFor('notification_sender', product.database) });
  await client.connect();
  const { rowCount } = await client.query('delete from outbox');
  await client.end();
  expect(rowCount).toBe(0);
  expect(await product.database.db.query(`delete from outbox where app = 'scheduling-api' returning 1`)).toHaveLength(
    1,
  );
});
