// What the platform may change in a room that is made, as given–when–then on the pure functions.
import { type Command, decide } from './decide';
import type { Context } from './context';
import { rules } from './decide.fixture';
import { Refusal } from './refusal';
import { evolve, type Invitation, invitationOf, type Proposal, type Room, type RoomEvent } from './room';

const now = new Date('2026-12-01T09:00:00.000Z');
const at = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
let ids = 0;
const context = (hours = 0): Context => ({
  now: at(hours),
  newId: () => `id-${++ids}`,
  rules,
});
const invited = (role: 'host' | 'guest', over: Partial<Invitation> = {}): Invitation => ({
  invitationId: `first-${role}`,
  role,
  email: `${role}@${role}s.test`,
  name: null,
  timeZone: 'UTC',
  locale: 'en',
  partstat: 'accepted',
  answered: null,
  appliedContent: null,
  resent: null,
  ...over,
});
const room = (over: Partial<Room> = {}): Room => ({
  roomId: 'room',
  uid: 'room@acme.test',
  sequence: 1,
  timeSequence: 1,
  status: 'scheduled',
  title: 'Practice Session',
  startUtc: at(24),
  endUtc: at(25),
  location: 'Hall 1',
  videoUrl: null,
  externalId: null,
  policy: { onDecline: 'strict', proposals: 'both', proposalTtlHours: 48 },
  invitations: [invited('host'), invited('guest')],
  proposals: [],
  revision: 5,
  createdAt: at(-1),
  updatedAt: at(-1),
  cancelledBy: null,
  cancelReason: null,
  ...over,
});
const pending = (proposedBy: 'host' | 'guest', held: Proposal['held'] = null): Proposal => ({
  proposalId: `by-${proposedBy}`,
  proposedBy,
  source: 'link',
  counterSequence: null,
  roomSequence: 1,
  startUtc: at(30),
  endUtc: at(31),
  options: [{ optionId: `of-${proposedBy}`, startUtc: at(30), endUtc: at(31) }],
  chosenOptionId: null,
  note: null,
  status: 'pending',
  held,
  buttonsOnly: false,
  lapsedWhy: null,
  createdAt: now,
  expiresAt: at(20),
  decisionAt: null,
  approvedBy: null,
  insteadOf: null,
});
function run(given: Room, command: Command, hours = 0): { room: Room; events: RoomEvent[] } {
  const events = decide(given, command, context(hours));
  if (events instanceof Refusal) throw new Error(`refused: ${events.code}`);
  return { events, room: events.reduce<Room>((each, event) => evolve(each, event), given) };
}
const refusal = (given: Room, command: Command, hours = 0): [string, string | undefined] => {
  const decided = decide(given, command, context(hours));
  if (!(decided instanceof Refusal)) throw new Error('not refused');
  return [decided.code, decided.pointer];
};
const types = (events: RoomEvent[]): string[] => events.map((each) => each.type);
const move = (start: number, reason: string | null = null): Command => ({
  type: 'Reschedule',
  startUtc: at(start),
  endUtc: at(start + 1),
  reason,
});
const change = (person: Record<string, string | null>, lastCancel: number | null = null): Command => ({
  type: 'ChangeAttendee',
  role: 'guest',
  person,
  lastCancel,
});

describe('reschedule', () => {
  it('is a sequence and a time sequence up, with both answers open and a link for each', () => {
    const after = run(room(), move(48, 'hall taken, ask ann@example.org'));
    expect(after.room).toMatchObject({ sequence: 2, timeSequence: 2, startUtc: at(48), endUtc: at(49), revision: 6 });
    expect(after.room.invitations.map((each) => each.partstat)).toEqual(['needs-action', 'needs-action']);
    expect(after.events).toMatchObject([{ type: 'Rescheduled', reason: 'hall taken, ask […]', closed: [] }]);
    expect(after.events[0]).toMatchObject({
      links: [
        { role: 'host', purpose: 'propose', expiresAt: at(48) },
        { role: 'host', purpose: 'answer', expiresAt: at(48) },
        { role: 'guest', purpose: 'propose' },
        { role: 'guest', purpose: 'answer' },
      ],
    });
  });

  it('to the same time, to the second, is nothing', () => {
    expect(run(room(), move(24)).events).toEqual([]);
    const fraction = { ...room(), startUtc: new Date(at(24).getTime() + 400) };
    expect(run(fraction, move(24)).events).toEqual([]);
  });

  it('closes what is pending or held, and the page of a held decision says why', () => {
    const held = { decision: 'approve' as const, optionId: null, effectiveAt: at(0.01) };
    const after = run(room({ proposals: [pending('guest', held), pending('host')] }), move(48));
    expect(types(after.events)).toEqual(['Expired', 'Expired', 'Rescheduled']);
    expect(after.events.at(-1)).toMatchObject({ closed: ['guest', 'host'] });
    expect(after.room.proposals).toMatchObject([
      { status: 'expired', held: null, lapsedWhy: 'room-moved' },
      { status: 'expired', lapsedWhy: null },
    ]);
    expect(types(run(after.room, { type: 'SettleDue', proposalId: 'by-guest' }, 1).events)).toEqual([]);
  });

  it.each<[string, Room, Command, number, string]>([
    ['a cancelled room', room({ status: 'cancelled' }), move(48), 0, 'room-cancelled'],
    ['a started room', room(), move(48), 24, 'room-started'],
    ['a past time', room(), move(-2), 0, 'start-in-past'],
    [
      'no length',
      room(),
      { type: 'Reschedule', startUtc: at(48), endUtc: at(48), reason: null },
      0,
      'end-not-after-start',
    ],
  ])('%s is refused', (_what, given, command, hours, code) => expect(refusal(given, command, hours)[0]).toBe(code));
});

describe('update', () => {
  const update = (details: Extract<Command, { type: 'Update' }>['details']): Command => ({ type: 'Update', details });

  it('of the title keeps answers and requests, a sequence up', () => {
    const after = run(room({ proposals: [pending('guest')] }), update({ title: 'Dry Run', location: 'Hall 1' }));
    expect(after.room).toMatchObject({ sequence: 2, timeSequence: 1, title: 'Dry Run' });
    expect(after.room.invitations[0]?.partstat).toBe('accepted');
    expect(after.room.proposals[0]?.status).toBe('pending');
    expect(after.events).toMatchObject([
      { type: 'Updated', changed: ['title'], previous: { title: 'Practice Session' } },
    ]);
    const approve: Command = { type: 'Decide', proposalId: 'by-guest', decision: 'approve', by: 'host' };
    expect(types(run(after.room, approve).events)).toEqual(['Approved']);
  });

  it.each([{ location: 'Hall 2' }, { location: null }, { videoUrl: 'https://video.test/x' }])(
    'of the place (%j) opens the answers again and closes requests',
    (details) => {
      const after = run(room({ proposals: [pending('guest')] }), update(details));
      expect(types(after.events)).toEqual(['Expired', 'Updated']);
      expect(after.room).toMatchObject({ sequence: 2, timeSequence: 2, ...details });
      expect(after.room.invitations[1]?.partstat).toBe('needs-action');
    },
  );

  it('of externalId alone is a revision and no sequence; of nothing it is nothing', () => {
    const after = run(room(), update({ externalId: 'order-7' }));
    expect(after.room).toMatchObject({ sequence: 1, revision: 6, externalId: 'order-7' });
    expect(after.events).toMatchObject([{ type: 'Updated', links: [] }]);
    expect(run(room(), update({ title: 'Practice Session', location: undefined })).events).toEqual([]);
  });

  it('with an address of a party is refused', () => {
    expect(refusal(room(), update({ location: 'at guest@guests.test' }))).toEqual(['holds-address', '/location']);
  });
});

describe('another address', () => {
  it('is another invitation at the same sequence, and the old one is cancelled a sequence above', () => {
    const after = run(room(), change({ email: 'gil@guests.test', name: 'Gil' }));
    const guest = invitationOf(after.room, 'guest');
    expect(guest).toMatchObject({ email: 'gil@guests.test', name: 'Gil', partstat: 'needs-action', timeZone: 'UTC' });
    expect(guest?.invitationId).not.toBe('first-guest');
    expect(after.room).toMatchObject({ sequence: 1, timeSequence: 1, revision: 6 });
    expect(invitationOf(after.room, 'host')?.partstat).toBe('accepted');
    expect(after.events).toMatchObject([
      {
        type: 'AttendeeChanged',
        isNew: true,
        cancelSequence: 2,
        links: [{ purpose: 'propose' }, { purpose: 'answer' }],
      },
    ]);
  });

  it('ends all requests; of two only who is still there gets a link', () => {
    const after = run(room({ proposals: [pending('guest'), pending('host')] }), change({ email: 'gil@guests.test' }));
    expect(after.events).toMatchObject([
      { type: 'Expired', cause: 'proposer-changed', link: null },
      { type: 'Expired', cause: 'attendee-changed', link: { role: 'host' } },
      { type: 'AttendeeChanged' },
    ]);
  });

  it('that was cancelled before, or shares the mailbox of the old one, is invited above its CANCEL', () => {
    expect(run(room(), change({ email: 'gil@guests.test' }, 4)).room).toMatchObject({ sequence: 5, timeSequence: 1 });
    expect(run(room({ sequence: 7 }), change({ email: 'gil@guests.test' }, 4)).room.sequence).toBe(7);
    expect(run(room(), change({ email: 'guest+new@guests.test' })).room.sequence).toBe(3);
  });

  it('in other letters is no other address; name, zone and locale alone keep the invitation', () => {
    expect(run(room(), change({ email: 'GUEST@Guests.TEST' })).events).toEqual([]);
    const after = run(room(), change({ name: 'Gil', locale: 'de' }));
    expect(invitationOf(after.room, 'guest')).toMatchObject({
      invitationId: 'first-guest',
      name: 'Gil',
      partstat: 'accepted',
    });
    expect(after.events).toMatchObject([{ type: 'AttendeeChanged', isNew: false, links: [] }]);
  });

  it.each<[string, Record<string, string | null>, string, string | undefined]>([
    ['the other party', { email: 'Host+x@hosts.test' }, 'same-person', '/email'],
    ['the organizer', { email: 'scheduling+a@acme.test' }, 'is-organizer', '/email'],
    ['a name with the other address', { name: 'ask host@hosts.test' }, 'holds-address', '/name'],
  ])('%s is refused', (_what, person, ...code) => expect(refusal(room(), change(person))).toEqual(code));

  it('which stands in the title is refused', () => {
    expect(refusal(room({ title: 'with gil@guests.test' }), change({ email: 'gil@guests.test' }))[0]).toBe(
      'holds-address',
    );
  });

  it('of a guest who is not there yet is refused', () => {
    expect(refusal(room({ invitations: [invited('host')] }), change({ email: 'gil@guests.test' }))[0]).toBe(
      'room-not-booked',
    );
  });

  it('makes an answer of the old one nothing, even one that was read before the change', () => {
    const { room: changed } = run(room(), change({ email: 'gil@guests.test' }));
    const answer = {
      mailId: 'm',
      sequence: 1,
      dtstamp: at(0),
      receivedAt: at(0),
      echoOf: null,
      contentKey: null,
      requests: [],
      startUtc: null,
      endUtc: null,
      role: 'guest' as const,
    };
    const reply = (invitationId: string): Command => ({
      type: 'Reply',
      answer: { ...answer, invitationId },
      partstat: 'declined',
    });
    expect(run(changed, reply('first-guest'))).toMatchObject({
      room: { status: 'scheduled' },
      events: [{ type: 'AnswerIgnored', why: expect.stringMatching(/^attendee-changed: /) as string }],
    });
    const id = invitationOf(changed, 'guest')?.invitationId ?? '';
    expect(types(run(changed, reply(id)).events)).toEqual(['Answered', 'Cancelled']);
  });
});
