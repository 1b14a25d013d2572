// Which letters a stuck letter, an outage of the relay and one of the database delay, and for how long: on a real
// ledger and a real SMTP server.
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RoomSnapshot } from '#contracts';
import { Database } from '#persistence';
import { migrate } from '#persistence/migrate';
import { bringForward, leaseLetters, renewLeases } from '../../../apps/notification-sender/src/ledger/lease-letters';
import { recordOutcome } from '../../../apps/notification-sender/src/ledger/record-outcome';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../../apps/standalone/src/embedded-postgres';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type RunningSender, sender, storeRoom } from '../../support/sender';
import { event, invitation, link, proposal, room } from '../../support/sender-events';
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
  await fresh.db.query(`update letters set state = 'superseded' where state in ('due', 'sending')`);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  await sink.close();
});

const make = (options: Parameters<typeof sender>[2] = {}): RunningSender => {
  const made = sender(fresh.db, url, options);
  running.push(made);
  return made;
};
const newRoom = async (db = fresh.db): Promise<RoomSnapshot> => {
  const tag = randomUUID().slice(0, 8);
  return storeRoom(
    db,
    room({
      invitations: [
        invitation('host', { email: `host-${tag}@host-side.example` }),
        invitation('guest', { email: `guest-${tag}@guest-side.example` }),
      ],
    }),
  );
};
const emailOf = (of: RoomSnapshot, role: string): string =>
  of.invitations.find((each) => each.role === role)?.email ?? '';
const guestOf = (of: RoomSnapshot): string => of.invitations[1]?.invitationId ?? '';
const booked = (of: RoomSnapshot) => event('RoomBooked', { room: of });
const refreshed = (of: RoomSnapshot) =>
  event('ResendRequested', {
    roomId: of.roomId,
    invitationId: guestOf(of),
    role: 'guest',
    occasion: randomUUID(),
    why: 'refresh',
    link: link('propose'),
  });
const asked = (of: RoomSnapshot) =>
  event('ProposalCreated', {
    room: of,
    proposal: proposal({ proposedBy: 'host' }),
    approveLink: link('approve'),
    declineLink: link('decline'),
    replaced: null,
  });
const shown = async (of: RoomSnapshot) =>
  (
    await fresh.db.query<{ shown: string }>(
      `select method || ' ' || state as shown from letters where room_id = $1 and role = 'guest' order by position`,
      [of.roomId],
    )
  ).map((row) => row.shown);
/** As if the oldest letter to the guest had been stuck for so long; due again only tomorrow. */
const stuckFor = (of: RoomSnapshot, minutes: number) =>
  fresh.db.query(
    `update letters set state = 'due', attempts = 1, lease_owner = null, lease_until = null,
      claimed_at = now() - $2 * interval '1 minute', dtstamp = now() - $2 * interval '1 minute',
            due_at = now() + interval '1 day' where id = (select id from letters where room_id = $1 and role = 'guest'
              order by position limit 1)`,
    [of.roomId, minutes],
  );

/** As if this process had stood still for so long just now; the returned function takes it back. */
function freeze(ms: number): () => void {
  const now = performance.now.bind(performance);
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + ms);
  return () => clock.mockRestore();
}

describe('a letter that is stuck', () => {
  it('delays the later ones to its attendee for a quarter of an hour, and those of nobody else', async () => {
    const [held, other] = [await newRoom(), await newRoom()];
    const made = make();
    await made.handle(asked(held), refreshed(held), booked(other));
    await stuckFor(held, 14);
    made.dispatcher.start();
    await eventually(
      'the other room is served',
      () => sink.to(emailOf(other, 'guest')).length === 1 && sink.to(emailOf(other, 'host')).length === 1,
    );
    expect(await shown(held)).toEqual(['none due', 'REQUEST due']);
    await stuckFor(held, 16);
    made.dispatcher.wake();
    await eventually('the REQUEST passes it', async () => (await shown(held)).join() === 'none due,REQUEST sent');
  });

  it('never lets one calendar letter of the same time overtake another', async () => {
    const held = await newRoom();
    const made = make();
    await made.handle(booked(held));
    // A CANCEL of the same sequence can only be a repeat; the ledger takes it, the order must hold by itself.
    await fresh.db.query(
      `insert into letters (id, uid, sequence, attendee_email, method, occasion, kind, room_id, invitation_id, role,
        content, message_id, correlation_id, event_id)
       select gen_random_uuid(), uid, sequence, attendee_email, 'CANCEL', 'again', 'cancel', room_id, invitation_id,
         role, content, '<again@x>', 'x', event_id from letters where room_id = $1 and role = 'guest'`,
      [held.roomId],
    );
    await stuckFor(held, 10_000);
    expect((await leaseLetters(fresh.db, 'somebody', 10)).map(({ role, method }) => `${role} ${method}`)).toEqual([
      'host REQUEST',
    ]);
  });

  it('that is sent after a plain mail overtook it is still what the invitation shows', async () => {
    const held = await newRoom();
    const made = make();
    await made.handle(booked(held), asked(held));
    await stuckFor(held, 16);
    made.dispatcher.start();
    await eventually(
      'the question passes the invitation',
      async () => (await shown(held)).join() === 'REQUEST due,none sent',
    );
    await fresh.db.query(`update letters set due_at = now() where room_id = $1`, [held.roomId]);
    made.dispatcher.wake();
    await eventually('the invitation leaves', async () => (await shown(held)).join() === 'REQUEST sent,none sent');
    const [row] = await fresh.db.query<{ last_method_sent: string; delivery_state: { state: string } }>(
      'select last_method_sent, delivery_state from invitations where id = $1',
      [guestOf(held)],
    );
    expect([row?.last_method_sent, row?.delivery_state.state]).toEqual(['request', 'sent']);
  });
});

describe('a relay that was away', () => {
  const waits = async (of: RoomSnapshot): Promise<Record<string, number>> =>
    Object.fromEntries(
      (
        await fresh.db.query<{ role: string; seconds: string }>(
          'select role, extract(epoch from due_at - now()) as seconds from letters where room_id = $1',
          [of.roomId],
        )
      ).map(({ role, seconds }) => [role, Number(seconds)]),
    );

  it('gets the waiting letters within the spread once it takes a mail; letters that it deferred itself keep their wait', async () => {
    const [waiting, putOff, next] = [await newRoom(), await newRoom(), await newRoom()];
    const made = make();
    await made.handle(booked(waiting), booked(putOff));
    await fresh.db.query(
      `update letters set attempts = 9, claimed_at = now(), due_at = now() + interval '1 hour',
        last_error = 'ESOCKET: refused' where room_id = $1`,
      [waiting.roomId],
    );
    await fresh.db.query(
      `update letters set attempts = 9, claimed_at = now(), due_at = now() + interval '1 hour',
        last_error = '451: later' where room_id = $1`,
      [putOff.roomId],
    );
    await sink.close();
    made.dispatcher.start();
    await made.handle(booked(next));
    await eventually('the outage is noticed', () => made.mailer.state().failing);
    sink = new SmtpSink({ port: Number(new URL(url).port) });
    await sink.start();
    await eventually('the new letters leave', () => sink.mails.length >= 2);
    await eventually('the letters that waited are due within half a minute', async () =>
      Object.values(await waits(waiting)).every((seconds) => seconds <= 30),
    );
    expect(Object.values(await waits(putOff)).every((seconds) => seconds > 3_000)).toBe(true);
    expect(await bringForward(fresh.db, 0)).toBeLessThanOrEqual(2);
  });

  it('does not count against a letter that the relay defers later', async () => {
    const of = await newRoom();
    const made = make({ settings: { SMTP_RETRY_BASE_MS: 10_000 } });
    await made.handle(booked(of));
    await fresh.db.query(
      `update letters set attempts = 30, claimed_at = now(), last_error = 'ESOCKET: refused' where room_id = $1`,
      [of.roomId],
    );
    sink.always(() => ({ kind: 'refuse', code: 451, at: 'DATA' }));
    made.dispatcher.start();
    const putOff = () =>
      fresh.db.query<{ times: number; seconds: number }>(
        `select put_off as times, extract(epoch from due_at - now())::float8 as seconds from letters
          where room_id = $1 and put_off > 0`,
        [of.roomId],
      );
    const rows = await eventually('both are deferred', async () => {
      const found = await putOff();
      return found.length === 2 && found;
    });
    // Thirty attempts of one class would be an hour of wait.
    for (const { times, seconds } of rows) expect(seconds).toBeLessThanOrEqual(10 * 2 ** (times - 1));
  });
});

describe('a process that was frozen for longer than its lease', () => {
  it('may finish the send that it had begun, with the same bytes, and begins no other of its letters', async () => {
    const [of, next] = [await newRoom(), await newRoom()];
    const [frozen, other] = [make({ settings: { SMTP_POOL_SIZE: 1 } }), make()];
    await frozen.handle(booked(of));
    sink.next({ kind: 'stall' });
    frozen.dispatcher.start();
    await eventually(
      'it holds both, one of them at the relay',
      async () => sink.waiting === 1 && (await shown(of)).join() === 'REQUEST sending',
    );
    const wakeUp = freeze(60_000);
    try {
      await fresh.db.query(`update letters set lease_until = now() - interval '1 second' where room_id = $1`, [
        of.roomId,
      ]);
      other.dispatcher.start();
      const copies = () => sink.mails.filter(({ accepted }) => accepted);
      await eventually('another sender has sent both', () => copies().length === 2);
      sink.release();
      await other.stop();
      await frozen.handle(booked(next));
      await eventually(
        'the frozen one continues with new letters',
        () => sink.to(emailOf(next, 'host')).length + sink.to(emailOf(next, 'guest')).length === 2,
      );
      const [stalled] = sink.mails;
      expect(copies().filter(({ raw }) => stalled?.raw.equals(raw))).toHaveLength(2);
      expect(copies()).toHaveLength(5);
      expect(
        await fresh.db.query(
          `select from outbox where envelope ->> 'name' = 'LetterSent' and envelope -> 'data' ->> 'roomId' = $1`,
          [of.roomId],
        ),
      ).toHaveLength(2);
    } finally {
      wakeUp();
    }
  });
});

describe('a Postgres that was away for longer than a lease', () => {
  it('and has failed over: a sender that has missed it leaves expired leases to their owner first', async () => {
    const of = await newRoom();
    const [holder, other] = [make(), make()];
    sink.always(() => ({ kind: 'stall' }));
    await holder.handle(booked(of));
    holder.dispatcher.start();
    await eventually('both letters are at the relay', () => sink.waiting === 2);
    other.dispatcher.start();
    await other.handle(booked(await newRoom()));
    await eventually('the other sender works', () => sink.waiting === 4);
    const owners = () => fresh.db.query(`select id, lease_owner from letters where state = 'sending' order by id`);
    const before = await owners();
    // Nobody had an answer of the database for a minute; no server was started meanwhile.
    const wakeUp = freeze(60_000);
    try {
      await fresh.db.query(`update letters set lease_until = now() - interval '1 second' where state = 'sending'`);
      other.dispatcher.wake();
      holder.dispatcher.wake();
      await eventually('the owners have renewed', async () => {
        const rows = await fresh.db.query(`select from letters where state = 'sending' and lease_until < now()`);
        return rows.length === 0;
      });
      expect(await owners()).toEqual(before);
    } finally {
      wakeUp();
    }
  });

  it('lets live senders renew or record their letters before another leases them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hybrid-postgres-'));
    chmodSync(folder, 0o755);
    const postgres = await startEmbeddedPostgres({ folder, database: 'leases', durable: false });
    await migrate(postgres.url, 'example.test');
    const db = new Database({ url: postgres.url, applicationName: 'test' });
    try {
      const of = await newRoom(db);
      const made = sender(db, url);
      await made.handle(booked(of));
      const leased = await leaseLetters(db, 'alive', 10);
      // Just started, with leases that ran out while it was away.
      await db.query(`update letters set lease_until = pg_postmaster_start_time() - interval '5 seconds'`);
      expect(await leaseLetters(db, 'another', 10)).toEqual([]);
      const [recorded, kept] = leased;
      if (!recorded || !kept) throw new Error('two letters were to be leased');
      expect(
        await recordOutcome(db, 'alive', recorded, { result: 'sent', code: '250', detail: null, sha256: null }),
      ).toBe(true);
      expect(await renewLeases(db, 'alive', [kept.facts.letterId])).toEqual([kept.facts.letterId]);
      await db.query(
        `update letters set lease_until = pg_postmaster_start_time() - interval '5 seconds' where state = 'sending'`,
      );
      const [taken] = await eventually(
        'letters that are not renewed are leased after the time of a lease',
        async () => {
          const rows = await leaseLetters(db, 'another', 10);
          return rows.length > 0 && rows;
        },
        { timeoutMs: 40_000, everyMs: 200 },
      );
      expect(taken?.facts).toEqual(kept.facts);
    } finally {
      await db.close();
      await postgres.stop();
      await removeEmbeddedPostgres(folder);
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
