// A person asks what is kept of them, and has it deleted: nothing of them is left anywhere, and the other party's
// meeting is handled. On RabbitMQ, where an app dies meanwhile, and without a broker.
import { randomUUID } from 'node:crypto';
import { namesOf } from '#messaging';
import { onBroker } from '../support/broker';
import { eventually } from '../support/eventually';
import { organizer, type Party, type Product, type Setup, startProduct } from '../support/product';
import { whereIn } from '../support/whole-database';
import { startReceiver } from '../support/webhooks';

const operatorKey = 'operator-key-of-at-least-thirty-two-characters';
const secret = 'e2e-secret-of-at-least-thirty-two-characters';

describe.each<Setup>(['three apps on RabbitMQ', 'standalone without a broker'])('%s', (setup) => {
  const hasTags = setup === 'standalone without a broker';
  let product: Product;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  beforeAll(async () => {
    receiver = await startReceiver();
    product = await startProduct(setup, {
      LOG_LEVEL: 'trace',
      OPERATOR_KEYS: `ops:${operatorKey}`,
      WEBHOOK_PRIVATE_TARGETS: 'on',
      ORGANIZER_TAGGING: hasTags ? 'on' : 'off',
    });
  }, 90_000);
  afterAll(async () => {
    await product.end();
    await receiver.stop();
  }, 60_000);

  const asOperator = async (
    path: string,
    body: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`${product.url('scheduling-api')}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  const note = `Wednesday suits me ${randomUUID().slice(0, 8)}`;
  const name = `Zyrilla Quentorp ${randomUUID().slice(0, 4)}`;
  let person: Party;
  let host: Party;
  let roomId: string;
  let erasureId: string;

  it('a person with meetings, words, mails, webhooks, a former invitation and dead letters', async () => {
    await product.api('POST', '/api/webhooks/endpoints', { url: receiver.url, includeAddresses: true });
    const email = `zyrilla.${randomUUID().slice(0, 8)}@guests.test`;
    const guest = { email, name, timeZone: 'America/New_York' };
    const key = { 'idempotency-key': randomUUID() };
    const created = await product.api(
      'POST',
      '/api/practice-room/create',
      { ...times, host: hostOf(), guest, title: `Lesson of ${name}` },
      key,
    );
    expect(created.status).toBe(201);
    roomId = created.body.roomId;
    person = product.party(email);
    host = product.party(String(created.body.invitations[0]?.email));
    await Promise.all([person.mail(0), host.mail(0)]);
    const token = /\/reschedule\?r=([\w.-]+)/.exec(textOf(await person.mail(0)))?.[1];
    const proposal = { token, proposedStartUtc: '2031-05-07T10:00:00Z', proposedEndUtc: '2031-05-07T11:00:00Z', note };
    expect((await product.api('POST', '/api/reschedule/propose', proposal)).status).toBe(201);
    await host.mail(1);
    await host.reply('google', { kind: 'accept' });
    await person.reply('google', { kind: 'accept' });
    // A room that was theirs, and a mail about nothing.
    const other = await product.api('POST', '/api/practice-room/create', { ...times, host: hostOf(), guest });
    await person.mail(2);
    const replaced = {
      roomId: other.body.roomId,
      role: 'guest',
      email: `other-${randomUUID()}@guests.test`,
      name: 'Otto',
    };
    expect((await product.api('POST', '/api/practice-room/attendee', replaced)).status).toBe(200);
    await product.deliver(
      Buffer.from(
        `From: <${email}>\r\nTo: <${organizer}>\r\nSubject: away\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n`,
      ),
      email,
    );
    await product.deliver(mailNamedAfter(email), email);
    await eventually('the acceptance counts', async () =>
      (await product.room(roomId)).invitations.every(({ partstat }) => partstat === 'accepted'),
    );
    await plantDeadLetter(product, setup, roomId, email);
  });

  it('the export holds their rooms, letters as they left, mails and timeline, and nothing of the other party', async () => {
    const { status, body } = await asOperator('/api/people/export', { email: person.email.toUpperCase() });
    expect(status).toBe(200);
    const rooms = body['rooms'] as {
      roomId: string;
      letters: { raw: string; sha256: string; kind: string }[];
      mails: { raw: string }[];
      proposals: { note: string }[];
      timeline: unknown[];
    }[];
    expect(rooms).toHaveLength(2);
    const room = rooms.find((each) => each.roomId === roomId);
    const bytes = Buffer.from(room?.letters[0]?.raw ?? '', 'base64');
    expect(bytes.equals(await person.mail(0))).toBe(true);
    expect(room?.proposals[0]?.note).toBe(note);
    expect(Buffer.from(room?.mails[0]?.raw ?? '', 'base64').toString()).toContain(person.email);
    expect(room?.timeline.length).toBeGreaterThan(4);
    expect(body['otherMails']).toHaveLength(2);
    const all =
      JSON.stringify(body) +
      rooms
        .flatMap(({ letters, mails }) => [...letters, ...mails])
        .map(({ raw }) => Buffer.from(raw ?? '', 'base64').toString('latin1'))
        .join();
    expect(all).not.toContain(host.email);
    expect(all).not.toContain('Horst');
  });

  it('a trial says what would be done and does nothing', async () => {
    const { status, body } = await asOperator('/api/people/erase', { email: person.email, dryRun: true });
    expect([status, body]).toEqual([200, expect.objectContaining({ dryRun: true, rooms: 2, roomsToCancel: 1 })]);
    expect((await product.room(roomId)).status).toBe('scheduled');
    expect((await product.api('POST', '/api/people/erase', { email: person.email })).status).toBe(403);
  });

  it('an erasure cancels, mails both, then leaves nothing of the person anywhere', async () => {
    const { status, body } = await asOperator('/api/people/erase', { email: person.email });
    expect([status, body]).toEqual([202, { erasureId: expect.any(String), rooms: 2 }]);
    erasureId = String(body['erasureId']);
    const again = await asOperator('/api/people/erase', { email: person.email });
    expect(again.body['rooms']).toBe(2);
    if (setup === 'three apps on RabbitMQ') {
      await product.stop('notification-sender', 'SIGKILL');
      await product.start('notification-sender');
    }
    await eventually('it is done', async () => await done(), { timeoutMs: 60_000 });
    const room = await product.room(roomId);
    expect(room.status).toBe('cancelled');
    expect(room.invitations.map(({ email }) => email)).toContainEqual(
      expect.stringMatching(/^erased-[\da-f-]{36}@erased\.invalid$/),
    );
    const cancels = (party: Party): number =>
      product.mailsTo(party.email).filter(({ raw }) => raw.toString('latin1').includes('method=CANCEL')).length;
    // The other room's CANCEL went to them when they were replaced.
    expect([cancels(host), cancels(person)]).toEqual([1, 2]);
    const words = [person.email, name, 'Quentorp', note];
    expect(await whereIn(product.database.db, secret, words)).toEqual([]);
    expect(words.filter((word) => product.logs().includes(word))).toEqual([]);
    if (setup === 'three apps on RabbitMQ') expect(await onQueues(product, words)).toEqual([]);
    expect(room.invitations.map(({ email }) => email)).toContain(host.email);
  });

  it('mail of theirs that comes later is dropped', async () => {
    const ids = [await person.reply('outlook', { kind: 'decline' })];
    if (hasTags) {
      const [, tagged] = /^From:[^<]*<([^>]+)>/m.exec((await person.mail(0)).toString('latin1')) ?? [];
      ids.push(await product.deliver(mailNamedAfter(person.email, tagged), person.email));
    }
    await eventually('they are judged', async () => {
      const dropped = `select 1 from imip_messages where id = any($1::uuid[]) and why like 'erased:%'`;
      return (await product.database.db.query(dropped, [ids])).length === ids.length;
    });
    expect(await product.database.db.query('select id from raw_mails where id = any($1::uuid[])', [ids])).toEqual([]);
    expect(await whereIn(product.database.db, secret, [person.email, name])).toEqual([]);
    // The other party's replies count as before.
    const theirs = await host.reply('google', { kind: 'decline' });
    await eventually(
      'the reply of the other party is kept',
      async () =>
        (await product.database.db.query(`select 1 from imip_messages where id = $1 and state = 'read'`, [theirs]))
          .length === 1,
    );
    expect(await product.database.db.query('select id from raw_mails where id = $1', [theirs])).toHaveLength(1);
  });

  it('nobody is mailed for them again, and the same once more is done at once', async () => {
    const before = product.sink.mails.length;
    const { body } = await asOperator('/api/people/erase', { email: person.email });
    expect(body['rooms']).toBe(0);
    erasureId = String(body['erasureId']);
    await eventually('it is done', async () => await done(), { timeoutMs: 30_000 });
    expect(product.sink.mails.length).toBe(before);
    const timeline = await product.api('GET', `/api/practice-room/${roomId}/timeline`);
    expect(timeline.body.items.map((each) => each['verdict'])).toContain('erased');
  });

  const done = async (): Promise<boolean> =>
    (await product.database.db.query('select 1 from erasures where id = $1 and completed_at is not null', [erasureId]))
      .length === 1;
});

const times = { startUtc: '2031-05-05T10:00:00Z', endUtc: '2031-05-05T11:00:00Z' };
const hostOf = () => ({
  email: `horst-${randomUUID().slice(0, 8)}@hosts.test`,
  name: 'Horst Dietz',
  timeZone: 'Europe/Berlin',
});

const textOf = (raw: Buffer): string => raw.toString('latin1').replaceAll(/=\r\n/g, '').replaceAll('=3D', '=');

/**
 * Every id and word of a mail that its writer's program chooses contains the writer's address, as some programs do it.
 */
const mailNamedAfter = (email: string, to = organizer): Buffer =>
  Buffer.from(
    [
      `From: <${email}>`,
      `To: <${to}>`,
      `Message-ID: <20310505.${email}>`,
      'Content-Type: text/calendar; charset=utf-8',
      '',
      'BEGIN:VCALENDAR',
      `METHOD:${email}`,
      'BEGIN:VEVENT',
      `UID:20310505T100000-${email}`,
      `ORGANIZER:mailto:${organizer}`,
      `ATTENDEE;PARTSTAT="${email}":mailto:${email}`,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );

/** An event about the room that was given up, where such events lie. */
async function plantDeadLetter(product: Product, setup: Setup, roomId: string, email: string): Promise<void> {
  const envelope = {
    id: randomUUID(),
    name: 'RoomBooked',
    version: 1,
    occurredAt: '2026-11-28T12:00:00.000Z',
    correlationId: 'x',
    causationId: null,
    data: { room: { roomId, invitations: [{ email }] } },
  };
  if (setup === 'standalone without a broker') {
    await product.database.db.query(
      `insert into dead_letters (app, event_id, envelope, reason) values ('notification-sender', $1, $2, 'planted')`,
      [envelope.id, JSON.stringify(envelope)],
    );
    return;
  }
  await onBroker(async (model) => {
    const channel = await model.createConfirmChannel();
    const dead = namesOf(product.prefix, 'notification-sender.rooms').dead;
    channel.sendToQueue(dead, Buffer.from(JSON.stringify(envelope)), { persistent: true });
    // Of another room: it stays.
    const other = { ...envelope, id: randomUUID(), data: { room: { roomId: randomUUID() } } };
    channel.sendToQueue(dead, Buffer.from(JSON.stringify(other)), { persistent: true });
    await channel.waitForConfirms();
  });
}

/** Messages of any queue that contain one of the words; also fails where the dead letter of another room is gone. */
async function onQueues({ prefix }: Product, words: string[]): Promise<string[]> {
  return onBroker(async (model) => {
    const channel = await model.createChannel();
    const found: string[] = [];
    let dead = 0;
    const queues = [
      'notification-sender.rooms',
      'notification-sender.deliveries',
      'scheduling-api.mail',
      'scheduling-api.people',
      'notification-sender.people',
      'imip-ingestor.people',
    ] as const;
    for (const queue of queues) {
      const names = namesOf(prefix, queue);
      for (const each of [names.main, ...names.retry, names.dead])
        for (;;) {
          const message = await channel.get(each, { noAck: false });
          if (!message) break;
          if (each === names.dead) dead += 1;
          const text = message.content.toString();
          if (words.some((word) => text.includes(word))) found.push(`${each}: ${text.slice(0, 200)}`);
        }
    }
    expect(dead).toBe(1);
    await channel.close();
    return found;
  });
}
