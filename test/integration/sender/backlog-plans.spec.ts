// Query cost on a long backlog with outdated statistics: they are of a time when nothing waited, as autovacuum leaves
// them.
// Counted in rows that Postgres reads for each row that is asked for; times would depend on the machine.
import type { RoomSnapshot } from '#contracts';
import { PgOutbox, appendEvents } from '#persistence';
import { lockUnread } from '../../../apps/imip-ingestor/src/inbox/outcome';
import { leaseLetters, returnLetters, renewLeases } from '../../../apps/notification-sender/src/ledger/lease-letters';
import type { LeasedLetter } from '../../../apps/notification-sender/src/ledger/leased-letter';
import { recordSent, type SentLetter } from '../../../apps/notification-sender/src/ledger/record-outcome';
import { lettersFor } from '../../../apps/notification-sender/src/letters/letters';
import { writeLetters } from '../../../apps/notification-sender/src/ledger/write-letters';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { rowsLookedAt } from '../../support/rows-looked-at';
import { event, room } from '../../support/sender-events';

const waiting = 3_000;
const asked = 16;
/**
 * With everything that belongs to it: older letters of the person, the invitation, the lock, one read of each of some
 * indexes.
 */
const mostForOne = 20;
const organizer = 'scheduling@organizer.test';
let fresh: FreshDatabase;

const addLetters = (state: 'due' | 'sent', count: number) =>
  fresh.db.query(
    `insert into letters (id, uid, sequence, attendee_email, method, kind, room_id, invitation_id, role, content,
      state, attempts, due_at, message_id, correlation_id, event_id)
     select gen_random_uuid(), gen_random_uuid(), 0, 'guest@guests.test', 'REQUEST', 'invite', gen_random_uuid(),
       gen_random_uuid(), 'guest', '{"roomSequence":0}',
            $1, case when $1 = 'sent' then 1 else 0 end, now() - n * interval '1 millisecond', gen_random_uuid(), 'c',
              gen_random_uuid()
       from generate_series(1, $2::int) as n`,
    [state, count],
  );

const addMails = (state: 'stored' | 'read', count: number) =>
  fresh.db.query(
    `insert into imip_messages (id, raw_pointer, way_in, size_bytes, sha256, state)
     select gen_random_uuid(), 'raw_mails/x', 'webhook', 1, 'x', $1 from generate_series(1, $2::int)`,
    [state, count],
  );

/** Runs `work` until its statements have their final plans; resolves with the most rows read for each row asked for. */
async function rowsReadPerRow(table: string, work: () => Promise<unknown>): Promise<number> {
  let most = 0;
  for (let time = 1; time <= 8; time += 1) {
    most = Math.max(most, await rowsLookedAt(fresh.db, table, work));
  }
  return most / asked;
}

beforeAll(async () => {
  // One connection, so that its prepared statements are the measured ones.
  fresh = await freshDatabase({ poolSize: 1 });
  await addLetters('sent', waiting);
  await addMails('read', waiting);
  for (const table of ['letters', 'imip_messages', 'outbox', 'invitations']) await fresh.db.query(`analyze ${table}`);
  await addLetters('due', waiting);
  await addMails('stored', waiting);
  await fresh.db.transaction(async (tx) =>
    appendEvents(
      tx,
      'test',
      Array.from({ length: waiting }, () => booked()),
    ),
  );
});
afterAll(() => fresh.drop());

const booked = () => event('RoomBooked', { room: room() });

const sentOf = (letter: LeasedLetter): SentLetter => ({
  letter,
  outcome: { result: 'sent', code: '250', detail: '250 2.0.0 Ok: queued', sha256: 'a'.repeat(64) },
});

async function addInvitations(rooms: RoomSnapshot[]): Promise<void> {
  const rows = rooms.flatMap(({ roomId, uid, invitations }) =>
    invitations.map(({ invitationId, role, email, name, timeZone }) => ({
      ...{ id: invitationId, room_id: roomId, uid, attendee_role: role, attendee_email: email },
      ...{ person_key: email, attendee_name: name, time_zone: timeZone },
    })),
  );
  await fresh.db.query(
    `insert into practice_rooms (id, ics_uid) select distinct room_id, uid
       from jsonb_to_recordset($1::jsonb) as t(room_id uuid, uid text)`,
    [JSON.stringify(rows)],
  );
  const columns = 'id, room_id, uid, attendee_role, attendee_email, person_key, attendee_name, time_zone';
  await fresh.db.query(
    `insert into invitations (${columns})
     select ${columns} from jsonb_populate_recordset(null::invitations, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** All updates so far, and those whose new version is in the page of the old one. */
async function updatesOfInvitations(): Promise<{ all: number; inPage: number }> {
  await fresh.db.query('select pg_stat_force_next_flush()');
  const [row] = await fresh.db.query<{ upd: string; hot: string }>(
    `select n_tup_upd as upd, n_tup_hot_upd as hot from pg_stat_user_tables where relname = 'invitations'`,
  );
  return { all: Number(row?.upd), inPage: Number(row?.hot) };
}
const idsIn = async (table: string, state: string): Promise<string[]> =>
  (
    await fresh.db.query<{ id: string }>(
      `select id from ${table} where state = $1 order by id
      limit ${asked}`,
      [state],
    )
  ).map(({ id }) => id);

describe('a letter', () => {
  const lease = () => leaseLetters(fresh.db, 'owner', asked);

  it('is leased in its turn without a scan of the backlog', async () => {
    expect(await rowsReadPerRow('letters', lease)).toBeLessThan(mostForOne);
  });

  it('is renewed, returned and recorded without a scan of the backlog', async () => {
    const leased = await lease();
    const ids = leased.map(({ facts }) => facts.letterId);
    expect(leased).toHaveLength(asked);
    expect(await rowsReadPerRow('letters', () => renewLeases(fresh.db, 'owner', ids))).toBeLessThan(mostForOne);
    expect(await rowsReadPerRow('letters', () => returnLetters(fresh.db, 'owner', ids, true))).toBeLessThan(mostForOne);
    const sent = leased.map(sentOf);
    expect(await rowsReadPerRow('letters', () => recordSent(fresh.db, sent))).toBeLessThan(mostForOne);
  });

  const write = (causes: ReturnType<typeof booked>[]) =>
    fresh.db.transaction((tx) =>
      writeLetters(
        tx,
        causes.map((cause) => ({
          letters: lettersFor(cause, { room: null }),
          eventId: cause.id,
          correlationId: cause.correlationId,
          revive: false,
        })),
        organizer,
        { leaseFor: { owner: 'owner', most: causes.length * 2 } },
      ),
    );

  it('is inserted without a scan of the backlog', async () => {
    const writeSome = () => write(Array.from({ length: asked / 2 }, booked));
    expect(await rowsReadPerRow('letters', writeSome)).toBeLessThan(mostForOne);
  });

  it('is recorded without index entries for most invitations', async () => {
    const causes = Array.from({ length: 40 }, booked);
    await addInvitations(causes.map(({ data }) => data.room));
    const leased = await write(causes);
    expect(leased).toHaveLength(80);
    const before = await updatesOfInvitations();
    await recordSent(fresh.db, leased.map(sentOf));
    const after = await updatesOfInvitations();
    expect(after.all - before.all).toBe(80);
    // In full pages it would be two of them.
    expect(after.inPage - before.inPage).toBeGreaterThan(56);
  });
});

describe('a mail', () => {
  it('is recorded without a scan of the backlog', async () => {
    const ids = await idsIn('imip_messages', 'stored');
    expect(await rowsReadPerRow('imip_messages', () => fresh.db.transaction((tx) => lockUnread(tx, ids)))).toBeLessThan(
      mostForOne,
    );
  });
});

describe('an event', () => {
  it('is leased with one scan of the backlog, and settled without one', async () => {
    const outbox = new PgOutbox(fresh.db, ['test']);
    const taken: string[] = [];
    const take = async () => void taken.push(...(await outbox.lease(asked)).map(({ position }) => position));
    // They go out in their order; once the statistics know of them, an index gives that.
    expect(await rowsReadPerRow('outbox', take)).toBeLessThan((waiting / asked) * 1.1);
    expect(taken).toHaveLength(asked * 8);
    const settle = () => outbox.settle(taken.splice(0, asked).map((position) => ({ position, outcome: 'sent' })));
    expect(await rowsReadPerRow('outbox', settle)).toBeLessThan(mostForOne);
  });
});
