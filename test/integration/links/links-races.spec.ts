// Decisions that meet each other: over two API replicas on one Postgres, a hundred rounds and more, state and
// announced mails agree every time.
// Real HTTP; events stay in the outbox, where each letter that would leave can be counted.
import { freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type Api, type ApiAnswer, type ApiBody, startApi } from '../../support/scheduling-api';
import {
  age,
  bookedRoom,
  eventsOf,
  hourAhead,
  press,
  proposal,
  type SentProposal,
  readProposal,
  readRoom,
  visit,
  words,
} from './links-fixtures';

let one: Api;
let two: Api;
beforeAll(async () => {
  one = await startApi();
  two = await startApi({}, one.database);
});
afterAll(async () => {
  await two.stop();
  await one.stop();
});

const either = (n: number): Api => (n % 2 === 0 ? one : two);
const rounds = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const asked = async (): Promise<{ room: ApiBody; made: SentProposal }> => {
  const room = await bookedRoom(one);
  return { room, made: await proposal(one, room, 'guest') };
};
const codes = (answers: ApiAnswer[]): number[] => [...new Set(answers.map((each) => each.status))].sort();
const afterBooking = async (roomId: string): Promise<string[]> => (await eventsOf(one, roomId)).slice(1);

it('twenty presses of approve and decline at once: one decision holds, whoever wanted the other sees it', async () => {
  const seen = new Set<string>();
  for (const round of rounds(24)) {
    const { room, made } = await asked();
    const wanted = rounds(20).map((n) => ((n + round) % 3 === 0 ? 'decline' : 'approve'));
    const answers = await Promise.all(
      wanted.map((decision, n) => press(either(n), `/${decision}`, { t: made[decision] })),
    );
    const { status } = await readProposal(one, made);
    seen.add(status);
    const won = status === 'approved' ? 'approve' : 'decline';
    expect(codes(answers.filter((_, n) => wanted[n] === won))).toEqual([200]);
    expect(codes(answers.filter((_, n) => wanted[n] !== won))).toEqual([409]);
    const heading = status === 'approved' ? 'The new time is agreed' : 'The new time was declined';
    for (const answer of answers) expect(words(answer.text)).toContain(heading);
    const after = await readRoom(one, room.roomId);
    expect([after.sequence, after['startUtc']]).toEqual(
      won === 'approve' ? [1, made.startUtc.toISOString()] : [0, room['startUtc']],
    );
    expect(await afterBooking(room.roomId)).toEqual([
      'ProposalCreated',
      ...(won === 'approve' ? ['ProposalApproved', 'RoomRescheduled'] : ['ProposalDeclined']),
    ]);
  }
  expect([...seen].sort()).toEqual(['approved', 'declined']);
}, 180_000);

it('two proposals approved at once: one moves the meeting, the other expires with it', async () => {
  for (const round of rounds(40)) {
    const room = await bookedRoom(one);
    const byGuest = await proposal(one, room, 'guest', hourAhead(6));
    const byHost = await proposal(one, room, 'host', hourAhead(7));
    const both = round % 2 === 0 ? [byGuest, byHost] : [byHost, byGuest];
    const answers = await Promise.all(both.map((made, n) => press(either(n), '/approve', { t: made.approve })));
    expect(answers.map((each) => each.status).sort()).toEqual([200, 409]);
    const winner = both[answers.findIndex((each) => each.status === 200)];
    const states = await Promise.all(both.map(async (made) => (await readProposal(one, made)).status));
    expect(states.sort()).toEqual(['approved', 'expired']);
    expect(await readRoom(one, room.roomId)).toMatchObject({ sequence: 1, startUtc: winner?.startUtc.toISOString() });
    expect((await afterBooking(room.roomId)).filter((each) => each !== 'ProposalCreated').sort()).toEqual([
      'ProposalApproved',
      'ProposalExpired',
      'RoomRescheduled',
    ]);
  }
}, 180_000);

it(
  'an approval while the room is deleted: the room ends cancelled for both, and the approval came before it or ' +
    'not at all',
  async () => {
    const outcomes = new Set<number>();
    for (const round of rounds(40)) {
      const { room, made } = await asked();
      const remove = () => two.post('/api/practice-room/delete', { roomId: room.roomId });
      const approve = () => press(one, '/approve', { t: made.approve });
      const [first, second] = await Promise.all(round % 2 === 0 ? [approve(), remove()] : [remove(), approve()]);
      const [approved, removed] = round % 2 === 0 ? [first, second] : [second, first];
      outcomes.add(approved.status);
      expect(removed.status).toBe(200);
      const came = approved.status === 200;
      if (!came)
        expect([approved.status, words(approved.text)]).toEqual([
          409,
          expect.stringContaining('The session is cancelled'),
        ]);
      expect(await readRoom(one, room.roomId)).toMatchObject({ status: 'cancelled', sequence: came ? 2 : 1 });
      expect((await readProposal(one, made)).status).toBe(came ? 'approved' : 'expired');
      const moved = came ? ['ProposalApproved', 'RoomRescheduled'] : ['ProposalExpired'];
      expect(await afterBooking(room.roomId)).toEqual(['ProposalCreated', ...moved, 'RoomCancelled']);
    }
    expect([...outcomes].every((status) => status === 200 || status === 409)).toBe(true);
  },
  180_000,
);

it('both links opened at once by machines that look like browsers: nothing is decided, and a person still gets through', async () => {
  for (const round of rounds(20)) {
    const { room, made } = await asked();
    await Promise.all(
      rounds(4).map((n) =>
        visit(either(n + round), n % 2 === 0 ? `/approve?t=${made.approve}` : `/decline?t=${made.decline}`),
      ),
    );
    expect(await readProposal(one, made)).toMatchObject({ status: 'pending', held: null });
    expect(await afterBooking(room.roomId)).toEqual(['ProposalCreated']);
    const decision = round % 2 === 0 ? 'approve' : 'decline';
    expect((await press(either(round), `/${decision}`, { t: made[decision] })).status).toBe(200);
    expect((await readProposal(one, made)).status).toBe(decision === 'approve' ? 'approved' : 'declined');
  }
});

it('a machine that opens one link now and the other up to 20 s later changes nothing', async () => {
  for (const gap of [0, 1, 5, 20]) {
    const { room, made } = await asked();
    await visit(one, `/approve?t=${made.approve}`);
    await age.hold(one, made, gap);
    await visit(two, `/decline?t=${made.decline}`);
    expect(await readProposal(one, made)).toMatchObject({ status: 'pending', held: null });
    expect((await readRoom(one, room.roomId)).sequence).toBe(0);
  }
});

it('Undo and the end of the hold at once: either it was undone or it took effect, never both', async () => {
  for (const round of rounds(20)) {
    const { room, made } = await asked();
    await visit(either(round), `/approve?t=${made.approve}`);
    await one.database.db.query('update pending_proposals set held_effective_at = clock_timestamp() where id = $1', [
      made.proposalId,
    ]);
    const undone = await press(either(round + 1), '/undo', { t: made.approve });
    const { status, held } = await readProposal(one, made);
    expect([undone.status, status, held]).toEqual([409, 'approved', null]);
    expect((await afterBooking(room.roomId)).filter((each) => each === 'RoomRescheduled')).toHaveLength(1);
  }
});

it('two replicas apply what falls due once', async () => {
  const made = await Promise.all(rounds(20).map(async () => (await asked()).made));
  for (const each of made) await visit(one, `/approve?t=${each.approve}`);
  await one.database.db.query(
    `update pending_proposals set held_effective_at = clock_timestamp() where status = 'pending' and held_decision is not null`,
  );
  await eventually('every hold takes effect', async () =>
    (await Promise.all(made.map((each) => readProposal(one, each)))).every(({ status }) => status === 'approved'),
  );
  for (const each of made) {
    expect(await afterBooking(each.roomId)).toEqual(['ProposalCreated', 'ProposalApproved', 'RoomRescheduled']);
    expect((await readRoom(two, each.roomId)).sequence).toBe(1);
  }
});

it('a hold outlives the process that recorded it: what fell due while all were down is applied at start', async () => {
  const database = await freshDatabase();
  try {
    const before = await startApi({}, database);
    const room = await bookedRoom(before);
    const made = await proposal(before, room, 'guest');
    await visit(before, `/approve?t=${made.approve}`);
    await before.stop();
    await age.hold(before, made, 300);
    const [down] = await database.db.query<{ status: string }>('select status from pending_proposals where id = $1', [
      made.proposalId,
    ]);
    expect(down?.status).toBe('pending');
    const after = await startApi({}, database);
    await eventually(
      'the hold takes effect at start',
      async () => (await readProposal(after, made)).status === 'approved',
    );
    expect((await readRoom(after, room.roomId)).sequence).toBe(1);
    await after.stop();
  } finally {
    await database.drop();
  }
});
