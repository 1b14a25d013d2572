// `npm run replay` on real parts: dead events, failed letters and quarantined mails go again once, whatever is asked
// how often.
import { randomUUID } from 'node:crypto';
import { type ChannelModel, connect } from 'amqplib';
import { simpleParser } from 'mailparser';
import { type Envelope, type RoomSnapshot } from '#contracts';
import { listDead, namesOf, RabbitPublisher } from '#messaging';
import { appendEvents, PgOutbox } from '#persistence';
import { replay } from '../../../apps/standalone/src/replay/replay';
import { brokerUrl, dropPrefix, freshPrefix } from '../../support/broker';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { sender, storeRoom } from '../../support/sender';
import { event, invitation, link, proposal, room } from '../../support/sender-events';
import { SmtpSink } from '../../support/smtp-sink';
import { depth, silent } from '../messaging/messaging-fixtures';

const prefix = freshPrefix();
const names = namesOf(prefix, 'notification-sender.rooms');
let fresh: FreshDatabase;
let model: ChannelModel;
const run = (...args: string[]) => replay({ args, env: { DATABASE_URL: fresh.url } });
const runOnBroker = (...args: string[]) =>
  replay({ args, env: { DATABASE_URL: fresh.url, RABBITMQ_URL: brokerUrl(), BROKER_PREFIX: prefix } });

beforeAll(async () => {
  fresh = await freshDatabase();
  model = await connect(brokerUrl());
});
afterAll(async () => {
  await model.close();
  await dropPrefix(prefix);
  await fresh.drop();
});

const newRoom = (changes: Partial<RoomSnapshot> = {}): RoomSnapshot => {
  const tag = randomUUID().slice(0, 8);
  return room({
    startUtc: '2031-12-01T09:00:00.000Z',
    endUtc: '2031-12-01T10:00:00.000Z',
    invitations: [
      invitation('host', { email: `host-${tag}@host-side.example` }),
      invitation('guest', { email: `guest-${tag}@guest-side.example` }),
    ],
    ...changes,
  });
};

describe('dead events', () => {
  const putDead = async (...envelopes: Envelope[]): Promise<void> => {
    const publisher = new RabbitPublisher({ url: brokerUrl(), prefix, appName: 'test', logger: silent });
    publisher.open();
    await publisher.whenReady(AbortSignal.timeout(25_000));
    for (const each of envelopes) {
      await publisher.sendToQueue(names.dead, Buffer.from(JSON.stringify(each)), {
        messageId: each.id,
        type: each.name,
        headers: { 'x-dead-reason': 'boom' },
      });
    }
    await publisher.close();
  };

  it('of a queue go back into it, once, and only those asked for', async () => {
    const of = newRoom();
    await putDead(
      event('RoomBooked', { room: of }),
      event('RoomCancelled', { room: of, cause: 'deleted', by: null, reason: null }),
    );
    const some = await runOnBroker('--dead', '--event', 'RoomBooked');
    expect(some).toMatchObject({ code: 0 });
    expect(some.text).toContain('dead letters of notification-sender.rooms: 1 driven again');
    expect([await depth(model, names.main), await depth(model, names.dead)]).toEqual([1, 1]);
    await runOnBroker('--dead');
    const nothing = await runOnBroker('--dead');
    expect(nothing.text).toContain('dead letters of notification-sender.rooms: 0 driven again');
    expect([await depth(model, names.main), await depth(model, names.dead)]).toEqual([2, 0]);
  });

  it('of a queue are listed, the oldest first, and stay where they are', async () => {
    const of = newRoom();
    const dead = [event('RoomBooked', { room: of }), event('RoomBooked', { room: of })];
    await putDead(...dead);
    const publisher = new RabbitPublisher({ url: brokerUrl(), prefix, appName: 'test', logger: silent });
    publisher.open();
    await publisher.whenReady(AbortSignal.timeout(25_000));
    // However often: a look takes them out, and the broker puts them back once its channel is closed.
    for (let look = 0; look < 3; look += 1) {
      await eventually('both are in the queue', async () => (await depth(model, names.dead)) === 2);
      expect(await listDead(publisher, prefix, 'notification-sender.rooms', 1)).toEqual({
        count: 2,
        letters: [expect.objectContaining({ event: 'RoomBooked', reason: 'boom', replays: 0 })],
      });
    }
    await publisher.close();
    expect((await runOnBroker('--dead')).text).toContain('notification-sender.rooms: 2 driven again');
  });

  it('of a product without a broker go back into the outbox, once; what the privacy gate stopped stays', async () => {
    const of = newRoom();
    const outbox = new PgOutbox(fresh.db, ['scheduling-api']);
    await fresh.db.transaction(async (tx) =>
      appendEvents(tx, 'scheduling-api', [event('RoomBooked', { room: of }), event('RoomBooked', { room: of })]),
    );
    for (const row of await outbox.lease(10))
      await outbox.settle([{ position: row.position, outcome: 'dead', reason: 'boom' }]);
    await fresh.db.query(
      `insert into dead_letters (app, event_id, envelope, reason)
        values ('notification-sender', $1, '{"name":"LetterFailed"}', 'privacy-gate')`,
      [randomUUID()],
    );
    expect((await run('--dead')).text).toBe('dead letters in the database: 2 driven again');
    expect((await run('--dead')).text).toBe('dead letters in the database: 0 driven again');
    const again = await outbox.lease(10);
    expect(again.map((row) => [row.envelope.name, row.attempts])).toEqual([
      ['RoomBooked', 0],
      ['RoomBooked', 0],
    ]);
    expect(await fresh.db.query('select reason from dead_letters')).toEqual([{ reason: 'privacy-gate' }]);
  });
});

describe('failed letters', () => {
  let sink: SmtpSink;
  let smtpUrl: string;
  beforeEach(async () => {
    sink = new SmtpSink();
    smtpUrl = await sink.start();
  });
  afterEach(() => sink.close());

  const states = async (of: RoomSnapshot): Promise<string[]> =>
    (
      await fresh.db.query<{ shown: string }>(
        `select role || ' ' || method || ' ' || state as shown from letters where room_id = $1 order by position`,
        [of.roomId],
      )
    ).map(({ shown }) => shown);
  const refusedGuest = async (of: RoomSnapshot): Promise<void> => {
    sink.always((to) => (to.startsWith('guest') ? { kind: 'refuse', code: 550, at: 'RCPT' } : undefined));
    const first = sender(fresh.db, smtpUrl, { start: true });
    await first.handle(event('RoomBooked', { room: await storeRoom(fresh.db, of) }));
    await eventually(
      'the guest is refused',
      async () => (await states(of)).join() === 'host REQUEST sent,guest REQUEST failed',
    );
    await first.stop();
    sink.always(() => undefined);
  };

  it('leave under the Message-ID they had, once, and the timeline tells it', async () => {
    const of = newRoom();
    await refusedGuest(of);
    const [before] = await fresh.db.query<{ message_id: string }>(
      `select message_id from letters where room_id = $1 and role = 'guest'`,
      [of.roomId],
    );
    expect((await run('--failed', '--reason', '421')).text).toBe('failed letters: 0 due again');
    expect((await run('--failed', '--room', of.roomId, '--reason', '550')).text).toBe('failed letters: 1 due again');
    expect((await run('--failed')).text).toBe('failed letters: 0 due again');
    const second = sender(fresh.db, smtpUrl, { start: true });
    await eventually(
      'the guest has it',
      async () => (await states(of)).join() === 'host REQUEST sent,guest REQUEST sent',
    );
    await second.stop();
    const mails = sink.to(of.invitations[1]?.email ?? '');
    expect(await Promise.all(mails.map(async (mail) => (await simpleParser(mail.raw)).messageId))).toEqual([
      before?.message_id,
    ]);
    const audit = await fresh.db.query<{ verdict: string }>(
      `select verdict from audit where room_id = $1 and role = 'guest' order by position`,
      [of.roomId],
    );
    expect(audit.map(({ verdict }) => verdict)).toEqual(['failed', 'driven-again', 'sent']);
  });

  it('get the whole time for their attempts again', async () => {
    const of = newRoom();
    await refusedGuest(of);
    // Given up long ago: counted from its first claim it would have no time left.
    await fresh.db.query(
      `update letters set claimed_at = now() - interval '9 days', attempts = 70 where room_id = $1
        and role = 'guest'`,
      [of.roomId],
    );
    await run('--failed', '--room', of.roomId);
    sink.next({ kind: 'refuse', code: 451, at: 'DATA' });
    const second = sender(fresh.db, smtpUrl, { start: true });
    await eventually(
      'it is tried, deferred and sent',
      async () => (await states(of)).join() === 'host REQUEST sent,guest REQUEST sent',
    );
    await second.stop();
    expect(sink.attempts.filter((to) => to.startsWith('guest'))).toHaveLength(3);
  });

  it('stay failed where a newer letter says more, or where what they are about is over', async () => {
    const moved = newRoom();
    await refusedGuest(moved);
    await sender(fresh.db, smtpUrl).handle(
      event('RoomRescheduled', {
        room: { ...moved, sequence: 1 },
        proposalId: randomUUID(),
        previousStartUtc: moved.startUtc,
        previousEndUtc: moved.endUtc,
      }),
    );
    expect((await run('--failed', '--room', moved.roomId)).text).toBe(
      'failed letters: 0 due again; left as they are: 1 overtaken by newer letters',
    );
    const over = newRoom({ startUtc: '2024-12-01T09:00:00.000Z', endUtc: '2024-12-01T10:00:00.000Z' });
    await refusedGuest(over);
    expect((await run('--failed', '--room', over.roomId)).text).toBe(
      'failed letters: 0 due again; left as they are: 1 about what is over',
    );
    const asked = newRoom();
    const question = event('ProposalCreated', {
      room: asked,
      proposal: proposal({ proposedBy: 'host', expiresAt: '2024-11-25T09:00:00.000Z' }),
      approveLink: link('approve'),
      declineLink: link('decline'),
      replaced: null,
    });
    await sender(fresh.db, smtpUrl).handle(question);
    await fresh.db.query(`update letters set state = 'failed', attempts = 1 where room_id = $1`, [asked.roomId]);
    expect((await run('--failed', '--room', asked.roomId)).text).toMatch(
      /^failed letters: \d due again; left as they are: \d about what is over$/,
    );
    expect((await states(asked))[0]).toBe('guest none failed');
  });
});

it('has quarantined mails read again, once', async () => {
  const id = randomUUID();
  await fresh.db.query(
    `insert into imip_messages (id, raw_pointer, way_in, size_bytes, sha256, state, attempts, verdict, why)
      values ($1, 'raw_mails/x', 'webhook', 1, 'x', 'quarantined', 6, 'quarantined', 'unreadable: x')`,
    [id],
  );
  expect((await run('--quarantined')).text).toBe('quarantined mails: 1 to be read again');
  expect((await run('--quarantined')).text).toBe('quarantined mails: 0 to be read again');
  const [mail] = await fresh.db.query('select state, attempts, verdict from imip_messages where id = $1', [id]);
  expect(mail).toEqual({ state: 'stored', attempts: 0, verdict: null });
});

describe('what cannot be done', () => {
  it.each([[[]], [['--dead', 'more']], [['--alive']]])('asked as %j is answered with how to ask', async (args) => {
    expect(await run(...args)).toMatchObject({
      code: 2,
      text: expect.stringContaining('npm run replay -- --dead') as string,
    });
  });

  it('is said in one line without a secret', async () => {
    const answer = await replay({ args: ['--dead'], env: { DATABASE_URL: 'postgres://somebody:hush@127.0.0.1:1/x' } });
    expect(answer.code).toBe(2);
    expect(answer.text).toMatch(/^cannot replay: .*127\.0\.0\.1:1/);
    expect(answer.text).not.toContain('hush');
    expect((await replay({ args: ['--dead'], env: { DATA_DIR: '/nonexistent/data' } })).text).toContain(
      'nothing runs with its data in /nonexistent/data',
    );
  });
});
