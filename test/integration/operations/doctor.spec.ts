// `npm run doctor` on a real database with planted faults: each is found by its name, repaired where it can be, and a
// healthy product is left alone.
import { randomUUID } from 'node:crypto';
import { envelop } from '#contracts';
import { namesOf } from '#messaging';
import { appendEvents, type Database } from '#persistence';
import { doctor } from '../../../apps/standalone/src/doctor/doctor';
import { retention } from '../../../apps/standalone/src/retention/retention';
import { brokerUrl, dropPrefix, freshPrefix, onBroker } from '../../support/broker';
import { freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type Api, type ApiBody, startApi, tokenSecret } from '../../support/scheduling-api';
import { type RunningSender, sender, storeRoom } from '../../support/sender';
import { room as roomOf } from '../../support/sender-events';
import { SmtpSink } from '../../support/smtp-sink';
import type { RoomsEvent } from '../../../apps/notification-sender/src/letters/letters';

const prefix = freshPrefix();
let api: Api;
let sink: SmtpSink;
let mailing: RunningSender;

beforeAll(async () => {
  api = await startApi();
  sink = new SmtpSink();
  mailing = sender(api.database.db, await sink.start(), {
    start: true,
    settings: { TOKEN_SECRET: tokenSecret, ORGANIZER_EMAIL: 'scheduling@organizer.test' },
  });
});
afterAll(async () => {
  await mailing.stop();
  await sink.close();
  await api.stop();
  await dropPrefix(prefix);
});
afterEach(async () => {
  await db().query(`delete from dead_letters; delete from outbox`);
  await db().query(`delete from imip_messages`);
});

const db = () => api.database.db;
const env = () => ({
  DATABASE_URL: api.database.url,
  TOKEN_SECRET: tokenSecret,
  ORGANIZER_EMAIL: 'scheduling@organizer.test',
});
const look = (...args: string[]) => doctor({ args: ['--grace', '0', ...args], env: env() });

/** Hands over to the sender what the API has written, as the relay and the broker would. */
async function carry(): Promise<void> {
  for (const event of await api.events())
    if (event.name !== 'LetterSent' && event.name !== 'LetterFailed') await mailing.handle(event as RoomsEvent);
  await db().query('delete from outbox');
}
async function book(): Promise<ApiBody> {
  const who = randomUUID().slice(0, 8);
  const people = { host: { email: `host-${who}@hosts.test` }, guest: { email: `guest-${who}@guests.test` } };
  const { status, body } = await api.post('/api/practice-room/create', {
    startUtc: '2031-05-05T10:00:00Z',
    endUtc: '2031-05-05T11:00:00Z',
    ...people,
  });
  expect(status).toBe(201);
  return body;
}
const settled = (roomId: string) =>
  eventually('both letters left', async () => {
    const rows = await db().query<{ state: string }>('select state from letters where room_id = $1', [roomId]);
    return (
      rows.length >= 2 &&
      rows.every(({ state }) => state !== 'due' && state !== 'sending') &&
      (await db().query('delete from outbox'))
    );
  });
async function bookedAndSent(): Promise<ApiBody> {
  const room = await book();
  await carry();
  await settled(room.roomId);
  return room;
}

/** Found once, repaired where it says so, and gone afterwards. */
async function expectMended(kind: string, subject: string): Promise<void> {
  const found = await look();
  expect([found.code, found.text]).toEqual([1, expect.stringMatching(new RegExp(`^${kind}  .*${subject}`, 'm'))]);
  const repaired = await look('--repair');
  expect(repaired.text).toMatch(new RegExp(`^${kind}  .*${subject}.*\\(repaired\\)$`, 'm'));
  expect(repaired.code).toBe(0);
}

it('finds nothing where everything agrees', async () => {
  await bookedAndSent();
  expect(await look()).toMatchObject({ code: 0, text: 'Rooms, ledger, outbox and queues agree.' });
  expect(await look('--repair')).toMatchObject({ code: 0, text: 'Rooms, ledger, outbox and queues agree.' });
});

it('warns of a weak set-up, which is no disagreement', async () => {
  expect(await look()).toMatchObject({
    code: 0,
    warnings: [/INBOUND_TRUST/, /TAGGING/].map((each) => expect.stringMatching(each) as string),
  });
  const strong = { ...env(), INBOUND_TRUST: 'verified', ORGANIZER_TAGGING: 'on' };
  expect(await doctor({ args: [], env: strong })).toMatchObject({ code: 0, warnings: [] });
});

it('has letters written that were never sent, once, for an invitation as for a cancellation', async () => {
  const room = await book();
  await db().query('delete from outbox');
  await expectMended('letter-never-written', room.roomId);
  await carry();
  await settled(room.roomId);
  expect(room.invitations.map(({ email }) => sink.to(email).length)).toEqual([1, 1]);
  expect((await look()).code).toBe(0);
  await api.post('/api/practice-room/delete', { roomId: room.roomId });
  const [lost] = await api.events();
  await db().query('delete from outbox');
  await expectMended('letter-never-written', room.roomId);
  await carry();
  // The event turns up after all: still one CANCEL each.
  await mailing.handle(lost as RoomsEvent);
  await eventually('both have the mail', () => room.invitations.every(({ email }) => sink.to(email).length === 2));
  await settled(room.roomId);
  expect(room.invitations.map(({ email }) => sink.to(email).length)).toEqual([2, 2]);
});

it('has the letter of a new title written that was never sent', async () => {
  const room = await bookedAndSent();
  expect((await api.post('/api/practice-room/update', { roomId: room.roomId, title: 'New title' })).status).toBe(200);
  await db().query('delete from outbox');
  await expectMended('letter-never-written', room.roomId);
  await carry();
  await settled(room.roomId);
  expect(room.invitations.map(({ email }) => sink.to(email).length)).toEqual([2, 2]);
  expect((await look()).code).toBe(0);
});

it('leaves alone what may still be on its way, and rooms that are owed nothing', async () => {
  const room = await book();
  expect((await look()).text).not.toContain('letter-never-written');
  await db().query('delete from outbox');
  expect((await doctor({ args: [], env: env() })).text).not.toContain('letter-never-written');
  await api.post('/api/practice-room/delete', { roomId: room.roomId });
  await db().query('delete from outbox');
  expect(await look()).toMatchObject({ code: 0 });
});

/** Looks while the message has no room; the API, which would fill it within the second, skips a row that is locked. */
const withoutRoom = (messageId: string, work: () => Promise<string>): Promise<string> =>
  eventually('the message is locked before it is filled', async () => {
    await db().query('update webhook_messages set data = null where id = $1', [messageId]);
    return db().transaction(async (tx) => {
      const locked = await tx.query(
        'select 1 from webhook_messages where id = $1 and data is null for update skip locked',
        [messageId],
      );
      return locked.length === 1 && work();
    });
  });

it('says which webhooks wait and why, and which endpoints fail, without a URL', async () => {
  const url = 'https://hooks.invalid/with-a-secret';
  const { endpointId: id } = (await api.post('/api/webhooks/endpoints', { url })).body;
  expect((await look()).text).not.toContain('webhook');
  await api.post(`/api/webhooks/endpoints/${String(id)}/test`, {});
  const messageId = randomUUID();
  await db().query(
    `insert into webhook_messages (id, type, occurred_at, correlation_id, detail)
      values ($1, 'letter.sent', now(), 'c', '{}')`,
    [messageId],
  );
  const waits = await withoutRoom(messageId, async () => (await look()).text);
  expect(waits).toContain(`webhooks-overdue  endpoint ${String(id)}: 1 webhook message is due and not sent`);
  expect(waits).toContain('webhooks-without-room  scheduling-api: 1 webhook message waits for their room');
  await db().query(
    `update webhook_deliveries set due_at = now() + interval '1 hour', log = '[{"httpStatus": 503, "error": "x"}]'`,
  );
  await db().query(`update webhook_endpoints set failing_since = now() - interval '2 minutes'`);
  const fails = (await look()).text;
  expect(fails).toMatch(/webhook-endpoint-failing .* nothing but failures for 12\d s, the last: 503; 1 message waits/);
  expect(fails).not.toContain('webhooks-overdue');
  await db().query(`update webhook_endpoints set status = 'disabled', disabled_why = 'gone'`);
  expect((await look()).text).toContain('disabled, because it responded with 410; 1 message waits');
  expect(waits + fails).not.toContain('hooks.invalid');
  await db().query('delete from webhook_endpoints');
  await db().query('delete from webhook_messages');
  expect((await look()).text).not.toContain('webhook');
});

it('takes letters out of hands that are gone', async () => {
  const room = await bookedAndSent();
  await db().query(
    `update letters set lease_until = now() - interval '5 minutes', lease_owner = 'gone', state = 'sending',
      due_at = now() + interval '1 day' where room_id = $1 and role = 'guest'`,
    [room.roomId],
  );
  await expectMended('letter-stuck', room.roomId);
  await settled(room.roomId);
});

it('shows the letter that left', async () => {
  const room = await bookedAndSent();
  await db().query('update invitations set last_method_sent = null, last_message_id = null where room_id = $1', [
    room.roomId,
  ]);
  await expectMended('letter-not-shown', room.roomId);
  const { body } = await api.get(`/api/practice-room/${room.roomId}`);
  expect(body.invitations.map(({ lastMethodSent }) => lastMethodSent)).toEqual(['request', 'request']);
});

it('names a room whose calendars were cancelled while it stands', async () => {
  const room = await bookedAndSent();
  await db().query(
    `update invitations set last_method_sent = 'cancel' where room_id = $1
    and attendee_role = 'host'`,
    [room.roomId],
  );
  const found = await look();
  expect(found.text).toMatch(new RegExp(`^cancelled-by-mail-only  room ${room.roomId}: the host`, 'm'));
  await db().query(`update invitations set last_method_sent = 'request' where room_id = $1`, [room.roomId]);
});

const propose = async (
  on: Database,
  of: { roomId: string; uid: string },
  expires: string,
  status: string,
): Promise<string> => {
  const id = randomUUID();
  await on.query(
    `insert into pending_proposals (id, room_id, uid, room_sequence, proposed_by, proposer_email, source,
      proposed_start_utc, proposed_end_utc, expires_at, status)
     values ($1, $2, $3, 0, 'guest', 'x', 'link', '2031-06-01', '2031-06-02', now() + $4::interval, $5)`,
    [id, of.roomId, of.uid, expires, status],
  );
  return id;
};

it('ends links that outlive their proposal', async () => {
  const room = await bookedAndSent();
  const proposalId = await propose(db(), room, '1 day', 'approved');
  await db().query(
    `insert into magic_links (id, purpose, uid, room_id, invitation_id, proposal_id, actor_email, actor_role,
      token_hash, key_id, expires_at)
     select gen_random_uuid(), 'approve', uid, room_id, id, $2, 'x', 'host', 'hash of this test', 'k',
       now() + interval '2 days' from invitations where room_id = $1 and attendee_role = 'host'`,
    [room.roomId, proposalId],
  );
  await expectMended('link-past-its-time', room.roomId);
});

it('ends proposals past their time where no API runs that would', async () => {
  const quiet = await freshDatabase();
  const room = await storeRoom(
    quiet.db,
    roomOf({ startUtc: '2031-12-01T09:00:00.000Z', endUtc: '2031-12-01T10:00:00.000Z' }),
  );
  const proposalId = await propose(quiet.db, room, '-1 hour', 'pending');
  const ask = (...args: string[]) =>
    doctor({ args: ['--grace', '100', ...args], env: { ...env(), DATABASE_URL: quiet.url } });
  expect(await ask()).toMatchObject({
    code: 1,
    text: expect.stringMatching(new RegExp(`^proposal-past-its-time  proposal ${proposalId}`)) as string,
  });
  expect((await ask('--repair')).code).toBe(0);
  expect(await quiet.db.query('select status from pending_proposals')).toEqual([{ status: 'expired' }]);
  await quiet.drop();
});

it('records events that were handled and are not recorded', async () => {
  const room = await bookedAndSent();
  const [letter] = await db().query<{ event_id: string }>('select event_id from letters where room_id = $1', [
    room.roomId,
  ]);
  await db().query('delete from handled_events where event_id = $1', [letter?.event_id]);
  await expectMended('event-not-recorded', letter?.event_id ?? '');
});

it('names what waits, is dead, stopped or quarantined, and what to do about it', async () => {
  const waiting = envelop(
    'LetterSent',
    {
      roomId: randomUUID(),
      invitationId: randomUUID(),
      role: 'host',
      letterId: randomUUID(),
      messageId: '<x@y>',
      method: 'REQUEST',
      sequence: 0,
      occasion: '',
    },
    { id: randomUUID(), occurredAt: new Date(), correlationId: 'x' },
  );
  await db().transaction(async (tx) => appendEvents(tx, 'scheduling-api', [waiting]));
  const insert = 'insert into dead_letters (app, event_id, envelope, reason) values ($1, $2, $3, $4)';
  await db().query(insert, ['scheduling-api', randomUUID(), '{"name":"ReplyReceived"}', 'boom']);
  const stopped = randomUUID();
  await db().query(insert, ['notification-sender', stopped, '{"name":"LetterFailed"}', 'privacy-gate']);
  const mail = `insert into imip_messages (id, raw_pointer, way_in, size_bytes, sha256, state)
    values (gen_random_uuid(), 'x', 'webhook', 1, 'x', $1)`;
  await db().query(mail, ['stored']);
  await db().query(mail, ['quarantined']);
  const { code, text } = await look('--repair');
  expect(code).toBe(1);
  expect(text.split('\n')).toEqual([
    expect.stringMatching(
      /^outbox-old {2}scheduling-api: 1 event is not published, .*\(check that the app runs and the broker responds\)$/,
    ),
    'dead-letters  the database: 1 event is a dead letter (fix the cause, then npm run replay -- --dead)',
    expect.stringContaining(`letter-stopped  event ${stopped}`),
    expect.stringContaining('mails-unread  imip-ingestor: 1 mail waits'),
    expect.stringContaining('mails-quarantined  imip-ingestor: 1 mail could not be read'),
    '5 faults, 0 repaired.',
  ]);
});

/** The letters of a room as if the relay had answered so. */
async function answeredWith(state: string, error: string): Promise<void> {
  const { roomId } = await bookedAndSent();
  await db().query(
    `update letters set state = $2, last_error = $3, due_at = now() + interval '1 hour',
      claimed_at = now() - interval '2 hours' where room_id = $1`,
    [roomId, state, error],
  );
}

it('says which letters wait and why, and which were given up', async () => {
  await answeredWith('due', 'ECONNREFUSED: connect');
  await answeredWith('due', '451: 4.7.1 greylisted');
  await answeredWith('failed', '550: 5.1.1 unknown');
  const { code, text, warnings } = await look();
  expect(code).toBe(1);
  expect(text.split('\n')[0]?.replaceAll(/20\S+Z/g, '<time>')).toBe(
    'letters-wait-for-relay  ECONNREFUSED: 2 letters wait, because nothing responds at the address of the relay ' +
      '(ECONNREFUSED); the oldest since <time>, the next attempt is at <time> (see LettersLate in docs/runbook.md)',
  );
  expect(warnings?.slice(0, 2)).toEqual([
    expect.stringMatching(/^notice {2}letters-deferred {2}451: 2 letters wait, because the relay responded with 451;/),
    expect.stringMatching(/^notice {2}letters-failed {2}550: 2 letters .* --failed --reason 550\)$/),
  ]);
  await db().query(`update letters set state = 'sent', last_error = null where last_error is not null`);
  expect(await look()).toMatchObject({ code: 0 });
});

it('names mails that nobody believed as what an attendee was asked about', async () => {
  await db().query(
    `insert into imip_messages (id, raw_pointer, way_in, size_bytes, sha256, state, verdict, why)
      values (gen_random_uuid(), 'x', 'webhook', 1, 'x', 'read', 'held', 'not-verified: no aligned pass')`,
  );
  const { code, warnings } = await look();
  expect([code, warnings?.[0]]).toEqual([
    0,
    expect.stringMatching(/^notice {2}mails-unconfirmed {2}not-verified: 1 mail of the last day was not believed/),
  ]);
});

it('greets the relay, and says why it cannot be used', async () => {
  const relay = new SmtpSink({ auth: { user: 'product', pass: 'hush' } });
  const url = new URL(await relay.start());
  const by = async (of: URL): Promise<string> =>
    (await doctor({ args: ['--grace', '0'], env: { ...env(), SMTP_URL: of.href } })).text;
  url.username = 'product';
  url.password = 'hush';
  expect(await by(url)).toBe('Rooms, ledger, outbox and queues agree.');
  url.password = 'guessed';
  const refused = await by(url);
  expect(refused).toMatch(
    /^relay-unreachable {2}SMTP_URL 127\.0\.0\.1:\d+: the relay refuses the user or password \(535\)/,
  );
  expect(refused).not.toContain('guessed');
  await relay.close();
  expect(await by(url)).toMatch(/^relay-unreachable .*: the connection to the relay fails|nothing answers/);
});

it('says whose old rows are not deleted any more', async () => {
  await db().query(`update retention_runs set ran_at = now() - interval '2 hours' where app <> 'imip-ingestor'`);
  const { text } = await look();
  expect(text.split('\n').map((line) => line.split(': ')[0])).toEqual([
    'retention-not-run  notification-sender',
    'retention-not-run  scheduling-api',
    '2 faults.',
  ]);
  expect((await retention({ args: [], env: env() })).code).toBe(0);
  expect((await look()).code).toBe(0);
});

it('looks for the key of our signatures in DNS', async () => {
  const signed = { ...env(), DKIM_DOMAIN: 'meet.example', DKIM_SELECTOR: 's1' };
  const none = Object.assign(new Error('none'), { code: 'ENOTFOUND' });
  const slow = Object.assign(new Error('slow'), { code: 'ETIMEOUT' });
  const by = (error: Error) =>
    doctor({
      args: ['--grace', '0'],
      env: signed,
      resolver: { resolveTxt: () => Promise.reject(error), resolveMx: () => Promise.reject(error) },
    });
  expect((await by(none)).text).toMatch(
    /^dkim-missing {2}s1\._domainkey\.meet\.example: the DKIM key in DNS: no key at .* \(Publish TXT s1\./,
  );
  const unknown = await by(slow);
  expect([unknown.code, unknown.warnings?.[0]]).toEqual([0, expect.stringMatching(/^notice {2}dkim-unknown/)]);
});

it('looks at the broker as well, where there is one', async () => {
  const { text } = await doctor({ args: [], env: { ...env(), RABBITMQ_URL: brokerUrl(), BROKER_PREFIX: prefix } });
  expect(text).toMatch(
    /^queue-without-consumer {2}notification-sender\.rooms: no consumer reads this queue with 0 events \(start notification-sender\)$/m,
  );
  await onBroker(async (model) => {
    const channel = await model.createConfirmChannel();
    channel.sendToQueue(namesOf(prefix, 'scheduling-api.mail').dead, Buffer.from('poison'), { persistent: true });
    await channel.waitForConfirms();
  });
  const again = await doctor({ args: [], env: { ...env(), RABBITMQ_URL: brokerUrl(), BROKER_PREFIX: prefix } });
  expect(again.text).toMatch(/^dead-letters {2}scheduling-api\.mail: 1 event is a dead letter/m);
});

it('says what it cannot reach, without a secret', async () => {
  const answer = await doctor({ args: [], env: { DATABASE_URL: 'postgres://somebody:hush@127.0.0.1:1/x' } });
  expect([answer.code, answer.text]).toEqual([2, expect.stringMatching(/^cannot look: .*127\.0\.0\.1:1/)]);
  expect(answer.text).not.toContain('hush');
  expect(await doctor({ args: ['--mend'], env: env() })).toMatchObject({
    code: 2,
    text: expect.stringContaining('npm run doctor [-- --repair]') as string,
  });
});
