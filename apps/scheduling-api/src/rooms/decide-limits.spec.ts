// What one party cannot cause more of, whatever they try: proposals, refusals of COUNTERs, mails to the other one.
// Contract, section 7.1.
import type { Role } from '#contracts';
import type { Context, OfferedMail } from './context';
import { type Command, decide } from './decide';
import { bookedRoom, rules, strict } from './decide.fixture';
import { Refusal } from './refusal';
import { evolve, type Room, type RoomEvent } from './room';

const start = new Date('2026-12-01T09:00:00.000Z');
const at = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000);
const day = 24 * 60;
let ids = 0;
const contextAt = (minutes: number, offered: OfferedMail[] = [], holdSeconds = 30): Context => ({
  now: at(minutes),
  newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
  rules: { ...rules, holdSeconds },
  offered,
});
const room = bookedRoom(start, {
  startUtc: at(30 * day),
  endUtc: at(30 * day + 60),
  policy: { ...strict, proposalTtlHours: 480 },
});

/** Plays commands one after the other; a Refusal leaves the room as it is. */
class Play {
  room = room;
  offered: OfferedMail[] = [];
  do(minutes: number, command: Command): RoomEvent[] | Refusal {
    const decided = decide(this.room, command, contextAt(minutes, this.offered));
    if (decided instanceof Refusal) return decided;
    this.room = decided.reduce<Room>(evolve, this.room);
    for (const event of decided)
      if (event.type === 'LinkOffered') this.offered.push({ role: event.role, at: at(minutes) });
    return decided;
  }
}
let times = 0;
const propose = (role: Role): Command => ({
  type: 'Propose',
  role,
  startUtc: at(20 * day + 60 * ++times),
  endUtc: at(20 * day + 60 * times + 30),
  note: null,
  counterSequence: null,
});
const counter = (role: Role, over: { sequence?: number; startUtc?: Date } = {}): Command => ({
  type: 'Counter',
  answer: {
    role,
    mailId: 'mail',
    sequence: over.sequence ?? 0,
    dtstamp: at(0),
    receivedAt: null,
    echoOf: null,
    contentKey: null,
    startUtc: null,
    endUtc: null,
    requests: [],
  },
  startUtc: over.startUtc ?? at(20 * day + 60 * ++times),
  endUtc: null,
  note: null,
});
const words = (role: Role, startUtc: Date): Command => ({
  type: 'AnswerText',
  role,
  mailId: 'mail',
  wish: { intent: 'propose', proposedTimes: [{ startUtc: startUtc.toISOString(), endUtc: null }] },
  before: { today: 0, ever: 0, same: false },
});
const typesOf = (decided: RoomEvent[] | Refusal): string[] =>
  decided instanceof Refusal ? [`refused ${decided.code}`] : decided.map((each) => each.type);
const whysOf = (decided: RoomEvent[] | Refusal): string[] =>
  decided instanceof Refusal
    ? []
    : decided.flatMap((each) => (each.type === 'AnswerIgnored' ? (each.why.split(':')[0] ?? '') : []));

describe('proposals', () => {
  it('are five in rolling 24 hours for each role; the sixth is refused with the time when it can be made', () => {
    const play = new Play();
    for (let n = 0; n < 5; n++) expect(typesOf(play.do(n * 100, propose('guest')))).toContain('Proposed');
    const refused = play.do(500, propose('guest'));
    expect(refused).toMatchObject({ code: 'too-many-proposals', status: 429 });
    expect((refused as Refusal).retry).toEqual({ at: at(day), afterSeconds: (day - 500) * 60 });
    expect(typesOf(play.do(501, propose('host')))).toContain('Proposed');
    expect(typesOf(play.do(day - 1, propose('guest')))).toEqual(['refused too-many-proposals']);
    expect(typesOf(play.do(day, propose('guest')))).toContain('Proposed');
    expect(typesOf(play.do(day + 1, propose('guest')))).toEqual(['refused too-many-proposals']);
  });

  it('by COUNTER count with those by link, and what is over is recorded without a letter', () => {
    const play = new Play();
    for (let n = 0; n < 5; n++)
      expect(typesOf(play.do(n * 100, n % 2 === 0 ? counter('guest') : propose('guest')))).toContain('Proposed');
    const over = play.do(450, counter('guest'));
    expect([typesOf(over), whysOf(over)]).toEqual([['AnswerIgnored'], ['too-many-proposals']]);
    expect(over).toMatchObject([{ limit: { code: 'too-many-proposals' } }]);
  });

  it('that are refused do not count', () => {
    const play = new Play();
    for (let n = 0; n < 20; n++) {
      expect(play.do(n, { ...propose('guest'), startUtc: at(-60) } as Command)).toBeInstanceOf(Refusal);
      play.do(n, counter('guest', { startUtc: at(-60) }));
    }
    for (let n = 0; n < 5; n++) expect(typesOf(play.do(100 + n * 100, propose('guest')))).toContain('Proposed');
  });
});

describe('a COUNTER that is refused without being put to the other party', () => {
  it('gets one refusal letter per revision and day', () => {
    const play = new Play();
    const past = (): Command => counter('guest', { startUtc: at(-60) });
    expect(typesOf(play.do(0, past()))).toEqual(['AnswerIgnored', 'CounterRefused']);
    for (let n = 1; n < 9; n++) {
      const again = play.do(n, past());
      expect([typesOf(again), whysOf(again)]).toEqual([
        ['AnswerIgnored', 'AnswerIgnored'],
        ['start-in-past', 'refused-before'],
      ]);
    }
    expect(typesOf(play.do(day, past()))).toContain('CounterRefused');
    play.room = { ...play.room, sequence: 1, timeSequence: 1 };
    expect(typesOf(play.do(day + 1, counter('guest', { sequence: 1, startUtc: at(-60) })))).toContain('CounterRefused');
    expect(typesOf(play.do(day + 2, counter('guest', { sequence: 0 })))).not.toContain('CounterRefused');
  });

  it('does not use up the letter about a decision, which is always sent', () => {
    const play = new Play();
    play.do(0, counter('guest', { startUtc: at(-60) }));
    play.do(1, counter('guest'));
    const { proposalId } = play.room.proposals.find((each) => each.status === 'pending') ?? { proposalId: '' };
    expect(typesOf(play.do(2, { type: 'Decide', proposalId, decision: 'decline', by: 'host' }))).toEqual(['Declined']);
  });
});

describe('mails to one attendee that they did not cause', () => {
  it('are six an hour: proposals and answers to mails count together, and what is over is not sent', () => {
    const play = new Play();
    for (let n = 0; n < 3; n++) expect(typesOf(play.do(n, words('host', at(10 * day + n))))).toEqual(['LinkOffered']);
    for (let n = 0; n < 3; n++) expect(typesOf(play.do(10 + n, propose('guest')))).toContain('Proposed');
    const refused = play.do(20, propose('guest'));
    expect(refused).toMatchObject({ code: 'mail-limit', status: 429, retry: { at: at(60) } });
    const countered = play.do(21, counter('guest'));
    expect([typesOf(countered), whysOf(countered)]).toEqual([['AnswerIgnored'], ['mail-limit']]);
    expect(whysOf(play.do(22, words('host', at(11 * day))))).toEqual(['mail-limit']);
    const claim = { partstat: 'declined', sequence: 0, startUtc: null, endUtc: null, note: null } as const;
    const before = { today: 0, ever: 0, same: false };
    expect(whysOf(play.do(23, { type: 'AskToConfirm', role: 'host', mailId: 'mail', claim, before }))).toEqual([
      'mail-limit',
    ]);
    const pastHost = play.do(24, counter('host', { startUtc: at(-60) }));
    expect(whysOf(pastHost)).toEqual(['start-in-past', 'mail-limit']);
    // The guest's own mailbox is another one.
    expect(typesOf(play.do(25, words('guest', at(11 * day))))).toEqual(['LinkOffered']);
    expect(typesOf(play.do(60, propose('guest')))).toContain('Proposed');
  });

  it('are twenty a day', () => {
    const play = new Play();
    play.offered = Array.from({ length: 20 }, (_, n) => ({ role: 'host' as const, at: at(n * 60) }));
    expect(play.do(20 * 60, propose('guest'))).toMatchObject({ code: 'mail-limit', retry: { at: at(day) } });
    play.offered = play.offered.slice(1);
    expect(typesOf(play.do(20 * 60, propose('guest')))).toContain('Proposed');
  });

  it('never keep back the letters that the room owes', () => {
    const play = new Play();
    play.offered = Array.from({ length: 6 }, () => ({ role: 'host' as const, at: at(0) }));
    expect(typesOf(play.do(1, { type: 'Refresh', role: 'host', mailId: 'mail' }))).toEqual(['Resent']);
    expect(typesOf(play.do(2, { type: 'Delete', reason: null }))).toEqual(['Cancelled']);
  });
});

describe('an approval that waits to take effect', () => {
  const held = (decision: 'approve' | 'decline'): Play => {
    const play = new Play();
    play.do(0, propose('guest'));
    const { proposalId = '' } = play.room.proposals[0] ?? {};
    play.do(1, { type: 'OpenDecisionLink', proposalId, decision });
    return play;
  };

  it.each([
    ['a proposal', propose],
    ['a COUNTER', (role: Role) => counter(role)],
  ])('ends with %s that replaces what it approved, and the event tells it to both', (_what, next) => {
    const play = held('approve');
    const [older] = play.room.proposals;
    const events = play.do(1, next('guest'));
    expect(events).toMatchObject([
      { type: 'Expired', cause: 'replaced' },
      { type: 'Proposed', undone: { startUtc: older?.startUtc, endUtc: older?.endUtc } },
    ]);
  });

  it('is not mentioned where nothing was approved', () => {
    expect(held('decline').do(1, propose('guest'))).toMatchObject([{ type: 'Expired' }, { undone: null }]);
    expect(new Play().do(1, propose('guest'))).toMatchObject([{ undone: null }]);
  });
});
