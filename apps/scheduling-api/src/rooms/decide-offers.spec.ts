// When a held answer or a person's words are answered with a link, and when with nothing: the pure rules, without a
// mail.
import type { Claim, EventPayload } from '#contracts';
import type { Context } from './context';
import { decideOffer, type OffersBefore } from './decide-offers';
import { bookedRoom, invited, rules } from './decide.fixture';
import type { Room, RoomEvent } from './room';

const now = new Date('2026-12-01T09:00:00.000Z');
const at = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
let ids = 0;
const context: Context = {
  now,
  newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
  rules,
};
const room = (over: Partial<Room> = {}): Room =>
  bookedRoom(now, { sequence: 2, timeSequence: 2, startUtc: new Date(at(24)), endUtc: new Date(at(25)), ...over });
const none: OffersBefore = { today: 0, ever: 0, same: false };
const claim = (over: Partial<Claim> = {}): Claim => ({
  partstat: 'declined',
  sequence: 2,
  startUtc: null,
  endUtc: null,
  note: null,
  ...over,
});
const held = (over: Partial<Claim> = {}, before: Partial<OffersBefore> = {}, of = room()): RoomEvent[] =>
  decideOffer(
    of,
    { type: 'AskToConfirm', role: 'guest', mailId: 'mail', claim: claim(over), before: { ...none, ...before } },
    context,
  );
const text = (
  wish: Partial<EventPayload<'TextReplyReceived'>> = {},
  before: Partial<OffersBefore> = {},
  of = room(),
): RoomEvent[] =>
  decideOffer(
    of,
    {
      type: 'AnswerText',
      role: 'guest',
      mailId: 'mail',
      wish: { intent: 'unclear', proposedTimes: [], ...wish },
      before: { ...none, ...before },
    },
    context,
  );
/** The page a link leads to, or why there is none. */
const gist = ([event]: RoomEvent[]): string =>
  event?.type === 'LinkOffered'
    ? event.link.purpose
    : event?.type === 'AnswerIgnored'
      ? (event.why.split(':')[0] ?? '')
      : 'nothing';

it.each<[string, RoomEvent[], string]>([
  ['a held decline is asked about', held(), 'confirm'],
  ['one that says no sequence but the current start is, too', held({ sequence: null, startUtc: at(24) }), 'confirm'],
  ['a held new time is', held({ partstat: null, startUtc: at(48) }), 'confirm'],
  ['an answer to an older time is not', held({ sequence: 1 }), 'stale-sequence'],
  ['nor one to a time that never was', held({ sequence: 3 }), 'future-sequence'],
  ['nor a new time in the past', held({ partstat: null, startUtc: at(-1) }), 'start-in-past'],
  ['nor the current time', held({ partstat: null, startUtc: at(24) }), 'no-new-time'],
  [
    'nor a new time from somebody who may not propose',
    held(
      { partstat: null, startUtc: at(48) },
      {},
      room({ policy: { onDecline: 'strict', proposals: 'host', proposalTtlHours: 48 } }),
    ),
    'proposals-not-allowed',
  ],
  ['nor the same answer twice', held({}, { same: true }), 'asked-before'],
  ['nor more than a few a day', held({}, { today: 3 }), 'rate-limited'],
  ['nor anything once the meeting is cancelled', held({}, {}, room({ status: 'cancelled' })), 'room-cancelled'],
  ['nor after its end', held({}, {}, room({ startUtc: new Date(at(-2)), endUtc: new Date(at(-1)) })), 'room-over'],
  [
    'nor before anybody is booked',
    decideOffer(
      room({ invitations: [invited('host')] }),
      { type: 'AskToConfirm', role: 'host', mailId: 'mail', claim: claim(), before: none },
      context,
    ),
    'room-not-booked',
  ],
  ['words are answered with the form', text(), 'propose'],
  ['a yes with the page that asks', text({ intent: 'accept' }), 'confirm'],
  ['a no with the page that asks', text({ intent: 'decline' }), 'confirm'],
  ['a maybe with the page that asks', text({ tentative: true }), 'confirm'],
  [
    'a maybe also where no times may be proposed',
    text({ tentative: true }, {}, room({ policy: { onDecline: 'strict', proposals: 'none', proposalTtlHours: 48 } })),
    'confirm',
  ],
  ['a maybe after unclear words is', text({ tentative: true }, { today: 1, asked: ['unclear'] }), 'confirm'],
  ['a second maybe is not', text({ tentative: true }, { today: 1, asked: ['tentative'] }), 'asked-before'],
  ['words are answered up to three times a day', text({}, { today: 3 }), 'rate-limited'],
  [
    'a second message that asks something else is answered',
    text({ intent: 'decline' }, { today: 1, asked: ['unclear'] }),
    'confirm',
  ],
  ['one that asks the same is not', text({}, { today: 1, asked: ['unclear'] }), 'asked-before'],
  [
    'one that asks for another time is',
    text(
      { intent: 'propose', proposedTimes: [{ startUtc: at(30), endUtc: null }] },
      { asked: [`propose ${at(48)}`, 'propose'] },
    ),
    'propose',
  ],
  [
    'one that asks for the same time is not',
    text({ intent: 'propose', proposedTimes: [{ startUtc: at(30), endUtc: null }] }, { asked: [`propose ${at(30)}`] }),
    'asked-before',
  ],
  ['and not for ever', text({}, { ever: 10 }), 'rate-limited'],
  [
    'words of somebody who may not propose lead nowhere',
    text({}, {}, room({ policy: { onDecline: 'strict', proposals: 'none', proposalTtlHours: 48 } })),
    'proposals-not-allowed',
  ],
  ['nor do they once the meeting runs', text({}, {}, room({ startUtc: new Date(at(-1)) })), 'room-started'],
])('%s', (_what, events, wanted) => {
  expect(events).toHaveLength(1);
  expect(gist(events)).toBe(wanted);
});

it('fills the form in with the first time that can still be had', () => {
  const proposedTimes = [at(-1), at(24), at(30), at(48)].map((startUtc) => ({ startUtc, endUtc: null }));
  expect(text({ intent: 'propose', proposedTimes })).toMatchObject([
    { type: 'LinkOffered', why: 'text', claim: { partstat: null, startUtc: at(30) } },
  ]);
  expect(text({ intent: 'propose', proposedTimes: [] })).toMatchObject([{ claim: { startUtc: null } }]);
});

it('says with the form what could not be read', () => {
  for (const unreadable of ['encrypted', 'time'] as const)
    expect(text({ intent: 'propose', unreadable })).toMatchObject([
      { type: 'LinkOffered', unreadable, asked: unreadable, link: { purpose: 'propose' } },
    ]);
  expect(text()[0]).not.toHaveProperty('unreadable');
});

it('asks about a maybe as its writer’s own answer', () => {
  expect(text({ tentative: true })).toMatchObject([
    { asked: 'tentative', claim: { partstat: 'tentative', own: true } },
  ]);
});

it('binds a yes or no in words to the meeting as it was then', () => {
  expect(text({ intent: 'decline' })).toMatchObject([
    {
      claim: { partstat: 'declined', sequence: 2 },
      link: { claim: { partstat: 'declined', sequence: 2 }, expiresAt: room().endUtc },
    },
  ]);
});
