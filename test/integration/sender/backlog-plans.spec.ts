// What a long backlog costs where the planner knows nothing of it: its statistics are of a time when nothing waited,
// as autovacuum leaves them.
// Counted in rows that Postgres looks at for each row that is asked for; times would tell about the machine.
import { PgOutbox, appendEvents } from '#persistence';
import { lockUnread } from '../../../apps/imip-ingestor/src/inbox/outcome';
import { leaseLetters, returnLetters, renewLeases } from '../../../apps/notification-sender/src/ledger/lease-letters';
import { recordSent } from '../../../apps/notification-sender/src/ledger/record-outcome';
import { lettersFor } from '../../../apps/notification-sender/src/letters/letters';
import { writeLetters } from '../../../apps/notification-sender/src/ledger/write-letters';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { rowsLookedAt } from '../../support/rows-looked-at';
import { event, room } from '../../support/sender-events';

const waiting = 3_000;
const asked = 16;
/**
 * With everything that hangs on it: older letters of the person, the invitation, the lock, a look at each of some
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

/**
 * Runs `work` until its statements have the plans that stay; resolves with the most rows that were looked at for each
 * of those asked for.
 */
async function looksForOne(table: string, work: () => Promise<unknown>): Promise<number> {
  let most = 0;
  for (let time = 1; time <= 8; time += 1) {
    most = Math.max(most, await rowsLookedAt(fresh.db, table, work));
  }
  return most / asked;
}

beforeAll(async () => {
  // One connection: whose prepared statements are measured, and whose count is told.
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
const idsIn = async (table: string, state: string): Promise<string[]> =>
  (
    await fresh.db.query<{ id: string }>(
      `select id from ${table} where state = $1 order by id
      limit ${asked}`,
      [state],
    )
  ).map(({ id }) => id);

describe('a letter', () => {
  const claim = () => leaseLetters(fresh.db, 'owner', asked);

  it('is claimed in its turn without a look at all that wait', async () => {
    expect(await looksForOne('letters', claim)).toBeLessThan(mostForOne);
  });

  it('is kept, given back and told about without a look at all that wait', async () => {
    const held = await claim();
    const ids = held.map(({ facts }) => facts.letterId);
    expect(held).toHaveLength(asked);
    expect(await looksForOne('letters', () => renewLeases(fresh.db, 'owner', ids))).toBeLessThan(mostForOne);
    expect(await looksForOne('letters', () => returnLetters(fresh.db, 'owner', ids, true))).toBeLessThan(mostForOne);
    const sent = held.map((letter) => ({
      letter,
      outcome: { result: 'sent' as const, code: '250', detail: null, sha256: null },
    }));
    expect(await looksForOne('letters', () => recordSent(fresh.db, sent))).toBeLessThan(mostForOne);
  });

  it('is written down without a look at all that wait', async () => {
    const write = () =>
      fresh.db.transaction((tx) =>
        writeLetters(
          tx,
          Array.from({ length: asked / 2 }, () => {
            const cause = booked();
            return {
              letters: lettersFor(cause, { room: null }),
              eventId: cause.id,
              correlationId: cause.correlationId,
              revive: false,
            };
          }),
          organizer,
          { leaseFor: { owner: 'owner', most: asked } },
        ),
      );
    expect(await looksForOne('letters', write)).toBeLessThan(mostForOne);
  });
});

describe('a mail', () => {
  it('is taken for good without a look at all that wait', async () => {
    const ids = await idsIn('imip_messages', 'stored');
    expect(await looksForOne('imip_messages', () => fresh.db.transaction((tx) => lockUnread(tx, ids)))).toBeLessThan(
      mostForOne,
    );
  });
});

describe('an event', () => {
  it('is taken with one look at those that wait, and settled without', async () => {
    const outbox = new PgOutbox(fresh.db, ['test']);
    const taken: string[] = [];
    const take = async () => void taken.push(...(await outbox.lease(asked)).map(({ position }) => position));
    // They go out in their order; once the statistics know of them, an index gives that.
    expect(await looksForOne('outbox', take)).toBeLessThan((waiting / asked) * 1.1);
    expect(taken).toHaveLength(asked * 8);
    const settle = () => outbox.settle(taken.splice(0, asked).map((position) => ({ position, outcome: 'sent' })));
    expect(await looksForOne('outbox', settle)).toBeLessThan(mostForOne);
  });
});
