import { createHash, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { openEnvelope } from '#contracts';
import { Database } from '#persistence';
import { hashTag } from '#tokens';
import { Ingest } from '../../../apps/imip-ingestor/src/inbox/ingest';
import { IMipIngestor } from '../../../apps/imip-ingestor/src/inbox/imip-ingestor';
import { inThisThread } from '../../../apps/imip-ingestor/src/inbox/read-whole';
import { MailReader, type ReaderOptions } from '../../../apps/imip-ingestor/src/inbox/reader';
import {
  type Action,
  type Client,
  type Invitation,
  replyAs,
  type SendingFacts,
} from '../../../apps/standalone/src/simulator/reply-as';
import { freshDatabase, type FreshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';

const secrets = { current: 'a-secret-of-at-least-thirty-two-characters' };
const organizer = 'scheduling@meet.example';
const logger = pino({ level: 'silent' });
const trust = { organizer, authservId: null, mode: 'lenient' } as const;

let fresh: FreshDatabase;
let ingest: Ingest;
const readers: MailReader[] = [];

beforeAll(async () => {
  fresh = await freshDatabase({ organizerDomain: 'meet.example' });
  ingest = new Ingest(fresh.db, secrets);
});
afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.stop()));
});
afterAll(() => fresh.drop());

function startReader(
  options: Partial<ReaderOptions> = {},
  database: Database = fresh.db,
  ingestor = new IMipIngestor(trust, inThisThread),
): MailReader {
  const reader = new MailReader(database, ingestor, { secrets, logger, ...options });
  readers.push(reader);
  reader.start();
  return reader;
}

interface BookedRoom {
  roomId: string;
  uid: string;
  invitation: Invitation;
  guestId: string;
}

/** A booked room as scheduling-api leaves it, and the invitation that its guest has. */
async function bookedRoom(): Promise<BookedRoom> {
  const roomId = randomUUID();
  const uid = `${roomId}@meet.example`;
  const guestId = randomUUID();
  const start = new Date('2026-12-10T10:00:00Z');
  const end = new Date('2026-12-10T11:00:00Z');
  await fresh.db.query('insert into practice_rooms (id, ics_uid, start_utc, end_utc) values ($1, $2, $3, $4)', [
    roomId,
    uid,
    start,
    end,
  ]);
  await fresh.db.query(
    `insert into invitations (id, room_id, uid, attendee_email, attendee_role, person_key)
     values ($1, $3, $4, 'hanna@host.example', 'host', 'hanna@host.example'), ($2, $3, $4, 'gil@guest.example',
       'guest', 'gil@guest.example')`,
    [randomUUID(), guestId, roomId, uid],
  );
  const invitation = {
    uid,
    sequence: 0,
    organizer: { email: organizer, name: 'Meet' },
    attendee: { email: 'gil@guest.example', name: 'Gil Guest' },
    start,
    end,
    raw: { summary: 'Practice Session', description: null, location: null, created: '20261120T120000Z' },
    subject: 'Practice Session — Invitation',
    messageId: null,
  };
  return { roomId, uid, invitation, guestId };
}

const answer = (client: Client, room: BookedRoom, action: Action, how: Partial<SendingFacts> = {}): Buffer =>
  replyAs(client, room.invitation, action, { now: new Date('2026-11-23T08:15:00Z'), id: randomUUID(), ...how }).raw;

const store = (raw: Buffer): Promise<string> =>
  ingest.store(raw, { wayIn: 'webhook', envelopeFrom: null, envelopeTo: organizer });

interface Outcome {
  state: string;
  kind: string | null;
  verdict: string | null;
  why: string | null;
  room_id: string | null;
  role: string | null;
  partstat: string | null;
  attempts: number;
}

const outcomeOf = async (id: string): Promise<Outcome | undefined> =>
  (
    await fresh.db.query<Outcome>(
      'select state, kind, verdict, why, room_id, role, partstat, attempts from imip_messages where id = $1',
      [id],
    )
  )[0];

/** The outcome once the mail was read or quarantined. */
const readOutcome = (id: string): Promise<Outcome> =>
  eventually('the mail is read', async () => {
    const outcome = await outcomeOf(id);
    return outcome !== undefined && outcome.state !== 'stored' && outcome;
  });

const eventsOf = async (roomId: string) =>
  (
    await fresh.db.query<{ app: string; envelope: unknown }>(
      `select app, envelope from outbox where envelope -> 'data' ->> 'roomId' = $1 order by position`,
      [roomId],
    )
  ).map(({ app, envelope }) => ({ app, ...openEnvelope(envelope) }));

describe('storing', () => {
  it('keeps the bytes sealed: neither address nor title can be found in the table', async () => {
    const room = await bookedRoom();
    const raw = answer('google', room, { kind: 'accept' });
    const id = await store(raw);
    const [row] = await fresh.db.query<{ sealed: Buffer; sha256: string; size_bytes: number; raw_pointer: string }>(
      'select sealed, sha256, size_bytes, raw_pointer from raw_mails join imip_messages using (id) where id = $1',
      [id],
    );
    expect(row).toMatchObject({
      sha256: createHash('sha256').update(raw).digest('hex'),
      size_bytes: raw.length,
      raw_pointer: `raw_mails/${id}`,
    });
    for (const word of ['gil@guest.example', 'Practice Session', 'VCALENDAR', room.uid])
      expect(row?.sealed.includes(word)).toBe(false);
  });

  it('stores nothing when it fails half-way', async () => {
    await fresh.db.query(`alter table imip_messages add constraint ck_no_pigeons check (way_in <> 'pigeon')`);
    const count = async () =>
      (await fresh.db.query<{ mails: string }>('select count(*) as mails from raw_mails'))[0]?.mails;
    const before = await count();
    await expect(
      ingest.store(Buffer.from('x'), { wayIn: 'pigeon', envelopeFrom: null, envelopeTo: null }),
    ).rejects.toThrow('ck_no_pigeons');
    expect(await count()).toBe(before);
  });
});

describe('reading', () => {
  it.each(['google', 'google-notification', 'outlook', 'apple', 'thunderbird'] as const)(
    'turns an answer of %s into one event for scheduling-api',
    async (client) => {
      const room = await bookedRoom();
      startReader();
      const id = await store(answer(client, room, { kind: 'decline' }));
      expect(await readOutcome(id)).toMatchObject({
        state: 'read',
        kind: 'reply',
        verdict: 'event',
        room_id: room.roomId,
        role: 'guest',
        partstat: 'declined',
      });
      const [event, ...more] = await eventsOf(room.roomId);
      expect(more).toEqual([]);
      expect(event).toMatchObject({
        app: 'imip-ingestor',
        name: 'ReplyReceived',
        correlationId: id,
        causationId: id,
        data: {
          mailId: id,
          invitationId: room.guestId,
          role: 'guest',
          partstat: 'declined',
          sequence: 0,
          dtstamp: '2026-11-23T08:15:00.000Z',
        },
      });
      const audit = await fresh.db.query(
        'select kind, role, method, verdict, raw_pointer, sha256 is not null as hashed from audit where room_id = $1',
        [room.roomId],
      );
      expect(audit).toEqual([
        {
          kind: 'mail',
          role: 'guest',
          method: 'REPLY',
          verdict: 'event',
          raw_pointer: `raw_mails/${id}`,
          hashed: true,
        },
      ]);
    },
  );

  it('changes no room, invitation or proposal itself', async () => {
    const room = await bookedRoom();
    startReader();
    await readOutcome(await store(answer('outlook', room, { kind: 'decline' })));
    const [row] = await fresh.db.query(
      'select status, last_partstat from practice_rooms r join invitations i on i.room_id = r.id and i.id = $1',
      [room.guestId],
    );
    expect(row).toEqual({ status: 'scheduled', last_partstat: 'needs-action' });
  });

  it.each<[string, (room: BookedRoom) => Buffer, Partial<Outcome>]>([
    [
      'a third party',
      (room) => answer('google', room, { kind: 'decline' }, { from: 'eve@evil.example', attendee: 'eve@evil.example' }),
      { verdict: 'ignored', why: 'unknown-attendee: neither ATTENDEE nor the sender is a party of this room' },
    ],
    [
      'one party in the other’s name',
      (room) => answer('outlook', room, { kind: 'decline' }, { attendee: 'hanna@host.example' }),
      {
        verdict: 'held',
        why: 'attendee-mismatch: ATTENDEE is another address than the one that was invited',
        role: 'guest',
      },
    ],
    [
      'an unknown UID',
      (room) =>
        answer(
          'apple',
          { ...room, invitation: { ...room.invitation, uid: 'nobody@meet.example' } },
          { kind: 'decline' },
        ),
      { verdict: 'ignored', why: 'unknown-uid: no room has this UID', room_id: null },
    ],
    [
      'a broken calendar',
      (room) =>
        Buffer.from(
          `From: gil@guest.example\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n` +
            `METHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:${room.uid}\r\n`,
        ),
      { verdict: 'ignored', kind: 'ignored', why: 'unreadable-calendar: broken' },
    ],
    [
      'a stranger’s words',
      () => Buffer.from('From: eve@evil.example\r\n\r\ncan we do 3pm?'),
      { verdict: 'ignored', kind: 'text' },
    ],
    ['no mail at all', () => Buffer.from('\0\0\0'), { verdict: 'ignored', kind: 'ignored' }],
    [
      'a UID no database can hold',
      (room) =>
        Buffer.from(
          `From: gil@guest.example\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n` +
            `METHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:a\0\ud800${room.uid}\r\nSEQUENCE:999999999\r\nATTENDEE;` +
            `PARTSTAT=ACCEPTED:mailto:gil@guest.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
        ),
      { verdict: 'ignored', why: 'unknown-uid: no room has this UID' },
    ],
  ])('records %s with the reason and without effect', async (_what, make, wanted) => {
    const room = await bookedRoom();
    startReader();
    expect(await readOutcome(await store(make(room)))).toMatchObject({ state: 'read', ...wanted });
    expect((await eventsOf(room.roomId)).filter(({ name }) => name !== 'ReplyHeld')).toEqual([]);
  });

  it('takes the same mail only once', async () => {
    const room = await bookedRoom();
    startReader();
    const raw = answer('google', room, { kind: 'accept' });
    const outcomes = await Promise.all((await Promise.all([store(raw), store(raw), store(raw)])).map(readOutcome));
    expect(outcomes.map((outcome) => outcome.verdict).sort()).toEqual(['event', 'ignored', 'ignored']);
    expect(outcomes.find((outcome) => outcome.verdict === 'ignored')?.why).toBe(
      'duplicate: this reply was read before',
    );
    expect(await eventsOf(room.roomId)).toHaveLength(1);
  });

  it('names the same answer under another Message-ID by the same key, and another answer by another', async () => {
    const room = await bookedRoom();
    startReader();
    for (const [client, kind] of [
      ['google', 'accept'],
      ['outlook', 'accept'],
      ['outlook', 'decline'],
    ] as const)
      await readOutcome(await store(answer(client, room, { kind })));
    const keys = (await eventsOf(room.roomId)).map(({ data }) => ('contentKey' in data ? data.contentKey : undefined));
    expect([keys[0], keys[2]]).toEqual([keys[1], expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('orders an answer that copies the DTSTAMP of our letter by its Date', async () => {
    const room = await bookedRoom();
    await fresh.db.query(
      `insert into letters (id, uid, sequence, attendee_email, method, kind, room_id, invitation_id, role, content,
        message_id, dtstamp, correlation_id, event_id)
       values ($1, $2, 0, 'gil@guest.example', 'REQUEST', 'invite', $3, $4, 'guest', '{}', '<x@meet.example>',
         '2026-11-23T08:00:00.250Z', 'c', $1)`,
      [randomUUID(), room.uid, room.roomId, room.guestId],
    );
    startReader();
    const raw = answer('google', room, { kind: 'accept' }).toString('latin1');
    const copied = raw
      .replace(/^DTSTAMP:.*$/m, 'DTSTAMP:20261123T080000Z')
      .replace(/^Date:.*$/im, 'Date: Mon, 23 Nov 2026 08:07:00 +0000');
    await readOutcome(await store(Buffer.from(copied, 'latin1')));
    expect((await eventsOf(room.roomId))[0]?.data).toMatchObject({
      dtstamp: '2026-11-23T08:07:00.000Z',
      echoOf: '2026-11-23T08:00:00.000Z',
    });
  });

  it('takes a change of mind and back from a client that stamps nothing', async () => {
    const room = await bookedRoom();
    startReader();
    const say = async (kind: 'accept' | 'decline', minute: number) => {
      const raw = answer('google', room, { kind })
        .toString()
        .replace(/^DTSTAMP:.*\r\n/gm, '')
        .replace(/^Date:.*$/im, `Date: Mon, 23 Nov 2026 09:0${minute}:00 +0000`)
        .replace(/^Message-ID:.*$/im, `Message-ID: <m${minute}@guest.example>`);
      return (await readOutcome(await store(Buffer.from(raw)))).verdict;
    };
    expect([await say('accept', 1), await say('decline', 2), await say('accept', 3), await say('accept', 3)]).toEqual([
      'event',
      'event',
      'event',
      'ignored',
    ]);
  });

  it('takes another answer under the same Message-ID, and a change of mind', async () => {
    const room = await bookedRoom();
    startReader();
    await readOutcome(await store(answer('google', room, { kind: 'accept' }, { id: 'same' })));
    await readOutcome(await store(answer('google', room, { kind: 'decline' }, { id: 'same' })));
    await readOutcome(
      await store(answer('google', room, { kind: 'accept' }, { now: new Date('2026-11-23T09:00:00Z') })),
    );
    expect((await eventsOf(room.roomId)).map(({ data }) => 'partstat' in data && data.partstat)).toEqual([
      'accepted',
      'declined',
      'accepted',
    ]);
  });

  it('does not let a forgery take the key of the true reply', async () => {
    const room = await bookedRoom();
    startReader();
    expect(
      await readOutcome(await store(answer('google', room, { kind: 'decline' }, { from: 'eve@evil.example' }))),
    ).toMatchObject({ verdict: 'held' });
    expect(await readOutcome(await store(answer('google', room, { kind: 'decline' })))).toMatchObject({
      verdict: 'event',
    });
  });
});

describe('a reader in the process that stores', () => {
  it('gets mails directly after their commit, each once, however many come', async () => {
    const own = new Ingest(fresh.db, secrets);
    const reader = new MailReader(
      fresh.db,
      new IMipIngestor(trust, inThisThread),
      { secrets, logger, pollMs: 3_600_000 },
      own,
    );
    readers.push(reader);
    reader.start();
    await eventually('it knows that nothing waits', () => reader.freeSlots() > 0);
    const room = await bookedRoom();
    const taken = jest.spyOn(reader, 'readDirectly');
    const ids = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        own.store(answer('google', room, { kind: n === 0 ? 'accept' : 'tentative' }), {
          wayIn: 'webhook',
          envelopeFrom: null,
          envelopeTo: organizer,
        }),
      ),
    );
    expect(taken.mock.calls.length).toBeGreaterThanOrEqual(16);
    for (const id of ids) expect(await readOutcome(id)).toMatchObject({ state: 'read', kind: 'reply', attempts: 1 });
    // One after another has its place again.
    const before = taken.mock.calls.length;
    await eventually('it has places again', () => reader.freeSlots() > 0);
    const last = await own.store(
      answer('google', room, { kind: 'accept' }, { now: new Date('2026-11-23T09:00:00Z') }),
      { wayIn: 'webhook', envelopeFrom: null, envelopeTo: organizer },
    );
    expect(taken.mock.calls.length).toBe(before + 1);
    expect(await readOutcome(last)).toMatchObject({ state: 'read', verdict: 'event' });
  });

  it('reads mails that another process stored, and those that its own process left when it died', async () => {
    const own = new Ingest(fresh.db, secrets);
    own.reader = { freeSlots: () => 1, readDirectly: () => undefined, leaseSeconds: 1, maxBytes: 1_000_000 };
    const id = await own.store(answer('google', await bookedRoom(), { kind: 'accept' }), {
      wayIn: 'webhook',
      envelopeFrom: null,
      envelopeTo: organizer,
    });
    expect(await outcomeOf(id)).toMatchObject({ state: 'stored', attempts: 1 });
    startReader({ pollMs: 50 });
    expect(await readOutcome(id)).toMatchObject({ state: 'read', verdict: 'event', attempts: 2 });
  });
});

describe('mails of one batch', () => {
  it('are each judged by their own reply tag', async () => {
    const rooms = await Promise.all(Array.from({ length: 6 }, bookedRoom));
    const tagOf = (n: number): string => String.fromCharCode(97 + n).repeat(20);
    for (const [n, room] of rooms.entries())
      await fresh.db.query('update invitations set reply_tag_hash = $2 where id = $1', [
        room.guestId,
        hashTag(tagOf(n)),
      ]);
    // The last mail has the tag of another room's guest.
    const tags = [0, 1, 2, 3, 4, 0].map(tagOf);
    const ids = await Promise.all(
      rooms.map((room, n) =>
        ingest.store(answer('google', room, { kind: 'accept' }), {
          wayIn: 'webhook',
          envelopeFrom: null,
          envelopeTo: `scheduling+${tags[n]}@meet.example`,
        }),
      ),
    );
    startReader();
    const outcomes = await Promise.all(ids.map(readOutcome));
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['event', 'event', 'event', 'event', 'event', 'held']);
    expect(outcomes[5]?.why).toMatch(/^tag-mismatch: /);
  });
});

describe('several readers', () => {
  it('read each mail once between them', async () => {
    const rooms = await Promise.all(Array.from({ length: 40 }, bookedRoom));
    const others = [1, 2].map(() => new Database({ url: fresh.url, applicationName: 'another replica' }));
    try {
      const ids = await Promise.all(
        rooms.map((room, index) =>
          store(
            answer((['google', 'outlook', 'apple', 'thunderbird'] as const)[index % 4] ?? 'google', room, {
              kind: 'accept',
            }),
          ),
        ),
      );
      for (const database of [fresh.db, ...others]) startReader({}, database);
      const outcomes = await Promise.all(ids.map(readOutcome));
      expect(outcomes.every((outcome) => outcome.verdict === 'event' && outcome.attempts === 1)).toBe(true);
      for (const room of rooms) expect(await eventsOf(room.roomId)).toHaveLength(1);
    } finally {
      await Promise.all(readers.splice(0).map((reader) => reader.stop()));
      await Promise.all(others.map((database) => database.close()));
    }
  });

  it('take over the mails of a dead one, once its lease is over', async () => {
    const room = await bookedRoom();
    const id = await store(answer('google', room, { kind: 'accept' }));
    await fresh.db.query(
      `update imip_messages set attempts = 1, lease_until = now() + interval '700 milliseconds' where id = $1`,
      [id],
    );
    startReader({ pollMs: 50 });
    expect(await readOutcome(id)).toMatchObject({ verdict: 'event', attempts: 2 });
    expect(await eventsOf(room.roomId)).toHaveLength(1);
  });

  it('lease a mail whose reader died for no longer than the first did', async () => {
    const room = await bookedRoom();
    const id = await store(answer('google', room, { kind: 'accept' }));
    await fresh.db.query('update imip_messages set attempts = 1 where id = $1', [id]);
    const held = await fresh.db.transaction(async (tx) => {
      // Read as far as its verdict, which cannot be recorded.
      await tx.query('lock table audit in exclusive mode');
      startReader({ pollMs: 50 });
      const lease = `select extract(epoch from lease_until - clock_timestamp())::float8 as seconds from imip_messages
        where id = $1 and attempts = 2`;
      return eventually('it is leased', async () => (await fresh.db.query<{ seconds: number }>(lease, [id]))[0]);
    });
    expect(held.seconds).toBeGreaterThan(5);
    expect(held.seconds).toBeLessThanOrEqual(15);
    expect(await readOutcome(id)).toMatchObject({ verdict: 'event' });
  });

  it('do not read again what another finished after its own lease was over', async () => {
    const room = await bookedRoom();
    const id = await store(answer('google', room, { kind: 'accept' }));
    startReader({ leaseSeconds: 0, pollMs: 5 });
    startReader({ leaseSeconds: 0, pollMs: 5 });
    await readOutcome(id);
    await Promise.all(readers.splice(0).map((reader) => reader.stop()));
    expect(await eventsOf(room.roomId)).toHaveLength(1);
    expect(await fresh.db.query('select position from audit where raw_pointer = $1', [`raw_mails/${id}`])).toHaveLength(
      1,
    );
  });
});

describe('stopping and failing', () => {
  it('returns mails that were leased but not begun', async () => {
    // More than are read at a time.
    const rooms = await Promise.all(Array.from({ length: 30 }, bookedRoom));
    const ids = await Promise.all(rooms.map((room) => store(answer('google', room, { kind: 'accept' }))));
    // Stops while the first mail is being read, before the others of its batch are begun.
    const begun: { reader?: MailReader } = {};
    let stopped: Promise<void> | undefined;
    class StopsAtFirst extends IMipIngestor {
      override read(...mail: Parameters<IMipIngestor['read']>): ReturnType<IMipIngestor['read']> {
        stopped ??= begun.reader?.stop();
        return super.read(...mail);
      }
    }
    begun.reader = startReader({}, fresh.db, new StopsAtFirst(trust, inThisThread));
    await eventually('the reader was asked to stop', () => stopped !== undefined);
    await stopped;
    const waiting = await fresh.db.query(
      `select id from imip_messages where id = any($1::uuid[]) and state = $2 and lease_until <= clock_timestamp()
          and attempts = 0`,
      [ids, 'stored'],
    );
    const read = await fresh.db.query('select id from imip_messages where id = any($1::uuid[]) and state = $2', [
      ids,
      'read',
    ]);
    expect(read.length).toBeGreaterThan(0);
    expect(waiting.length).toBeGreaterThan(0);
    expect(read.length + waiting.length).toBe(30);
    startReader();
    expect((await Promise.all(ids.map(readOutcome))).every((outcome) => outcome.verdict === 'event')).toBe(true);
  });

  it('quarantines a mail that can never be read, while others are read', async () => {
    const room = await bookedRoom();
    const poison = await store(Buffer.from('Subject: poison\r\n\r\n'));
    await fresh.db.query(`update raw_mails set sealed = '\\x00' where id = $1`, [poison]);
    startReader({ pollMs: 20 });
    const fine = await store(answer('google', room, { kind: 'accept' }));
    expect(await readOutcome(fine)).toMatchObject({ verdict: 'event' });
    // Makes each wait end at once; the reader counts the attempts.
    const outcome = await eventually('the unreadable mail is quarantined', async () => {
      await fresh.db.query(
        `update imip_messages set lease_until = null where id = $1 and state = 'stored' and lease_until > now()
          and attempts < 5`,
        [poison],
      );
      const seen = await outcomeOf(poison);
      return seen?.state === 'quarantined' && seen;
    });
    expect(outcome).toMatchObject({ verdict: 'quarantined', attempts: 5 });
    expect(outcome.why).toMatch(/^unreadable: /);
  });

  it('quarantines a mail that ends its process each time', async () => {
    const id = await store(Buffer.from('Subject: crash\r\n\r\n'));
    await fresh.db.query(
      `update imip_messages set attempts = 5, lease_until = now() - interval '1 second' where id = $1`,
      [id],
    );
    startReader({ pollMs: 20 });
    expect(await readOutcome(id)).toMatchObject({
      state: 'quarantined',
      why: 'unreadable: no attempt to read it finished',
    });
  });
});
