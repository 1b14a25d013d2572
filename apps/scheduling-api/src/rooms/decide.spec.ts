// The rules of booking, answers and proposals as given–when–then on the pure functions; no database, no clock.
import fc from 'fast-check';
import type { Context } from './context';
import { type Command, decide } from './decide';
import type { MailAnswer } from './decide-answers';
import { applied, type Create, creation, person, rules, strict } from './decide.fixture';
import { Refusal } from './refusal';
import { evolve, invitationOf, type Proposal, type Room, type RoomEvent } from './room';

const now = new Date('2026-12-01T09:00:00.000Z');
const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
let ids = 0;
const context = (over: Partial<Context['rules']> = {}, minutes = 0): Context => ({
  now: at(minutes),
  newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
  rules: { ...rules, ...over },
});
const policy = strict;
const creationOf = (over: Partial<Create> = {}): Create => ({ ...creation(at(24 * 60), at(25 * 60)), ...over });

const run = (room: Room | null, command: Command, given = context()): { room: Room; events: RoomEvent[] } =>
  applied(room, command, given);
const refusal = (room: Room | null, command: Command, given = context()): Refusal => {
  const decided = decide(room, command, given);
  if (!(decided instanceof Refusal)) throw new Error(`not refused: ${decided.map((each) => each.type).join()}`);
  return decided;
};
const booked = (over: Partial<Room> = {}): Room => ({ ...run(null, creationOf()).room, ...over });
const types = (events: RoomEvent[]): string[] => events.map((each) => each.type);

const answer = (over: Partial<MailAnswer> = {}): MailAnswer => ({
  role: 'guest',
  mailId: '22222222-2222-4222-8222-222222222222',
  sequence: 0,
  dtstamp: at(1),
  receivedAt: null,
  echoOf: null,
  contentKey: null,
  requests: [],
  startUtc: null,
  endUtc: null,
  ...over,
});
const propose = (role: 'host' | 'guest', startMinutes: number): Command => ({
  type: 'Propose',
  role,
  startUtc: at(startMinutes),
  endUtc: at(startMinutes + 60),
  note: null,
  counterSequence: null,
});
const pendingOf = (room: Room): Proposal => {
  const proposal = room.proposals.find((each) => each.status === 'pending');
  if (!proposal) throw new Error('nothing pending');
  return proposal;
};

describe('booking', () => {
  it('a room with a guest is created and booked with a reschedule link for each', () => {
    const { room, events } = run(null, creationOf());
    expect(types(events)).toEqual(['Created', 'Booked']);
    expect(room.invitations.map((each) => [each.role, each.partstat])).toEqual([
      ['host', 'needs-action'],
      ['guest', 'needs-action'],
    ]);
    const links = events.flatMap((each) => (each.type === 'Booked' ? each.links : []));
    expect(links.map((each) => [each.role, each.purpose, each.expiresAt])).toEqual([
      ['host', 'propose', room.startUtc],
      ['host', 'answer', room.startUtc],
      ['guest', 'propose', room.startUtc],
      ['guest', 'answer', room.startUtc],
    ]);
  });

  it('the same guest again changes nothing, another one is refused', () => {
    const room = booked();
    expect(decide(room, { type: 'Book', guest: person('Guest+tag@guests.test') }, context())).toEqual([]);
    expect(refusal(room, { type: 'Book', guest: person('third@guests.test') }).code).toBe('already-booked');
  });

  it.each([
    ['start-in-past', '/startUtc', creationOf({ room: { ...creationOf().room, startUtc: at(0) } })],
    ['end-not-after-start', '/endUtc', creationOf({ room: { ...creationOf().room, endUtc: at(24 * 60) } })],
    ['same-person', '/guest/email', creationOf({ guest: person('HOST+x@hosts.test') })],
    ['is-organizer', '/host/email', creationOf({ host: person('Scheduling@acme.test') })],
    ['is-organizer', '/guest/email', creationOf({ guest: person('scheduling+abc@acme.test') })],
    ['holds-address', '/title', creationOf({ room: { ...creationOf().room, title: 'With Guest@Guests.test' } })],
    [
      'holds-address',
      '/location',
      creationOf({ room: { ...creationOf().room, location: 'https://v.test/?u=host%40hosts.test' } }),
    ],
    [
      'holds-address',
      '/guest/name',
      creationOf({ guest: { ...person('guest@guests.test'), name: 'guest@guests.test' } }),
    ],
  ])('%s is refused at %s', (code, pointer, command) => {
    expect(refusal(null, command)).toMatchObject({ code, pointer, status: 422 });
  });

  it('a cancelled and a started room cannot be booked', () => {
    const unbooked = run(null, creationOf({ guest: null })).room;
    const guest = person('guest@guests.test');
    expect(refusal(unbooked, { type: 'Book', guest }, context({}, 24 * 60)).code).toBe('room-started');
    expect(refusal(run(unbooked, { type: 'Delete', reason: null }).room, { type: 'Book', guest }).code).toBe(
      'room-cancelled',
    );
  });

  it('deleting cancels once, one sequence up', () => {
    const { room, events } = run(booked(), { type: 'Delete', reason: null });
    expect([types(events), room.status, room.sequence]).toEqual([['Cancelled'], 'cancelled', 1]);
    expect(decide(room, { type: 'Delete', reason: null }, context())).toEqual([]);
  });
});

describe('answers', () => {
  const reply = (
    partstat: 'accepted' | 'declined' | 'tentative' | 'needs-action',
    over: Partial<MailAnswer> = {},
  ): Command => ({ type: 'Reply', partstat, answer: answer(over) });

  it('an acceptance is recorded for the one who answered', () => {
    const { room } = run(booked(), reply('accepted'));
    expect(room.invitations.map((each) => each.partstat)).toEqual(['needs-action', 'accepted']);
  });

  it('cancels for both when one declines, and only records it under soft', () => {
    expect(run(booked(), reply('declined')).room).toMatchObject({ status: 'cancelled', sequence: 1 });
    const soft = run(booked({ policy: { ...policy, onDecline: 'soft' } }), reply('declined'));
    expect([types(soft.events), soft.room.status]).toEqual([['Answered'], 'scheduled']);
  });

  it('a decline of the old time never cancels; its sender gets the current invitation once', () => {
    const moved = booked({ sequence: 2, timeSequence: 2 });
    const { room, events } = run(moved, reply('declined', { sequence: 1 }));
    expect([types(events), room.status]).toEqual([['AnswerIgnored', 'Resent'], 'scheduled']);
    expect(types(run(room, reply('declined', { sequence: 0 })).events)).toEqual(['AnswerIgnored']);
  });

  it('an answer for a sequence that was never sent has no effect', () => {
    expect(run(booked(), reply('declined', { sequence: 7 })).events).toMatchObject([
      { type: 'AnswerIgnored', why: expect.stringMatching(/^future-sequence/) },
    ]);
  });

  it('the earlier of two answers that arrive in the wrong order is dropped, an equal stamp counts as it arrives', () => {
    const accepted = run(booked(), reply('accepted', { dtstamp: at(5) })).room;
    expect(types(run(accepted, reply('declined', { dtstamp: at(4) })).events)).toEqual(['AnswerIgnored']);
    expect(invitationOf(run(accepted, reply('tentative', { dtstamp: at(5) })).room, 'guest')?.partstat).toBe(
      'tentative',
    );
  });

  it('an answer without SEQUENCE is for the current time when it names it, else for sequence 0', () => {
    const moved = booked({ sequence: 1, timeSequence: 1 });
    const requests = [{ sequence: 1, dtstamp: at(0) }];
    const named = reply('accepted', { sequence: null, startUtc: moved.startUtc, requests });
    expect(types(run(moved, named).events)).toEqual(['Answered']);
    expect(types(run(moved, reply('accepted', { sequence: null })).events)).toEqual(['AnswerIgnored', 'Resent']);
  });

  it('NEEDS-ACTION withdraws nothing, and a cancelled or ended meeting changes no more', () => {
    const accepted = run(booked(), reply('accepted')).room;
    expect(invitationOf(run(accepted, reply('needs-action', { dtstamp: at(9) })).room, 'guest')?.partstat).toBe(
      'accepted',
    );
    expect(types(run(booked({ status: 'cancelled' }), reply('accepted')).events)).toEqual(['AnswerIgnored']);
    expect(types(run(booked(), reply('declined'), context({}, 25 * 60)).events)).toEqual(['AnswerIgnored']);
  });
});

describe('a room whose title changed since its last move', () => {
  const retitled = booked({ sequence: 2, timeSequence: 1 });
  const reply = (sequence: number | null): Command => ({
    type: 'Reply',
    partstat: 'declined',
    answer: answer({ sequence }),
  });
  const counter = (sequence: number): Command => ({
    type: 'Counter',
    answer: answer({ sequence }),
    startUtc: at(30 * 60),
    endUtc: at(31 * 60),
    note: null,
  });

  it.each([1, 2])('takes a decline and a COUNTER for sequence %s', (sequence) => {
    expect(types(run(retitled, reply(sequence)).events)).toEqual(['Answered', 'Cancelled']);
    expect(types(run(retitled, counter(sequence)).events)).toEqual(['Proposed']);
  });

  it('refuses what is for the time before the move, and what was never sent', () => {
    expect(types(run(retitled, reply(0)).events)).toEqual(['AnswerIgnored', 'Resent']);
    expect(types(run(retitled, counter(0)).events)).toEqual(['AnswerIgnored', 'CounterRefused', 'Resent']);
    expect(types(run(retitled, reply(3)).events)).toEqual(['AnswerIgnored']);
  });

  it('keeps a proposal open that was made before the title changed', () => {
    const proposed = run(booked({ sequence: 1, timeSequence: 1 }), propose('guest', 30 * 60)).room;
    const { proposalId } = pendingOf(proposed);
    const { room, events } = run(
      { ...proposed, sequence: 2 },
      { type: 'Decide', proposalId, decision: 'approve', by: 'host' },
    );
    expect([types(events), room.sequence, room.timeSequence]).toEqual([['Approved'], 3, 3]);
  });

  it('moves its time with the next approval and not with a cancel', () => {
    const cancelled = run(retitled, { type: 'Delete', reason: null }).room;
    expect([cancelled.sequence, cancelled.timeSequence]).toEqual([3, 1]);
  });
});

describe('a new time', () => {
  it('is proposed with two links for the counterparty that die with the proposal', () => {
    const { events } = run(booked(), propose('guest', 30 * 60));
    expect(events).toMatchObject([
      {
        type: 'Proposed',
        links: { approve: [{ purpose: 'approve', role: 'host' }], decline: { purpose: 'decline', role: 'host' } },
      },
    ]);
    // The proposal lives 48 h, but never past the current start, 24 h from now.
    expect(events[0]).toMatchObject({ proposal: { expiresAt: at(24 * 60) } });
  });

  it.each([
    ['no-new-time', booked(), propose('guest', 24 * 60), 409],
    ['start-in-past', booked(), propose('guest', -60), 422],
    ['room-cancelled', booked({ status: 'cancelled' }), propose('guest', 30 * 60), 409],
    ['proposals-not-allowed', booked({ policy: { ...policy, proposals: 'host' } }), propose('guest', 30 * 60), 409],
  ])('%s is refused', (code, room, command, status) => {
    expect(refusal(room, command)).toMatchObject({ code, status });
  });

  it('an approval moves the meeting, opens both answers again and ends every other proposal', () => {
    const accepted = run(booked(), { type: 'Reply', partstat: 'accepted', answer: answer() }).room;
    const both = run(run(accepted, propose('guest', 30 * 60)).room, propose('host', 40 * 60)).room;
    const [guests, hosts] = both.proposals;
    const { room, events } = run(both, {
      type: 'Decide',
      proposalId: guests?.proposalId ?? '',
      decision: 'approve',
      by: 'host',
    });
    expect(types(events)).toEqual(['Expired', 'Approved']);
    expect(room).toMatchObject({ sequence: 1, timeSequence: 1, startUtc: at(30 * 60), endUtc: at(31 * 60) });
    expect(room.invitations.map((each) => each.partstat)).toEqual(['needs-action', 'needs-action']);
    expect(
      refusal(room, { type: 'Decide', proposalId: hosts?.proposalId ?? '', decision: 'approve', by: 'guest' }).code,
    ).toBe('older-sequence');
  });

  it('nobody decides their own proposal, and a decision is taken once', () => {
    const room = run(booked(), propose('guest', 30 * 60)).room;
    const { proposalId } = pendingOf(room);
    expect(refusal(room, { type: 'Decide', proposalId, decision: 'approve', by: 'guest' }).code).toBe('own-proposal');
    const declined = run(room, { type: 'Decide', proposalId, decision: 'decline', by: 'host' }).room;
    expect(decide(declined, { type: 'Decide', proposalId, decision: 'decline', by: 'host' }, context())).toEqual([]);
    expect(refusal(declined, { type: 'Decide', proposalId, decision: 'approve', by: 'host' }).code).toBe(
      'already-decided',
    );
  });

  it('a newer proposal of the same party replaces the older one', () => {
    const first = run(booked(), propose('guest', 30 * 60)).room;
    expect(run(first, propose('guest', 35 * 60)).events).toMatchObject([
      { type: 'Expired', cause: 'replaced' },
      { type: 'Proposed' },
    ]);
  });

  it('a page load holds, takes effect when due, and can be undone before', () => {
    const room = run(booked(), propose('guest', 30 * 60)).room;
    const { proposalId } = pendingOf(room);
    const held = run(room, { type: 'OpenDecisionLink', proposalId, decision: 'approve' }).room;
    expect(pendingOf(held).held).toMatchObject({
      decision: 'approve',
      effectiveAt: new Date(now.getTime() + 30_000),
    });
    expect(decide(held, { type: 'SettleDue', proposalId }, context())).toEqual([]);
    expect(run(held, { type: 'SettleDue', proposalId }, context({}, 1)).room.sequence).toBe(1);
    const undone = run(held, { type: 'Undo', proposalId, by: 'host' }).room;
    expect(pendingOf(undone)).toMatchObject({ held: null, buttonsOnly: true });
    expect(decide(undone, { type: 'OpenDecisionLink', proposalId, decision: 'approve' }, context())).toEqual([]);
  });

  it('opening the other link while held contests: nothing takes effect', () => {
    const room = run(booked(), propose('guest', 30 * 60)).room;
    const { proposalId } = pendingOf(room);
    const contested = run(run(room, { type: 'OpenDecisionLink', proposalId, decision: 'decline' }).room, {
      type: 'OpenDecisionLink',
      proposalId,
      decision: 'approve',
    }).room;
    expect(pendingOf(contested)).toMatchObject({ held: null, buttonsOnly: true, status: 'pending' });
    expect(decide(contested, { type: 'SettleDue', proposalId }, context({}, 5))).toEqual([]);
  });

  it('a hold of no seconds acts at once, and confirm mode never records', () => {
    const room = run(booked(), propose('guest', 30 * 60)).room;
    const { proposalId } = pendingOf(room);
    expect(
      run(room, { type: 'OpenDecisionLink', proposalId, decision: 'approve' }, context({ holdSeconds: 0 })).room
        .sequence,
    ).toBe(1);
    expect(
      decide(
        room,
        { type: 'OpenDecisionLink', proposalId, decision: 'approve' },
        context({ decisionLinks: 'confirm' }),
      ),
    ).toEqual([]);
  });

  it('of two held approvals the first to fall due wins, whichever is settled first', () => {
    const both = run(run(booked(), propose('guest', 30 * 60)).room, propose('host', 40 * 60)).room;
    const [guests, hosts] = both.proposals.map((each) => each.proposalId);
    const one = run(both, { type: 'OpenDecisionLink', proposalId: guests ?? '', decision: 'approve' }).room;
    const two = run(
      one,
      { type: 'OpenDecisionLink', proposalId: hosts ?? '', decision: 'approve' },
      context({}, 0.1),
    ).room;
    const settled = run(two, { type: 'SettleDue', proposalId: hosts ?? '' }, context({}, 5)).room;
    expect(settled.proposals.map((each) => each.status)).toEqual(['approved', 'expired']);
  });

  it('a click before the expiry counts though its hold ends after it', () => {
    const room = run(booked({ policy: { ...policy, proposalTtlHours: 1 } }), propose('guest', 30 * 60)).room;
    const { proposalId } = pendingOf(room);
    const held = run(room, { type: 'OpenDecisionLink', proposalId, decision: 'approve' }, context({}, 59.9)).room;
    expect(run(held, { type: 'SettleDue', proposalId }, context({}, 61)).room.sequence).toBe(1);
    expect(run(room, { type: 'SettleDue', proposalId }, context({}, 61)).events).toMatchObject([
      { type: 'Expired', cause: 'time' },
    ]);
    expect(refusal(room, { type: 'Decide', proposalId, decision: 'approve', by: 'host' }, context({}, 61)).status).toBe(
      410,
    );
  });
});

describe('a COUNTER', () => {
  const counter = (over: Partial<MailAnswer> = {}, startMinutes = 30 * 60): Command => ({
    type: 'Counter',
    answer: answer(over),
    startUtc: at(startMinutes),
    endUtc: null,
    note: null,
  });

  it('is a proposal of the length the meeting has and changes no partstat', () => {
    const { room, events } = run(booked(), counter());
    expect(events).toMatchObject([
      { type: 'Proposed', proposal: { source: 'counter', counterSequence: 0, endUtc: at(31 * 60) } },
    ]);
    expect(room.invitations.map((each) => each.partstat)).toEqual(['needs-action', 'needs-action']);
  });

  it('of the current time is no proposal, an outdated or past one is refused with words', () => {
    expect(types(run(booked(), counter({}, 24 * 60)).events)).toEqual(['AnswerIgnored']);
    expect(types(run(booked(), counter({}, -60)).events)).toEqual(['AnswerIgnored', 'CounterRefused']);
    expect(types(run(booked({ sequence: 1, timeSequence: 1 }), counter()).events)).toEqual([
      'AnswerIgnored',
      'CounterRefused',
      'Resent',
    ]);
    expect(types(run(booked(), counter({ sequence: 4 })).events)).toEqual(['AnswerIgnored']);
  });
});

it('decide is total, and whatever happens a room never moves backwards or comes back to life', () => {
  const role = fc.constantFrom('host' as const, 'guest' as const);
  const index = fc.nat(5);
  const commands = fc.oneof(
    fc.record({
      type: fc.constant('Reply' as const),
      role,
      partstat: fc.constantFrom(
        'accepted' as const,
        'declined' as const,
        'tentative' as const,
        'needs-action' as const,
      ),
      sequence: fc.option(fc.nat(4)),
      stamp: fc.nat(99),
    }),
    fc.record({ type: fc.constant('Propose' as const), role, start: fc.integer({ min: -100, max: 4000 }) }),
    fc.record({
      type: fc.constant('Counter' as const),
      role,
      start: fc.integer({ min: -100, max: 4000 }),
      sequence: fc.option(fc.nat(4)),
    }),
    fc.record({
      type: fc.constantFrom('OpenDecisionLink' as const, 'Decide' as const),
      index,
      decision: fc.constantFrom('approve' as const, 'decline' as const),
      role,
    }),
    fc.record({ type: fc.constantFrom('Undo' as const, 'SettleDue' as const), index, role }),
    fc.record({
      type: fc.constantFrom('Delete' as const, 'Refresh' as const, 'SendAgain' as const, 'MakeFreshLink' as const),
      role,
    }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(commands, fc.nat(600)), { maxLength: 25 }),
      fc.constantFrom('strict' as const, 'soft' as const),
      (steps, onDecline) => {
        let room = booked({ policy: { ...policy, onDecline } });
        let minutes = 0;
        for (const [step, wait] of steps) {
          minutes += wait;
          const proposalId =
            'index' in step
              ? (room.proposals[step.index % Math.max(1, room.proposals.length)]?.proposalId ?? 'none')
              : '';
          const decided = decide(room, commandOf(step, proposalId, room), context({}, minutes));
          if (decided instanceof Refusal) continue;
          const before = room;
          room = decided.reduce<Room>((each, event) => evolve(each, event), room);
          expect(room.sequence).toBeGreaterThanOrEqual(before.sequence);
          if (before.status === 'cancelled')
            expect(room).toMatchObject({ status: 'cancelled', sequence: before.sequence });
          if (room.startUtc.getTime() !== before.startUtc.getTime())
            expect(room.sequence).toBeGreaterThan(before.sequence);
          expect(
            room.proposals.filter((each) => each.status === 'approved' && each.roomSequence === before.sequence).length,
          ).toBeLessThanOrEqual(1);
        }
      },
    ),
    { numRuns: 300 },
  );
});

type Step = {
  type: string;
  role?: 'host' | 'guest';
  start?: number;
  sequence?: number | null;
  stamp?: number;
  partstat?: 'accepted' | 'declined' | 'tentative' | 'needs-action';
  decision?: 'approve' | 'decline';
};

function commandOf(step: Step, proposalId: string, room: Room): Command {
  const role = step.role ?? 'guest';
  const given = answer({
    role,
    sequence: step.sequence ?? null,
    dtstamp: at(step.stamp ?? 0),
    startUtc: step.sequence === null ? room.startUtc : null,
  });
  switch (step.type) {
    case 'Reply':
      return { type: 'Reply', partstat: step.partstat ?? 'accepted', answer: given };
    case 'Counter':
      return { type: 'Counter', answer: given, startUtc: at(step.start ?? 0), endUtc: null, note: null };
    case 'Propose':
      return propose(role, step.start ?? 0);
    case 'OpenDecisionLink':
      return { type: 'OpenDecisionLink', proposalId, decision: step.decision ?? 'approve' };
    case 'Decide':
      return { type: 'Decide', proposalId, decision: step.decision ?? 'approve', by: role };
    case 'Undo':
    case 'SettleDue':
      return { type: step.type, proposalId, by: role };
    case 'Delete':
      return { type: 'Delete', reason: null };
    case 'Refresh':
      return { type: 'Refresh', role, mailId: given.mailId };
    case 'SendAgain':
      return { type: 'SendAgain', role };
    default:
      return { type: 'MakeFreshLink', role, occasion: given.mailId };
  }
}
