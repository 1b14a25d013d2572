// Two relays that share the letters, on a real Postgres: each attendee's letters stay in order, a letter with an unknown
// outcome is repeated as it was, and a relay that goes away loses nothing.
import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import type { RoomSnapshot } from '#contracts';
import { healthChecks } from '../../../apps/notification-sender/src/health';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type RunningSender, sender, storeRoom } from '../../support/sender';
import { event, invitation, room } from '../../support/sender-events';
import { SmtpSink, type SunkMail } from '../../support/smtp-sink';

let fresh: FreshDatabase;
let sinks: [SmtpSink, SmtpSink];
let url: string;
const running: RunningSender[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  sinks = [new SmtpSink(), new SmtpSink()];
  url = `${await sinks[0].start()},${await sinks[1].start()}?share=1`;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  await Promise.all(sinks.map((sink) => sink.close()));
});

const start = (): RunningSender => {
  const made = sender(fresh.db, url, { start: true });
  running.push(made);
  return made;
};

const rooms = (count: number): Promise<RoomSnapshot[]> =>
  Promise.all(
    Array.from({ length: count }, () => {
      const tag = randomUUID().slice(0, 8);
      return storeRoom(
        fresh.db,
        room({
          invitations: [
            invitation('host', { email: `host-${tag}@host-side.example` }),
            invitation('guest', { email: `guest-${tag}@guest-side.example` }),
          ],
        }),
      );
    }),
  );
const booked = (of: RoomSnapshot) => event('RoomBooked', { room: of });
const rescheduled = (of: RoomSnapshot, sequence: number) =>
  event('RoomRescheduled', {
    room: { ...of, sequence },
    proposalId: randomUUID(),
    previousStartUtc: of.startUtc,
    previousEndUtc: of.endUtc,
  });
const emails = (all: RoomSnapshot[]): string[] =>
  all.flatMap(({ invitations }) => invitations.map(({ email }) => email));
const taken = (email: string): SunkMail[][] => sinks.map((sink) => sink.to(email));
const allSent = (all: RoomSnapshot[], letters: number): Promise<unknown> =>
  eventually(
    'every letter is sent',
    async () => {
      const [row] = await fresh.db.query<{ sent: string; all: string }>(
        `select count(*) filter (where state = 'sent') as sent, count(*) as all from letters where room_id = any($1)`,
        [all.map(({ roomId }) => roomId)],
      );
      return Number(row?.all) === letters && Number(row?.sent) === letters;
    },
    { timeoutMs: 30_000 },
  );
const sequenceOf = async ({ raw }: SunkMail): Promise<number> => {
  const { attachments } = await simpleParser(raw);
  return Number(/^SEQUENCE:(\d+)/m.exec(attachments[0]?.content.toString() ?? '')?.[1]);
};

it("an attendee's letters of a room all go to one relay, in their order, from any of two senders", async () => {
  const all = await rooms(12);
  const senders = [start(), start()];
  await Promise.all(all.map(async (each, at) => senders[at % 2]?.handle(booked(each))));
  await allSent(all, 24);
  for (const sequence of [1, 2]) {
    await Promise.all(all.map(async (each, at) => senders[(at + sequence) % 2]?.handle(rescheduled(each, sequence))));
    await allSent(all, 24 * (sequence + 1));
  }
  const of = new Set<number>();
  for (const email of emails(all)) {
    const [first = [], second = []] = taken(email);
    expect([email, Math.min(first.length, second.length), first.length + second.length]).toEqual([email, 0, 3]);
    of.add(first.length > 0 ? 0 : 1);
    expect(await Promise.all([...first, ...second].map(sequenceOf))).toEqual([0, 1, 2]);
  }
  // 24 attendees by chance all at one relay: once in 8 million.
  expect(of.size).toBe(2);
});

it('a letter that a relay took without a word is repeated with the same bytes, and is reported once', async () => {
  const all = await rooms(4);
  const lost = new Set<string>();
  for (const sink of sinks)
    sink.always((to) => (lost.has(to) ? undefined : (lost.add(to), { kind: 'drop', at: 'ANSWER' })));
  const made = start();
  for (const each of all) await made.handle(booked(each));
  await allSent(all, 8);
  for (const email of emails(all)) {
    const copies = taken(email).flat();
    expect([email, copies.length]).toEqual([email, 2]);
    expect(copies[0]?.raw.equals(copies[1]?.raw ?? Buffer.alloc(0))).toBe(true);
  }
  const counted = await fresh.db.query<{ count: string }>(
    `select count(*) from outbox where envelope ->> 'name' = 'LetterSent' and envelope -> 'data' ->> 'roomId' = any($1)`,
    [all.map(({ roomId }) => roomId)],
  );
  expect(Number(counted[0]?.count)).toBe(8);
});

it('a relay that ends while letters leave is named by health; the other has every letter that it had not taken, once', async () => {
  const all = await rooms(12);
  const made = start();
  const [smtp] = healthChecks({ db: fresh.db, mailer: made.mailer });
  expect(await smtp?.check()).toEqual({ status: 'ok' });
  await Promise.all(all.slice(0, 6).map((each) => made.handle(booked(each))));
  await allSent(all.slice(0, 6), 12);
  const before = sinks[0].mails.length;
  await sinks[0].close();
  await Promise.all(all.slice(6).map((each) => made.handle(booked(each))));
  await allSent(all, 24);
  expect([sinks[0].mails.length, sinks[0].mails.length + sinks[1].mails.length]).toEqual([before, 24]);
  expect(await smtp?.check()).toEqual({
    status: 'ok',
    detail: { relaysAway: [new URL(url.split(',')[0] ?? '').host] },
  });
});
