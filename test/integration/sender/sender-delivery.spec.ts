// The sender on a real Postgres and a real SMTP conversation: what leaves, what is tried again, what is given up,
// what is stopped.
import { createHash, randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import type { RoomSnapshot } from '#contracts';
import { healthChecks } from '../../../apps/notification-sender/src/health';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type RunningSender, sender, storeRoom } from '../../support/sender';
import { event, invitation, link, room } from '../../support/sender-events';
import { SmtpSink } from '../../support/smtp-sink';

let fresh: FreshDatabase;
let sink: SmtpSink;
let url: string;
const running: RunningSender[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  sink = new SmtpSink();
  url = await sink.start();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  await sink.close();
});

const start = (options: Parameters<typeof sender>[2] = {}, at = url): RunningSender => {
  const made = sender(fresh.db, at, { start: true, ...options });
  running.push(made);
  return made;
};

/** Addresses of a test's own: all tests share the database. */
const people = () => {
  const tag = randomUUID().slice(0, 8);
  return { host: `host-${tag}@host-side.example`, guest: `guest-${tag}@guest-side.example` };
};
const roomFor = async (
  who: { host: string; guest: string },
  changes: Partial<RoomSnapshot> = {},
): Promise<RoomSnapshot> =>
  storeRoom(
    fresh.db,
    room({
      invitations: [invitation('host', { email: who.host }), invitation('guest', { email: who.guest })],
      ...changes,
    }),
  );

const letters = (of: RoomSnapshot) =>
  fresh.db.query<{
    id: string;
    role: string;
    state: string;
    attempts: number;
    message_id: string;
    content_sha256: string;
    last_error: string | null;
    response: string | null;
  }>('select * from letters where room_id = $1 order by position', [of.roomId]);
const letterTo = async (of: RoomSnapshot, role: string) => (await letters(of)).find((row) => row.role === role);
const outbox = async (of: RoomSnapshot) =>
  (
    await fresh.db.query<{ envelope: { name: string; data: Record<string, unknown> } }>(
      `select envelope from outbox where envelope -> 'data' ->> 'roomId' = $1 order by position`,
      [of.roomId],
    )
  ).map((row) => row.envelope);
const invitationOf = async (of: RoomSnapshot, role: string) =>
  (
    await fresh.db.query<{
      last_method_sent: string | null;
      last_message_id: string | null;
      delivery_state: { state: string; code?: string; detail?: string };
    }>('select * from invitations where room_id = $1 and attendee_role = $2', [of.roomId, role])
  )[0];
const settled = (of: RoomSnapshot, state: string) =>
  eventually(
    `both letters are ${state}`,
    async () => (await letters(of)).every((row) => row.state === state) && letters(of),
  );

describe('an address outside ASCII before the @', () => {
  const international = () => ({ ...people(), guest: `josé-${randomUUID().slice(0, 8)}@guest-side.example` });

  it('fails at once and says why where the relay does not offer SMTPUTF8; no command of the session names it', async () => {
    const plainRelay = new SmtpSink({ smtpUtf8: false });
    const who = international();
    const booked = await roomFor(who);
    try {
      const running = start({}, await plainRelay.start());
      await running.handle(event('RoomBooked', { room: booked }));
      const failed = await eventually('the letter has failed', async () => {
        const row = await letterTo(booked, 'guest');
        return row?.state === 'failed' && row;
      });
      expect(failed).toMatchObject({ attempts: 1, last_error: expect.stringContaining('does not offer SMTPUTF8') });
      await eventually('the other letter has left', () => plainRelay.to(who.host).length === 1);
      expect(plainRelay.attempts).toEqual([who.host]);
      const words = expect.stringContaining('characters outside ASCII before the @');
      const delivery = { state: 'failed', code: 'no-smtputf8', detail: words };
      expect((await invitationOf(booked, 'guest'))?.delivery_state).toMatchObject(delivery);
      const [line] = await fresh.db.query<{ why: string }>(
        `select why from audit where room_id = $1 and role = 'guest' and verdict = 'failed'`,
        [booked.roomId],
      );
      expect(line?.why).toMatch(/^no-smtputf8: the SMTP relay does not offer SMTPUTF8/);
      expect(JSON.stringify(line)).not.toContain('josé');
      const failedEvent = (await outbox(booked)).find(({ name }) => name === 'LetterFailed');
      expect(failedEvent?.data).toMatchObject({ role: 'guest', reason: 'no-smtputf8' });
      expect(running.mailer.state()).toEqual({ failing: false, code: null });
    } finally {
      await plainRelay.close();
    }
  });

  it('is mailed as it is where the relay offers it', async () => {
    const who = international();
    const booked = await roomFor(who);
    await start().handle(event('RoomBooked', { room: booked }));
    await settled(booked, 'sent');
    const [mail] = sink.to(who.guest);
    const parsed = await simpleParser(mail?.raw ?? '');
    expect([parsed.to].flat().flatMap((each) => each?.value.map(({ address }) => address))).toEqual([who.guest]);
    expect(parsed.attachments[0]?.content.toString().replaceAll('\r\n ', '')).toContain(
      `mailto:${encodeURI(who.guest)}`,
    );
  });
});

it('sends two private invites and records them in ledger, invitation, outbox and audit', async () => {
  const who = people();
  const booked = await roomFor(who);
  await start().handle(event('RoomBooked', { room: booked }));
  const rows = await settled(booked, 'sent');

  for (const role of ['host', 'guest'] as const) {
    const [mail, ...more] = sink.to(who[role]);
    const row = rows.find((each) => each.role === role);
    expect(more).toEqual([]);
    expect(mail?.from).toBe('scheduling@central.example');
    expect(mail?.raw.toString()).not.toContain(who[role === 'host' ? 'guest' : 'host']);
    const parsed = await simpleParser(mail?.raw ?? '');
    expect(parsed.messageId).toBe(row?.message_id);
    expect(parsed.subject).toBe('Practice Session — Invitation');
    expect(row?.content_sha256).toBe(
      createHash('sha256')
        .update(mail?.raw ?? '')
        .digest('hex'),
    );
    expect(row?.response).toContain('250 2.0.0 taken');
    expect(await invitationOf(booked, role)).toMatchObject({
      last_method_sent: 'request',
      last_message_id: row?.message_id,
      delivery_state: { state: 'sent', code: '250' },
    });
  }
  expect((await outbox(booked)).map((each) => each.name)).toEqual(['LetterSent', 'LetterSent']);
  const audit = await fresh.db.query<{ verdict: string; method: string; sha256: string; raw_pointer: string }>(
    'select * from audit where room_id = $1',
    [booked.roomId],
  );
  expect(audit.map(({ verdict, method }) => [verdict, method])).toEqual([
    ['sent', 'REQUEST'],
    ['sent', 'REQUEST'],
  ]);
  expect(new Set(audit.map((line) => `${line.sha256} ${line.raw_pointer}`))).toEqual(
    new Set(rows.map((row) => `${row.content_sha256} letters/${row.id}`)),
  );
});

it('tries again after 4xx, with one Message-ID and the very same bytes', async () => {
  const who = people();
  const booked = await roomFor(who);
  let refusals = 0;
  sink.always((to) =>
    to === who.guest && refusals++ < 3
      ? { kind: 'refuse', code: 451, at: 'DATA', text: `4.7.1 greylisted, ${who.guest} and ${who.host}` }
      : undefined,
  );
  await start().handle(event('RoomBooked', { room: booked }));
  const deferred = await eventually('the guest is deferred', async () => {
    const found = await invitationOf(booked, 'guest');
    return found?.delivery_state.state === 'deferred' && found;
  });
  expect(deferred.delivery_state).toMatchObject({ code: '451' });
  expect(JSON.stringify(deferred.delivery_state)).not.toMatch(/@/);
  await settled(booked, 'sent');

  const copies = sink.mails.filter((mail) => mail.to.includes(who.guest));
  expect(copies.map((mail) => mail.accepted)).toEqual([false, false, false, true]);
  expect(new Set(copies.map((mail) => mail.raw.toString())).size).toBe(1);
  expect((await letterTo(booked, 'guest'))?.attempts).toBe(4);
  expect((await outbox(booked)).map((each) => each.name)).toEqual(['LetterSent', 'LetterSent']);
});

it('waits for a relay that refuses connections, is degraded meanwhile, and sends when it is back', async () => {
  const port = Number(new URL(url).port);
  const made = start();
  const [smtp] = healthChecks({ db: fresh.db, mailer: made.mailer });
  expect(await smtp?.check()).toEqual({ status: 'ok' });
  await sink.close();
  const who = people();
  const booked = await roomFor(who);
  await made.handle(event('RoomBooked', { room: booked }));
  await eventually('both were tried without success', async () =>
    (await letters(booked)).every((row) => row.attempts > 0 && row.last_error?.startsWith('E')),
  );
  expect(await smtp?.check()).toMatchObject({ status: 'degraded' });

  sink = new SmtpSink({ port });
  await sink.start();
  await settled(booked, 'sent');
  expect(await smtp?.check()).toEqual({ status: 'ok' });
  expect([sink.to(who.host).length, sink.to(who.guest).length]).toEqual([1, 1]);
});

it('is not ready before a relay has greeted it; beside other apps it is degraded', async () => {
  const port = Number(new URL(url).port);
  await sink.close();
  const { mailer } = start();
  const [smtp] = healthChecks({ db: fresh.db, mailer });
  const [beside] = healthChecks({ db: fresh.db, mailer, beside: true });
  expect(await smtp?.check()).toEqual({ status: 'down', detail: { lastFault: 'ESOCKET' } });
  expect(await beside?.check()).toEqual({ status: 'degraded', detail: { lastFault: 'ESOCKET' } });

  sink = new SmtpSink({ port });
  await sink.start();
  expect(await smtp?.check()).toEqual({ status: 'ok' });
});

it('fails at once on 5xx, reports it, and does not affect the other letter', async () => {
  const who = people();
  const booked = await roomFor(who);
  sink.always((to) =>
    to === who.guest ? { kind: 'refuse', code: 550, at: 'RCPT', text: `5.1.1 <${who.guest}> unknown` } : undefined,
  );
  await start().handle(event('RoomBooked', { room: booked }));
  await eventually('the guest has failed', async () => (await letterTo(booked, 'guest'))?.state === 'failed');
  await eventually('the host has it', () => sink.to(who.host).length === 1);

  await eventually('both outcomes are published', async () => (await outbox(booked)).length === 2);
  const failure = (await outbox(booked)).find((each) => each.name === 'LetterFailed');
  expect(failure?.data).toMatchObject({ role: 'guest', method: 'REQUEST', sequence: 0, reason: 'refused' });
  expect(JSON.stringify(failure)).not.toMatch(/@(?!central\.example)/);
  const invitation = await invitationOf(booked, 'guest');
  expect(invitation).toMatchObject({ last_method_sent: null, delivery_state: { state: 'failed', code: '550' } });
  expect(invitation?.delivery_state.detail).not.toContain('@');
  expect(sink.attempts.filter((to) => to === who.guest)).toHaveLength(1);
});

it('repeats the same mail where the relay took the bytes and disconnected before its reply', async () => {
  const who = people();
  const booked = await roomFor(who);
  let drops = 0;
  sink.always((to) => (to === who.host && drops++ < 1 ? { kind: 'drop', at: 'DATA' } : undefined));
  await start().handle(event('RoomBooked', { room: booked }));
  await settled(booked, 'sent');
  const copies = sink.mails.filter((mail) => mail.to.includes(who.host));
  expect(copies.map((mail) => mail.accepted)).toEqual([false, true]);
  expect(copies[0]?.raw.equals(copies[1]?.raw ?? Buffer.alloc(0))).toBe(true);
});

it('treats refused credentials as a fault of the relay: no letter fails, health shows it, and all are sent after the fix', async () => {
  await sink.close();
  sink = new SmtpSink({ auth: { user: 'app', pass: 'right' } });
  const open = new URL(await sink.start());
  const who = people();
  const booked = await roomFor(who);
  const wrong = start({}, `smtp://app:wrong@${open.host}`);
  await wrong.handle(event('RoomBooked', { room: booked }));
  await eventually('both are deferred', async () =>
    (await letters(booked)).every((row) => row.last_error?.startsWith('535')),
  );
  expect((await letters(booked)).map((row) => row.state)).not.toContain('failed');
  expect(wrong.mailer.state()).toEqual({ failing: true, code: '535' });
  await wrong.stop();

  start({}, `smtp://app:right@${open.host}`);
  await settled(booked, 'sent');
});

it("stops a letter that holds the other party's address: blocked, published, dead-lettered, never sent", async () => {
  const who = people();
  const planted = Buffer.from(`call me: ${who.guest}!`).toString('base64');
  const booked = await roomFor(who, { title: `Practice ${planted}` });
  await start().handle(event('RoomBooked', { room: booked }));
  await eventually("the host's letter is blocked", async () => (await letterTo(booked, 'host'))?.state === 'blocked');
  await eventually('the guest has the letter', () => sink.to(who.guest).length === 1);
  expect(sink.to(who.host)).toEqual([]);
  await eventually('both outcomes are published', async () => (await outbox(booked)).length === 2);
  expect((await outbox(booked)).find((each) => each.name === 'LetterFailed')?.data).toMatchObject({
    role: 'host',
    reason: 'privacy-gate',
  });
  const dead = await fresh.db.query<{ reason: string; envelope: unknown }>(
    `select * from dead_letters where envelope -> 'data' ->> 'roomId' = $1`,
    [booked.roomId],
  );
  expect(dead).toHaveLength(1);
  expect(dead[0]?.reason).toBe('privacy-gate');
  expect(JSON.stringify(dead)).not.toContain(who.guest);
  expect(await invitationOf(booked, 'host')).toMatchObject({
    last_method_sent: null,
    delivery_state: { state: 'failed', code: 'privacy-gate' },
  });
});

it('returns the letters at a relay that does not respond when it is stopped, and another sender sends them', async () => {
  const who = people();
  const booked = await roomFor(who);
  sink.always(() => ({ kind: 'stall' }));
  const first = start({ graceMs: 300 });
  await first.handle(event('RoomBooked', { room: booked }));
  await eventually('both letters are at the relay', () => sink.mails.length === 2);
  await first.stop();
  expect((await letters(booked)).map((row) => [row.state, row.attempts])).toEqual([
    ['due', 1],
    ['due', 1],
  ]);

  sink.always(() => undefined);
  start();
  await settled(booked, 'sent');
  expect(new Set(sink.mails.map((mail) => mail.raw.toString())).size).toBe(2);
});

it('finishes what is at the relay before it stops', async () => {
  const who = people();
  const booked = await roomFor(who);
  sink.always(() => ({ kind: 'stall' }));
  const made = start({ graceMs: 5_000 });
  await made.handle(event('RoomBooked', { room: booked }));
  await eventually('both letters are at the relay', () => sink.mails.length === 2);
  const stopped = made.stop();
  sink.release();
  await stopped;
  expect((await letters(booked)).map((row) => row.state)).toEqual(['sent', 'sent']);
});

it('fails a letter whose link can no longer be signed, without trying the relay', async () => {
  const who = people();
  const booked = await roomFor(who, {
    invitations: [
      invitation('host', { email: who.host, rescheduleLink: { ...link('propose'), keyId: 'deadbeef' } }),
      invitation('guest', { email: who.guest }),
    ],
  });
  await start().handle(event('RoomBooked', { room: booked }));
  await eventually("the host's letter has failed", async () => (await letterTo(booked, 'host'))?.state === 'failed');
  await eventually('the guest has the letter', () => sink.to(who.guest).length === 1);
  expect(sink.attempts).not.toContain(who.host);
});
