// The ledger's guarantees on a real Postgres, with several senders: no letter twice, none out of order, none lost in a
// crash.
import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import type { RoomSnapshot } from '#contracts';
import { leaseLetters, returnLetters, renewLeases } from '../../../apps/notification-sender/src/ledger/lease-letters';
import { recordSent } from '../../../apps/notification-sender/src/ledger/record-outcome';
import { writeLetters } from '../../../apps/notification-sender/src/ledger/write-letters';
import { lettersFor } from '../../../apps/notification-sender/src/letters/letters';
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
  // A test before may have left letters that wait on purpose.
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

const newRoom = (changes: Partial<RoomSnapshot> = {}): RoomSnapshot => {
  const tag = randomUUID().slice(0, 8);
  return room({
    invitations: [
      invitation('host', { email: `host-${tag}@host-side.example` }),
      invitation('guest', { email: `guest-${tag}@guest-side.example` }),
    ],
    ...changes,
  });
};
const emailOf = (of: RoomSnapshot, role: string): string =>
  of.invitations.find((each) => each.role === role)?.email ?? '';
const booked = (of: RoomSnapshot) => event('RoomBooked', { room: of });
const rescheduled = (of: RoomSnapshot, sequence: number) =>
  event('RoomRescheduled', {
    room: { ...of, sequence },
    proposalId: randomUUID(),
    previousStartUtc: of.startUtc,
    previousEndUtc: of.endUtc,
  });
const cancelled = (of: RoomSnapshot, sequence: number) =>
  event('RoomCancelled', { room: { ...of, sequence, status: 'cancelled' }, cause: 'deleted', by: null, reason: null });

interface Row {
  id: string;
  role: string;
  method: string;
  sequence: number;
  state: string;
  attempts: number;
  dtstamp: Date;
  message_id: string;
  occasion: string;
}
const letters = (of: RoomSnapshot) =>
  fresh.db.query<Row>('select * from letters where room_id = $1 order by position', [of.roomId]);
const shown = async (of: RoomSnapshot, role = 'guest') =>
  (await letters(of)).filter((row) => row.role === role).map((row) => `${row.method} ${row.sequence} ${row.state}`);
const done = (of: RoomSnapshot) =>
  eventually('no letter waits', async () =>
    (await letters(of)).every((row) => !['due', 'sending'].includes(row.state)),
  );
/** What one person got, as `METHOD sequence`, in the order it came. */
const inbox = (email: string): string[] =>
  sink.to(email).map(({ raw }) => {
    const calendar = Buffer.from(
      /method=\w+\r\nContent-Transfer-Encoding: base64\r\n\r\n([\s\S]*?)\r\n--/.exec(raw.toString())?.[1] ?? '',
      'base64',
    ).toString();
    return `${/METHOD:(\w+)/.exec(calendar)?.[1]} ${/SEQUENCE:(\d+)/.exec(calendar)?.[1]}`;
  });

describe('one letter, once', () => {
  it('writes no second row for an event that comes twice, not even at the same time', async () => {
    const made = make();
    const of = newRoom();
    const one = booked(of);
    await Promise.all([made.handle(one), made.handle(one), make().handle(one)]);
    await made.handle(booked(of));
    expect(await shown(of)).toEqual(['REQUEST 0 due']);
  });

  it('is sent once by three senders that lease from the same ledger, in order, however the relay behaves', async () => {
    const rooms = Array.from({ length: 25 }, () => newRoom());
    const moods = new Map<string, number>();
    sink.always((to) => {
      const mood = (moods.get(to) ?? 0) + 1;
      moods.set(to, mood);
      return mood % 3 === 1 && to.startsWith('guest') ? { kind: 'refuse', code: 421, at: 'RCPT' } : undefined;
    });
    const senders = [make({ start: true }), make({ start: true }), make({ start: true })];
    const tell = async (events: Parameters<RunningSender['handle']>[0][]) => {
      await Promise.all(
        senders.map((each, at) => each.handle(...events.filter((_event, place) => place % senders.length === at))),
      );
    };
    await tell(rooms.map(booked));
    await tell(rooms.map((of) => rescheduled(of, 1)));
    await tell(rooms.map((of) => rescheduled(of, 2)));
    await tell(rooms.map((of) => cancelled(of, 3)));
    for (const of of rooms) await done(of);

    for (const of of rooms) {
      for (const role of ['host', 'guest']) {
        const rows = (await letters(of)).filter((row) => row.role === role);
        const got = inbox(emailOf(of, role));
        expect(got).toEqual(rows.filter((row) => row.state === 'sent').map((row) => `${row.method} ${row.sequence}`));
        // Superseded ones may be missing; what came, came in the order of the sequence, and the CANCEL last if
        // anything did.
        expect([...got].sort((a, b) => a.slice(-1).localeCompare(b.slice(-1)))).toEqual(got);
        if (rows.some((row) => row.method === 'REQUEST' && row.attempts > 0)) expect(got.at(-1)).toBe('CANCEL 3');
        else expect(got).toEqual([]);
      }
    }
    const ids = await Promise.all(
      sink.mails.filter((mail) => mail.accepted).map(async (mail) => (await simpleParser(mail.raw)).messageId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a newer letter', () => {
  it('supersedes an unsent REQUEST: only the update leaves', async () => {
    const made = make();
    const of = newRoom();
    await made.handle(booked(of), rescheduled(of, 1));
    expect(await shown(of)).toEqual(['REQUEST 0 superseded', 'REQUEST 1 due']);
    made.dispatcher.start();
    await done(of);
    expect(inbox(emailOf(of, 'guest'))).toEqual(['REQUEST 1']);
  });

  it('supersedes an older letter that is inserted late', async () => {
    const of = newRoom();
    await make().handle(rescheduled(of, 1), booked(of));
    expect(await shown(of)).toEqual(['REQUEST 1 due', 'REQUEST 0 superseded']);
  });

  it('causes no CANCEL where no REQUEST was ever tried, in either order of the events', async () => {
    const of = newRoom();
    await make().handle(booked(of), cancelled(of, 1));
    expect(await shown(of)).toEqual(['REQUEST 0 superseded', 'CANCEL 1 superseded']);
    const late = newRoom();
    await make().handle(cancelled(late, 1), booked(late));
    expect(await shown(late)).toEqual(['CANCEL 1 superseded', 'REQUEST 0 superseded']);
  });

  it('causes a CANCEL where a REQUEST was tried without success: it may have arrived', async () => {
    const made = make({ start: true });
    const of = newRoom();
    sink.always((to) =>
      to === emailOf(of, 'guest') && inbox(emailOf(of, 'host')).length < 2 ? { kind: 'drop', at: 'DATA' } : undefined,
    );
    await made.handle(booked(of));
    await eventually('the REQUEST was tried', async () =>
      (await letters(of)).some((row) => row.role === 'guest' && row.attempts > 0),
    );
    await made.handle(cancelled(of, 1));
    await done(of);
    expect(await shown(of)).toEqual(['REQUEST 0 superseded', 'CANCEL 1 sent']);
    expect(inbox(emailOf(of, 'guest'))).toEqual(['CANCEL 1']);
  });

  it('waits for the REQUEST that is at the relay', async () => {
    const made = make({ start: true });
    const of = newRoom();
    sink.next({ kind: 'stall' }, { kind: 'stall' });
    await made.handle(booked(of));
    await eventually('both are at the relay', () => sink.mails.length === 2);
    await made.handle(cancelled(of, 1));
    const other = newRoom();
    await made.handle(booked(other));
    await done(other);
    expect(sink.attempts.filter((to) => to === emailOf(of, 'guest'))).toHaveLength(1);
    sink.release();
    await done(of);
    expect(inbox(emailOf(of, 'guest'))).toEqual(['REQUEST 0', 'CANCEL 1']);
  });

  it('is not delayed by plain mails, and a repeat of the same state does not supersede those', async () => {
    const made = make();
    const of = await storeRoom(fresh.db, newRoom({ sequence: 4 }));
    const stale = proposal({ proposedBy: 'guest', source: 'counter', counterSequence: 2 });
    const guest = of.invitations[1]?.invitationId ?? '';
    await made.handle(
      event('ProposalDeclined', { room: of, proposal: stale, by: null, why: 'stale-sequence' }),
      event('ResendRequested', {
        roomId: of.roomId,
        invitationId: guest,
        role: 'guest',
        occasion: randomUUID(),
        why: 'stale-reply',
        link: link('propose'),
      }),
    );
    expect(await shown(of)).toEqual(['DECLINECOUNTER 2 due', 'REQUEST 4 due']);
    made.dispatcher.start();
    await done(of);
    expect(inbox(emailOf(of, 'guest'))).toEqual(['DECLINECOUNTER 2', 'REQUEST 4']);
  });

  it('supersedes an unsent question about a time that is no longer asked for', async () => {
    const of = newRoom();
    const asked = proposal({ proposedBy: 'host' });
    const created = event('ProposalCreated', {
      room: of,
      proposal: asked,
      approveLink: link('approve'),
      declineLink: link('decline'),
      replaced: null,
    });
    await make().handle(created, rescheduled(of, 1));
    expect(await shown(of)).toEqual(['none 0 superseded', 'REQUEST 1 due']);
  });

  it.each([
    ['a title', ['title' as const], 'due'],
    ['a title and a place', ['title' as const, 'location' as const], 'superseded'],
  ])('that changes %s leaves an unsent question about an open proposal %s', async (_, changed, state) => {
    const of = newRoom();
    const asked = proposal({ proposedBy: 'host' });
    const links = { approveLink: link('approve'), declineLink: link('decline') };
    const created = event('ProposalCreated', { room: of, proposal: asked, ...links, replaced: null });
    const updated = event('RoomUpdated', {
      room: { ...of, sequence: 1, title: 'Another title' },
      changed,
      previous: { title: of.title, location: null, videoUrl: null, externalId: null },
      closed: [],
    });
    const made = make();
    await made.handle(booked(of), created, updated);
    expect(await shown(of)).toEqual(['REQUEST 0 superseded', `none 0 ${state}`, 'REQUEST 1 due']);
    made.dispatcher.start();
    await done(of);
    expect(inbox(emailOf(of, 'guest'))).toEqual([...(state === 'due' ? ['undefined undefined'] : []), 'REQUEST 1']);
  });
});

describe('a lease', () => {
  it('that outlives its process is taken over by another sender as the same mail', async () => {
    const of = newRoom();
    const made = make();
    await made.handle(booked(of));
    const first = await leaseLetters(fresh.db, 'a process that dies', 10);
    expect(first).toHaveLength(2);
    expect(await leaseLetters(fresh.db, 'another', 10)).toEqual([]);
    expect(
      await renewLeases(
        fresh.db,
        'another',
        first.map((each) => each.facts.letterId),
      ),
    ).toEqual([]);

    await fresh.db.query(`update letters set lease_until = now() - interval '1 second' where room_id = $1`, [
      of.roomId,
    ]);
    const second = await leaseLetters(fresh.db, 'another', 10);
    expect(second.map((each) => each.facts)).toEqual(expect.arrayContaining(first.map((each) => each.facts)));
    expect(second.map((each) => each.attempts)).toEqual([2, 2]);
  });

  it('of a letter that was superseded while its process was dead is dropped', async () => {
    const of = newRoom();
    const made = make();
    await made.handle(booked(of));
    await leaseLetters(fresh.db, 'a process that dies', 10);
    await made.handle(rescheduled(of, 1));
    expect(await shown(of)).toEqual(['REQUEST 0 sending', 'REQUEST 1 due']);
    await fresh.db.query(
      `update letters set lease_until = now() - interval '1 second' where room_id = $1 and state = 'sending'`,
      [of.roomId],
    );
    made.dispatcher.start();
    await done(of);
    expect(await shown(of)).toEqual(['REQUEST 0 superseded', 'REQUEST 1 sent']);
  });

  it('gives every letter to a person a later DTSTAMP than the one before, within the same second too', async () => {
    const made = make({ start: true });
    const of = newRoom();
    for (const next of [booked(of), rescheduled(of, 1), rescheduled(of, 2), cancelled(of, 3)]) {
      await made.handle(next);
      await done(of);
    }
    const stamps = (await letters(of)).filter((row) => row.role === 'host').map((row) => row.dtstamp.getTime());
    expect(stamps).toHaveLength(4);
    for (const [at, stamp] of stamps.entries())
      if (at > 0) expect(stamp - (stamps[at - 1] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it('threads every later letter below the first invite', async () => {
    const made = make({ start: true });
    const of = newRoom();
    for (const next of [booked(of), rescheduled(of, 1)]) {
      await made.handle(next);
      await done(of);
    }
    const [first, second] = await Promise.all(sink.to(emailOf(of, 'host')).map((mail) => simpleParser(mail.raw)));
    expect(first?.inReplyTo).toBeUndefined();
    expect(first?.references).toBe(first?.messageId);
    expect(second?.inReplyTo).toBe(first?.messageId);
    expect(second?.references).toEqual([first?.messageId, second?.messageId]);
  });
});

describe('a letter that is inserted', () => {
  type RoomsEvent = Parameters<typeof lettersFor>[0];
  const write = (what: RoomsEvent, places: number, owner = 'writer') =>
    fresh.db.transaction((tx) => {
      const owed = { letters: lettersFor(what, { room: null }), eventId: what.id, correlationId: 'c', revive: false };
      return writeLetters(tx, [owed], 'scheduling@central.example', { leaseFor: { owner, most: places } });
    });
  const sent = (taken: Awaited<ReturnType<typeof write>>) =>
    recordSent(
      fresh.db,
      taken.map((letter) => ({
        letter,
        outcome: { result: 'sent' as const, code: '250', detail: null, sha256: null },
      })),
    );

  it('is leased by the process that inserts it, with all that a lease fixes', async () => {
    const of = newRoom();
    const taken = await write(booked(of), 10);
    expect(
      taken.map(({ attempts, putOff, ageMs, facts }) => ({ attempts, putOff, ageMs, first: facts.firstMessageId })),
    ).toEqual(Array.from({ length: 2 }, () => ({ attempts: 1, putOff: 0, ageMs: 0, first: null })));
    expect(await leaseLetters(fresh.db, 'another', 10)).toEqual([]);
    await fresh.db.query(`update letters set lease_until = now() - interval '1 second' where room_id = $1`, [
      of.roomId,
    ]);
    const again = await leaseLetters(fresh.db, 'another', 10);
    expect(again.map(({ facts }) => facts)).toEqual(expect.arrayContaining(taken.map(({ facts }) => facts)));
    expect(again.map(({ attempts }) => attempts)).toEqual([2, 2]);
  });

  it('continues the thread, with a later DTSTAMP, within the same second too', async () => {
    const of = newRoom();
    const first = await write(booked(of), 10);
    await sent(first);
    const second = await write(rescheduled(of, 1), 10);
    expect(second).toHaveLength(2);
    for (const { role, facts } of second) {
      const before = first.find((each) => each.role === role)?.facts;
      expect(facts.firstMessageId).toBe(before?.messageId);
      expect(facts.dtstamp.getTime()).toBeGreaterThanOrEqual((before?.dtstamp.getTime() ?? Number.NaN) + 1_000);
    }
  });

  it('is not leased behind an older one, without a free worker, and where it may not be needed at all', async () => {
    const of = newRoom();
    const taken = await write(booked(of), 1);
    expect(taken.map(({ role }) => role)).toEqual(['host']);
    expect(await shown(of, 'guest')).toEqual(['REQUEST 0 due']);
    // The host's invite is being sent, the guest's is superseded by the same statement.
    expect(await write(rescheduled(of, 1), 10)).toEqual([]);
    expect(await shown(of, 'host')).toEqual(['REQUEST 0 sending', 'REQUEST 1 due']);
    expect(await shown(of, 'guest')).toEqual(['REQUEST 0 superseded', 'REQUEST 1 due']);
    await sent(taken);
    expect(await write(cancelled(of, 2), 10)).toEqual([]);
    expect(await shown(of, 'host')).toEqual(['REQUEST 0 sent', 'REQUEST 1 superseded', 'CANCEL 2 due']);
    expect(await shown(of, 'guest')).toEqual(['REQUEST 0 superseded', 'REQUEST 1 superseded', 'CANCEL 2 superseded']);
    expect(await write(booked(of), 10)).toEqual([]);
  });

  it('needs no CANCEL where it is returned untried, also after that was inserted', async () => {
    const of = newRoom();
    const taken = await write(booked(of), 10);
    await write(cancelled(of, 1), 10);
    expect(await shown(of)).toEqual(['REQUEST 0 sending', 'CANCEL 1 due']);
    await returnLetters(
      fresh.db,
      'writer',
      taken.map(({ facts }) => facts.letterId),
      true,
    );
    make({ start: true });
    await done(of);
    expect(await shown(of)).toEqual(['REQUEST 0 superseded', 'CANCEL 1 superseded']);
    expect(inbox(emailOf(of, 'guest'))).toEqual([]);
  });

  it('is inserted as superseded where a newer one was inserted first', async () => {
    const of = newRoom();
    await write(rescheduled(of, 1), 10);
    expect(await write(booked(of), 10)).toEqual([]);
    expect(await shown(of)).toEqual(['REQUEST 1 sending', 'REQUEST 0 superseded']);
  });
});

describe('a letter that is asked for again', () => {
  it('is a REQUEST of the same sequence with the present answer, under a Message-ID of its own', async () => {
    const made = make({ start: true });
    const of = await storeRoom(fresh.db, newRoom());
    await made.handle(booked(of));
    await done(of);
    await fresh.db.query(
      `update invitations set last_partstat = 'accepted' where room_id = $1 and attendee_role = 'guest'`,
      [of.roomId],
    );
    const guest = of.invitations[1]?.invitationId ?? '';
    await made.handle(
      event('ResendRequested', {
        roomId: of.roomId,
        invitationId: guest,
        role: 'guest',
        occasion: randomUUID(),
        why: 'refresh',
        link: link('propose'),
      }),
    );
    await done(of);
    expect(inbox(emailOf(of, 'guest'))).toEqual(['REQUEST 0', 'REQUEST 0']);
    const [, repeat] = sink.to(emailOf(of, 'guest'));
    const calendar = (await simpleParser(repeat?.raw ?? '')).attachments[0]?.content.toString() ?? '';
    expect(calendar.replaceAll('\r\n ', '')).toContain('PARTSTAT=ACCEPTED');
    expect(new Set((await letters(of)).map((row) => row.message_id)).size).toBe(3);
  });

  it('by the platform is not a second mail, but a new attempt for one that failed', async () => {
    const made = make({ start: true });
    const of = await storeRoom(fresh.db, newRoom());
    sink.always((to) => (to === emailOf(of, 'guest') ? { kind: 'refuse', code: 554, at: 'DATA' } : undefined));
    await made.handle(booked(of));
    await done(of);
    expect(await shown(of)).toEqual(['REQUEST 0 failed']);
    sink.always(() => undefined);
    const again = (role: 'host' | 'guest') => {
      const invitationId = of.invitations.find((each) => each.role === role)?.invitationId ?? '';
      return event('ResendRequested', {
        roomId: of.roomId,
        invitationId,
        role,
        occasion: '',
        why: 'platform',
        link: link('propose'),
      });
    };
    await made.handle(again('host'), again('guest'));
    await eventually('the guest has it', async () => (await shown(of))[0] === 'REQUEST 0 sent');
    expect([inbox(emailOf(of, 'host')), inbox(emailOf(of, 'guest'))]).toEqual([['REQUEST 0'], ['REQUEST 0']]);
  });

  it('as a link is mailed plainly to the address it is bound to', async () => {
    const made = make({ start: true });
    const of = await storeRoom(fresh.db, newRoom());
    const host = of.invitations[0]?.invitationId ?? '';
    await made.handle(
      event('FreshLinkRequested', {
        roomId: of.roomId,
        invitationId: host,
        role: 'host',
        occasion: randomUUID(),
        link: link('propose'),
      }),
    );
    await done(of);
    const [mail, ...more] = await Promise.all(sink.mails.map((each) => simpleParser(each.raw)));
    expect(more).toEqual([]);
    expect(mail?.text).toMatch(/^https:\/\/meet\.central\.example\/reschedule\?r=[\w.-]{66}$/m);
    expect(mail?.attachments).toEqual([]);
  });
});

it('writes nothing where the transaction of the event fails', async () => {
  const of = newRoom();
  const owed = {
    letters: lettersFor(booked(of), { room: null }),
    eventId: randomUUID(),
    correlationId: 'c',
    revive: false,
  };
  const failing = fresh.db.transaction(async (tx) => {
    await writeLetters(tx, [owed], 'scheduling@central.example');
    throw new Error('later in the transaction');
  });
  await expect(failing).rejects.toThrow('later in the transaction');
  expect(await letters(of)).toEqual([]);
});
