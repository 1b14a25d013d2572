// Several times in one proposal, on the pure functions: what may be proposed together, how long it lives, which click
// approves which time, and what two clicks make of each other (contract, sections 4 and 7.4).
import fc from 'fast-check';
import type { Context } from './context';
import { type Command, decide } from './decide';
import { applied, creation, rules } from './decide.fixture';
import { Refusal } from './refusal';
import { evolve, type Proposal, type Room, type RoomEvent } from './room';

const now = new Date('2026-12-01T09:00:00.000Z');
const at = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
let ids = 0;
const context = (hours = 0, holdSeconds = 30): Context => ({
  now: at(hours),
  newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
  rules: { ...rules, holdSeconds },
});
const created = creation(at(24), at(25));
const run = (room: Room | null, command: Command, given = context()): { room: Room; events: RoomEvent[] } =>
  applied(room, command, given);
const span = (hours: number) => ({ startUtc: at(hours), endUtc: at(hours + 1) });
const propose = (first: number, ...others: number[]): Command => ({
  type: 'Propose',
  role: 'guest',
  ...span(first),
  alternatives: others.map(span),
  note: null,
  counterSequence: null,
});
const asked = (first: number, ...others: number[]): { room: Room; proposal: Proposal } => {
  const { room } = run(run(null, created).room, propose(first, ...others));
  const [proposal] = room.proposals;
  if (!proposal) throw new Error('no proposal');
  return { room, proposal };
};
const open = ({ proposalId, options }: Proposal, order: number): Command => ({
  type: 'OpenDecisionLink',
  proposalId,
  decision: 'approve',
  optionId: options[order]?.optionId ?? null,
});
const press = (proposal: Proposal, order: number): Command => ({
  type: 'Decide',
  proposalId: proposal.proposalId,
  decision: 'approve',
  optionId: proposal.options[order]?.optionId ?? null,
  by: 'host',
});
const types = (events: RoomEvent[]): string[] => events.map((each) => each.type);
const refused = (room: Room, command: Command, given = context()) => {
  const decided = decide(room, command, given);
  return decided instanceof Refusal ? [decided.status, decided.code, decided.pointer] : decided;
};

it('each time has a link of its own for the other party, and there is one decline', () => {
  const { events } = run(run(null, created).room, propose(10, 30, 50));
  const [proposed] = events;
  if (proposed?.type !== 'Proposed') throw new Error('nothing proposed');
  const { options } = proposed.proposal;
  expect(options.map(({ startUtc }) => startUtc)).toEqual([at(10), at(30), at(50)]);
  expect(proposed.links.approve.map((each) => [each.purpose, each.role, each.optionId])).toEqual(
    options.map(({ optionId }) => ['approve', 'host', optionId]),
  );
  expect(proposed.links.decline).toMatchObject({ purpose: 'decline', role: 'host' });
});

it('it lives past its first time, up to its last and never past the current start', () => {
  expect(asked(2, 5).proposal.expiresAt).toEqual(at(5));
  expect(asked(5, 2).proposal.expiresAt).toEqual(at(5));
  expect(asked(2, 30).proposal.expiresAt).toEqual(at(24));
});

it('each time is held to the rules, and no two may be alike', () => {
  const { room } = run(null, created);
  expect(refused(room, propose(10, -1))).toEqual([422, 'start-in-past', '/alternatives/0/startUtc']);
  expect(refused(room, propose(10, 30, 24))).toEqual([422, 'alternative-is-current', '/alternatives/1/startUtc']);
  expect(refused(room, propose(10, 30, 10))).toEqual([422, 'times-alike', '/alternatives/1/startUtc']);
  expect(refused(room, propose(24, 30))).toEqual([409, 'no-new-time', undefined]);
  const backwards = { startUtc: at(31), endUtc: at(30) };
  expect(refused(room, { ...propose(10), alternatives: [backwards] } as Command)).toEqual([
    422,
    'end-not-after-start',
    '/alternatives/0/endUtc',
  ]);
});

it('a click holds its own time, and the room moves there', () => {
  const { room, proposal } = asked(10, 30, 50);
  const held = run(room, open(proposal, 1));
  expect(held.room.proposals[0]?.held).toMatchObject({ decision: 'approve', optionId: proposal.options[1]?.optionId });
  expect(types(run(held.room, open(proposal, 1)).events)).toEqual([]);
  const due = run(held.room, { type: 'SettleDue', proposalId: proposal.proposalId }, context(0.02));
  expect(due.room).toMatchObject({ sequence: 1, ...span(30) });
  expect(due.room.proposals[0]).toMatchObject({
    status: 'approved',
    chosenOptionId: proposal.options[1]?.optionId,
    ...span(30),
  });
});

it('clicks on two times contest, as approve and decline do', () => {
  const { room, proposal } = asked(10, 30);
  const held = run(room, open(proposal, 0)).room;
  const contested = run(held, open(proposal, 1));
  expect(contested.events).toMatchObject([{ type: 'HoldDropped', cause: 'contested' }]);
  expect(types(run(contested.room, open(proposal, 0)).events)).toEqual([]);
  expect(types(run(contested.room, press(proposal, 1)).events)).toEqual(['Approved']);
});

it('a decided proposal takes the same button again and no other', () => {
  const { room, proposal } = asked(10, 30);
  const approved = run(room, press(proposal, 1)).room;
  expect(decide(approved, press(proposal, 1), context())).toEqual([]);
  expect(refused(approved, press(proposal, 0))).toEqual([409, 'already-decided', undefined]);
});

it('a time that has passed is 410 alone; the others can be approved', () => {
  const { room, proposal } = asked(2, 5);
  for (const command of [open(proposal, 0), press(proposal, 0)])
    expect(refused(room, command, context(3))).toEqual([410, 'option-passed', undefined]);
  expect(types(run(room, press(proposal, 1), context(3)).events)).toEqual(['Approved']);
  expect(refused(room, press(proposal, 1), context(6))).toEqual([410, 'proposal-expired', undefined]);
});

it('a hold whose time passes before it is due lapses, and the other times stay open', () => {
  const { room, proposal } = asked(2, 5);
  const held = run(room, open(proposal, 0), context(1.999)).room;
  const { room: lapsed, events } = run(held, { type: 'SettleDue', proposalId: proposal.proposalId }, context(2.01));
  expect(events).toMatchObject([{ type: 'HoldDropped', cause: 'lapsed', why: 'option-passed' }]);
  expect(types(run(lapsed, press(proposal, 1), context(3)).events)).toEqual(['Approved']);
});

it('whatever is clicked, the room moves at most once and only to a time that was proposed and is not over', () => {
  const step = fc.record({
    kind: fc.constantFrom('open', 'press', 'decline', 'undo', 'settle'),
    order: fc.nat(2),
    wait: fc.double({ min: 0, max: 2, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.integer({ min: 1, max: 40 }).filter((hours) => hours !== 24),
        { minLength: 2, maxLength: 3 },
      ),
      fc.array(step, { maxLength: 12 }),
      (hours, steps) => {
        const [first = 1, ...others] = hours;
        let { room } = asked(first, ...others);
        const { proposal } = { proposal: room.proposals[0] as Proposal };
        const { proposalId } = proposal;
        let clock = 0;
        for (const { kind, order, wait } of steps) {
          clock += wait;
          const command: Command =
            kind === 'open'
              ? open(proposal, order % hours.length)
              : kind === 'press'
                ? press(proposal, order % hours.length)
                : kind === 'decline'
                  ? { type: 'Decide', proposalId, decision: 'decline', by: 'host' }
                  : kind === 'undo'
                    ? { type: 'Undo', proposalId, by: 'host' }
                    : { type: 'SettleDue', proposalId };
          const decided = decide(room, command, context(clock));
          if (decided instanceof Refusal) continue;
          const before = room;
          room = decided.reduce<Room>(evolve, room);
          if (room.sequence === before.sequence) continue;
          const chosen = room.proposals[0]?.options.find((each) => each.optionId === room.proposals[0]?.chosenOptionId);
          expect(room).toMatchObject({ sequence: 1, startUtc: chosen?.startUtc, endUtc: chosen?.endUtc });
          expect(room.startUtc.getTime()).toBeGreaterThan(at(clock).getTime());
        }
        expect(room.sequence).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 300 },
  );
});
