// Another time instead of the one that was asked for, on the pure functions: what it ends, what it is where that has
// ended already, and what is told of it (contract, section 7.4).
import { roomWebhooks } from '../webhooks/room-webhooks';
import { announce, type LinkToRef } from './announce';
import { auditLine } from './audit-line';
import type { Context } from './context';
import { type Command, decide } from './decide';
import { applied, creation, rules, strict } from './decide.fixture';
import { Refusal } from './refusal';
import type { Proposal, Room, RoomEvent } from './room';

const now = new Date('2026-12-01T09:00:00.000Z');
const at = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
let ids = 0;
const context = (hours = 0): Context => ({
  now: at(hours),
  newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
  rules,
});
const run = (room: Room | null, command: Command, hours = 0): { room: Room; events: RoomEvent[] } =>
  applied(room, command, context(hours));
const span = (hours: number) => ({ startUtc: at(hours), endUtc: at(hours + 1) });
const propose = (role: 'host' | 'guest', hours: number, insteadOf: string | null = null): Command => ({
  type: 'Propose',
  role,
  ...span(hours),
  note: null,
  counterSequence: null,
  insteadOf,
});
const counter: Command = {
  type: 'Counter',
  answer: {
    role: 'guest',
    mailId: 'mail',
    sequence: 0,
    dtstamp: now,
    receivedAt: now,
    echoOf: null,
    contentKey: 'key',
    startUtc: null,
    endUtc: null,
    requests: [],
  },
  ...span(30),
  note: null,
};
const booked = (policy = strict): Room => run(null, creation(at(24), at(25), policy)).room;
const first = ({ proposals }: Room): Proposal => {
  const [proposal] = proposals;
  if (!proposal) throw new Error('no proposal');
  return proposal;
};
/** A room whose guest has asked for another time. */
const asked = (how: Command = propose('guest', 30), policy = strict): { room: Room; proposalId: string } => {
  const { room } = run(booked(policy), how);
  return { room, proposalId: first(room).proposalId };
};
const types = (events: RoomEvent[]): string[] => events.map((each) => each.type);
const statuses = ({ proposals }: Room): string[] => proposals.map((each) => each.status);

it.each([
  ['the form', propose('guest', 30)],
  ['a COUNTER', counter],
])('declines what %s asked for and asks for another time, in one command', (_, how) => {
  const { room, proposalId } = asked(how);
  const done = run(room, propose('host', 40, proposalId), 1);
  expect(types(done.events)).toEqual(['Declined', 'Proposed']);
  expect(statuses(done.room)).toEqual(['declined', 'pending']);
  expect(done.room.proposals[1]?.insteadOf).toBe(proposalId);
  expect(first(done.room)).toMatchObject({ decisionAt: at(1), held: null });
});

it('gives the other party the links of the new time alone, one of them to answer it in turn', () => {
  const { room, proposalId } = asked();
  const { events } = run(room, propose('host', 40, proposalId));
  const [declined, proposed] = events;
  if (declined?.type !== 'Declined' || proposed?.type !== 'Proposed') throw new Error('nothing proposed');
  expect(declined.link).toBeNull();
  const { suggest, decline } = proposed.links;
  expect(suggest).toMatchObject({ purpose: 'propose', role: 'guest', expiresAt: at(24) });
  expect([suggest?.proposalId, decline.proposalId]).toEqual(Array(2).fill(proposed.proposal.proposalId));
  const back = run(run(room, propose('host', 40, proposalId)).room, propose('guest', 50, proposed.proposal.proposalId));
  expect(statuses(back.room)).toEqual(['declined', 'pending', 'pending']);
});

it('may be answered in turn, and so on', () => {
  let { room } = asked();
  for (const [turn, role] of (['host', 'guest', 'host'] as const).entries()) {
    const last = room.proposals.at(-1)?.proposalId ?? '';
    room = run(room, propose(role, 40 + turn, last), turn).room;
  }
  expect(statuses(room)).toEqual(['declined', 'declined', 'declined', 'pending']);
});

it('drops a decision about the first that waits, and leaves no hold behind', () => {
  for (const decision of ['approve', 'decline'] as const) {
    const { room, proposalId } = asked();
    const held = run(room, { type: 'OpenDecisionLink', proposalId, decision }).room;
    const done = run(held, propose('host', 40, proposalId)).room;
    expect(first(done)).toMatchObject({ status: 'declined', held: null });
    expect(run(done, { type: 'SettleDue', proposalId }, 1).events).toEqual([]);
    expect(done.startUtc).toEqual(at(24));
  }
});

it('replaces an older request of the same party as well', () => {
  const { room, proposalId } = asked();
  const both = run(room, propose('host', 35)).room;
  const done = run(both, propose('host', 40, proposalId));
  expect(types(done.events)).toEqual(['Declined', 'Expired', 'Proposed']);
  expect(statuses(done.room)).toEqual(['declined', 'expired', 'pending']);
});

it('without a link of the first stands beside it, as a COUNTER does', () => {
  const { room } = asked(propose('host', 30));
  expect(statuses(run(room, propose('guest', 40)).room)).toEqual(['pending', 'pending']);
  expect(statuses(run(room, counter).room)).toEqual(['pending', 'pending']);
});

describe('where the first has ended', () => {
  const { room, proposalId } = asked();
  const pressed = (decision: 'approve' | 'decline'): Room =>
    run(room, { type: 'Decide', proposalId, decision, by: 'host' }).room;
  it.each<[string, Room, number]>([
    ['declined', pressed('decline'), 1],
    ['approved', pressed('approve'), 1],
    ['replaced', run(room, propose('guest', 32)).room, 1],
    ['past its time', run(booked({ ...strict, proposalTtlHours: 2 }), propose('guest', 30)).room, 3],
  ])('(%s) it is a request like any other', (_, ended, hours) => {
    const before = first(ended);
    const done = run(ended, propose('host', 40, before.proposalId), hours);
    expect(types(done.events)).toEqual(['Proposed']);
    expect(first(done.room)).toEqual(before);
    expect(done.room.proposals.at(-1)).toMatchObject({ status: 'pending', insteadOf: null });
  });

  it('an unknown one, and one of their own, end nothing', () => {
    expect(types(run(room, propose('host', 40, 'nothing')).events)).toEqual(['Proposed']);
    expect(run(room, propose('guest', 40, proposalId)).events).toMatchObject([
      { type: 'Expired', cause: 'replaced' },
      { type: 'Proposed' },
    ]);
  });
});

it('that is refused declines nothing', () => {
  const { room, proposalId } = asked();
  const refused = (command: Command, of = room, hours = 0): unknown => {
    const decided = decide(of, command, context(hours));
    return decided instanceof Refusal && decided.code;
  };
  expect(refused(propose('host', 24, proposalId))).toBe('no-new-time');
  expect(refused(propose('host', -1, proposalId))).toBe('start-in-past');
  const guests = asked(propose('guest', 30), { ...strict, proposals: 'guest' });
  expect(refused(propose('host', 40, guests.proposalId), guests.room)).toBe('proposals-not-allowed');
  let often = room;
  for (const hours of [31, 32, 33, 34, 35]) often = run(often, propose('host', hours)).room;
  expect(refused(propose('host', 40, proposalId), often)).toBe('too-many-proposals');
});

it('counts for the limit of its party', () => {
  let room = booked();
  for (let turn = 0; turn < 5; turn++) {
    room = run(room, propose('guest', 30 + turn), turn).room;
    room = run(room, propose('host', 40 + turn, room.proposals.at(-1)?.proposalId), turn + 0.5).room;
  }
  expect(decide(room, propose('host', 60), context(5))).toMatchObject({ code: 'too-many-proposals' });
});

it('offers its link to nobody who may propose nothing', () => {
  const { events } = run(booked({ ...strict, proposals: 'guest' }), propose('guest', 30));
  expect(events.map((each) => each.type === 'Proposed' && each.links.suggest)).toEqual([null]);
});

it('is told in events, webhooks and the timeline: the decline with its cause, then the new request', () => {
  const { room, proposalId } = asked(counter);
  const { room: after, events } = run(room, propose('host', 40, proposalId));
  const linkRef: LinkToRef = ({ linkId, purpose, expiresAt }) => ({
    linkId,
    keyId: 'key',
    purpose,
    expiresAt: expiresAt.toISOString(),
  });
  const announced = events.flatMap((event) => announce(event, after, linkRef));
  expect(announced).toMatchObject([
    { name: 'ProposalDeclined', data: { by: 'host', why: null, cause: 'countered', proposal: { proposalId } } },
    {
      name: 'ProposalCreated',
      data: {
        suggestLink: { purpose: 'propose' },
        insteadOf: { proposalId, source: 'counter', counterSequence: 0, status: 'declined' },
      },
    },
  ]);
  expect(roomWebhooks(events, after)).toMatchObject([
    { type: 'proposal.declined', detail: { proposal: { proposalId }, by: 'host', cause: 'countered' } },
    { type: 'proposal.created', detail: { proposal: { proposedBy: 'host' }, insteadOf: proposalId } },
  ]);
  expect(events.map(auditLine).map(({ verdict, role, why }) => [verdict, role, why?.split(':')[0]])).toEqual([
    ['declined', 'host', 'countered'],
    ['proposed', 'host', 'link'],
  ]);
});
