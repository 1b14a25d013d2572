// The order of one attendee's answers and COUNTERs on the pure functions (contract, section 7.1): what counts, what
// is a copy, what is outdated.
import fc from 'fast-check';
import type { Partstat } from '#contracts';
import type { Context } from './context';
import { type Command, decide } from './decide';
import type { MailAnswer } from './decide-answers';
import { applied, creation, rules, strict } from './decide.fixture';
import { Refusal } from './refusal';
import { evolve, invitationOf, type Room, type RoomEvent } from './room';

const now = new Date('2026-12-01T09:00:00.000Z');
const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);
const start = at(24 * 3_600);
const context: Context = {
  now: at(3_600),
  newId: () => '00000000-0000-4000-8000-000000000000',
  rules,
};
const created = creation(start, at(25 * 3_600), { ...strict, onDecline: 'soft' });

function run(room: Room | null, ...commands: Command[]): { room: Room; events: RoomEvent[] } {
  let done: { room: Room | null; events: RoomEvent[] } = { room, events: [] };
  for (const command of commands) done = applied(done.room, command, context);
  if (!done.room) throw new Error('no room');
  return { room: done.room, events: done.events };
}
const booked = (over: Partial<Room> = {}): Room => ({ ...run(null, created).room, ...over });
const answer = (over: Partial<MailAnswer>): MailAnswer => ({
  role: 'guest',
  mailId: '22222222-2222-4222-8222-222222222222',
  sequence: 0,
  dtstamp: at(10),
  receivedAt: at(11),
  echoOf: null,
  contentKey: null,
  startUtc: start,
  endUtc: null,
  requests: [],
  ...over,
});
const reply = (partstat: Partstat, over: Partial<MailAnswer> = {}): Command => ({
  type: 'Reply',
  partstat,
  answer: answer({ contentKey: partstat, ...over }),
});
const counter = (hours: number, over: Partial<MailAnswer> = {}): Command => ({
  type: 'Counter',
  answer: answer({ contentKey: `counter ${hours}`, ...over }),
  startUtc: at(hours * 3_600),
  endUtc: at((hours + 1) * 3_600),
  note: null,
});
const guestIn = (room: Room): Partstat | undefined => invitationOf(room, 'guest')?.partstat;
const types = (events: RoomEvent[]): string[] => events.map((each) => each.type);

describe('answers of one attendee', () => {
  it('accept, tentative, accept of one DTSTAMP end as accepted', () => {
    const one = (partstat: Partstat, second: number): Command => reply(partstat, { receivedAt: at(second) });
    const { room, events } = run(booked(), one('accepted', 11), one('tentative', 12), one('accepted', 13));
    expect([types(events), guestIn(room)]).toEqual([['Answered'], 'accepted']);
  });

  it('of one DTSTAMP count in the order of their arrival, in whatever order they are handled', () => {
    const mails = [
      reply('accepted', { receivedAt: at(11), dtstamp: at(10) }),
      reply('tentative', { receivedAt: at(11.2), dtstamp: at(10.3) }),
      reply('accepted', { receivedAt: at(11.4), dtstamp: at(10) }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(mails, { minLength: 3 }), (handled) => {
        expect(guestIn(run(booked(), ...handled).room)).toBe('accepted');
      }),
    );
  });

  it('count by DTSTAMP where that differs by a second, whichever arrives first', () => {
    const declined = reply('declined', { dtstamp: at(12), receivedAt: at(13) });
    const accepted = reply('accepted', { dtstamp: at(10), receivedAt: at(14) });
    expect(guestIn(run(booked(), declined, accepted).room)).toBe('declined');
    expect(guestIn(run(booked(), accepted, declined).room)).toBe('declined');
  });

  it('are a copy where the last applied one said the same, and the copy’s time counts', () => {
    const copied = run(booked(), reply('accepted'), reply('accepted', { dtstamp: at(30), receivedAt: at(31) }));
    expect([types(copied.events), guestIn(copied.room)]).toEqual([['AnswerRepeated'], 'accepted']);
    const between = reply('tentative', { dtstamp: at(20), receivedAt: at(32) });
    expect(guestIn(run(copied.room, between).room)).toBe('accepted');
    expect(guestIn(run(copied.room, reply('tentative', { dtstamp: at(40), receivedAt: at(41) })).room)).toBe(
      'tentative',
    );
  });

  it('are not copies without a content key', () => {
    const { events } = run(booked(), reply('accepted', { contentKey: null }), reply('accepted', { contentKey: null }));
    expect(types(events)).toEqual(['Answered']);
  });

  it('of an older time get the current invitation, also where they are a copy', () => {
    const moved = { ...run(booked(), reply('accepted')).room, sequence: 1, timeSequence: 1 };
    expect(types(run(moved, reply('accepted')).events)).toEqual(['AnswerIgnored', 'Resent']);
  });
});

describe('an answer without SEQUENCE that names the current start', () => {
  const moved = booked({ sequence: 2, timeSequence: 2 });
  const requests = [
    { sequence: 0, dtstamp: at(5) },
    { sequence: 1, dtstamp: at(60) },
    { sequence: 2, dtstamp: at(120.4) },
  ];
  const bare = (over: Partial<MailAnswer>): string[] =>
    types(run(moved, reply('declined', { sequence: null, requests, ...over })).events);

  it.each<[string, Partial<MailAnswer>, string[]]>([
    ['is current where it was written after the letter of that time', { dtstamp: at(121) }, ['Answered']],
    ['or in the same second', { dtstamp: at(120) }, ['Answered']],
    ['is outdated where it is older, after a move there and back', { dtstamp: at(119) }, ['AnswerIgnored', 'Resent']],
    [
      'or where it copied the DTSTAMP of an older letter',
      { dtstamp: at(130), echoOf: at(60) },
      ['AnswerIgnored', 'Resent'],
    ],
    ['but not that of the current one', { dtstamp: at(130), echoOf: at(120) }, ['Answered']],
    [
      'is outdated where no such letter was sent yet',
      { dtstamp: at(130), requests: requests.slice(0, 2) },
      ['AnswerIgnored', 'Resent'],
    ],
    ['is outdated where it names another start', { dtstamp: at(130), startUtc: at(1) }, ['AnswerIgnored', 'Resent']],
    ['with its SEQUENCE it needs no letter', { sequence: 2, requests: [] }, ['Answered']],
  ])('%s', (_what, over, wanted) => {
    expect(bare(over)).toEqual(wanted);
  });

  it('is current where a newer title was sent instead of the letter of the time', () => {
    const retitled = booked({ sequence: 3, timeSequence: 2 });
    const sent = [
      { sequence: 0, dtstamp: at(5) },
      { sequence: 3, dtstamp: at(200) },
    ];
    const command = reply('declined', { sequence: null, requests: sent, dtstamp: at(201) });
    expect(types(run(retitled, command).events)).toEqual(['Answered']);
  });

  it('needs no letter where the meeting never moved', () => {
    expect(types(run(booked(), reply('declined', { sequence: null, dtstamp: at(-60) })).events)).toEqual(['Answered']);
  });
});

describe('a COUNTER under another Message-ID', () => {
  it('is put to the other party once', () => {
    const { events } = run(booked(), counter(30), counter(30));
    expect(types(events)).toEqual(['AnswerRepeated']);
  });

  it('is refused once', () => {
    const past = run(booked(), counter(-30));
    expect(types(past.events)).toEqual(['AnswerIgnored', 'CounterRefused']);
    expect(types(run(past.room, counter(-30)).events)).toEqual(['AnswerRepeated']);
  });

  it('counts again after another answer', () => {
    expect(types(run(booked(), counter(30), reply('tentative'), counter(30)).events)).toEqual(['Expired', 'Proposed']);
  });

  it('is a copy also where something was proposed on the page in between', () => {
    const onPage: Command = {
      type: 'Propose',
      role: 'guest',
      startUtc: at(40 * 3_600),
      endUtc: at(41 * 3_600),
      note: null,
      counterSequence: null,
    };
    expect(types(run(booked(), counter(30), onPage, counter(30)).events)).toEqual(['AnswerRepeated']);
  });
});

describe('answers on the page of the answer link and by mail', () => {
  const partstats: Partstat[] = ['accepted', 'declined', 'tentative'];
  type ChosenPartstat = Extract<Command, { type: 'AnswerByLink' }>['partstat'];
  const onPage = (room: Room, partstat: ChosenPartstat, seconds: number): Room => {
    const command: Command = { type: 'AnswerByLink', role: 'guest', linkSequence: 0, partstat, note: null };
    const decided = decide(room, command, { ...context, now: at(seconds) });
    if (decided instanceof Refusal) throw new Error(decided.code);
    return decided.reduce<Room>(evolve, room);
  };
  const byMail = (room: Room, partstat: Partstat, seconds: number): Room => {
    const reply = answer({ dtstamp: at(seconds), receivedAt: at(seconds), contentKey: `${partstat} ${seconds}` });
    const decided = decide(room, { type: 'Reply', answer: reply, partstat }, { ...context, now: at(seconds + 1) });
    if (decided instanceof Refusal) throw new Error(decided.code);
    return decided.reduce<Room>(evolve, room);
  };

  it('end as whoever follows their order of time expects: the last one holds', () => {
    const step = fc.record({ page: fc.boolean(), partstat: fc.constantFrom(...partstats) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const end = steps.reduce(
          (room, { page, partstat }, n) =>
            page ? onPage(room, partstat as ChosenPartstat, 100 + n * 5) : byMail(room, partstat, 100 + n * 5),
          booked(),
        );
        expect(invitationOf(end, 'guest')?.partstat).toBe(steps.at(-1)?.partstat);
      }),
    );
  });

  it('a mail that was written before the page was used and arrives later changes nothing', () => {
    const paged = onPage(booked(), 'accepted', 100);
    const late = answer({ dtstamp: at(90), receivedAt: at(200), contentKey: 'late' });
    const { room, events } = run(paged, { type: 'Reply', answer: late, partstat: 'declined' });
    expect(invitationOf(room, 'guest')?.partstat).toBe('accepted');
    expect(events).toMatchObject([{ type: 'AnswerIgnored', why: expect.stringContaining('older-than-last') }]);
  });
});
