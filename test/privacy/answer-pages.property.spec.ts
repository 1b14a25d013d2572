// What an attendee sees of the answer link is a function of their own invitation alone: pages, JSON and the calendar
// file are the same to the byte, whoever the other party is. Contract, sections 2 and 7.4. Pure functions, no clock.
import fc from 'fast-check';
import type { Partstat, Role } from '#contracts';
import { holdsAddress } from '#privacy';
import { languages } from '#words';
import { answerClosedPage, answeredPage, answerPage } from '../../apps/scheduling-api/src/links/answer.page';
import { answerResponse } from '../../apps/scheduling-api/src/links/answer.service';
import { calendarFile } from '../../apps/scheduling-api/src/links/calendar-file';
import type { LinkView } from '../../apps/scheduling-api/src/links/link-use';
import { Refusal } from '../../apps/scheduling-api/src/rooms/refusal';
import type { Invitation, Room } from '../../apps/scheduling-api/src/rooms/room';
import { senderSettings } from '../support/sender-events';

const now = new Date('2026-12-01T09:00:00.000Z');
const at = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

type Other = Pick<Invitation, 'email' | 'name' | 'timeZone' | 'locale'>;
interface Case {
  reader: Role;
  partstat: Partstat;
  status: Room['status'];
  locale: string;
  onDecline: 'strict' | 'soft';
  proposals: Room['policy']['proposals'];
}

const own: Other = { email: 'reader@own-side.example', name: 'Rea Der', timeZone: 'Europe/Berlin', locale: 'en' };
const invitation = (role: Role, person: Other, partstat: Partstat): Invitation => ({
  ...person,
  invitationId: uuid(role === 'host' ? 1 : 2),
  role,
  partstat,
  answered: null,
  appliedContent: null,
  resent: null,
});

function roomOf({ reader, partstat, status, locale, onDecline, proposals }: Case, other: Other): Room {
  const mine = invitation(reader, { ...own, locale }, partstat);
  const theirs = invitation(reader === 'host' ? 'guest' : 'host', other, 'accepted');
  return {
    roomId: uuid(3),
    uid: `${uuid(3)}@central.example`,
    sequence: 2,
    timeSequence: 1,
    status,
    title: 'Practice Session',
    startUtc: at(48),
    endUtc: at(49),
    location: 'Room 3',
    videoUrl: null,
    externalId: null,
    policy: { onDecline, proposals, proposalTtlHours: 24 },
    invitations: reader === 'host' ? [mine, theirs] : [theirs, mine],
    proposals: [],
    revision: 4,
    createdAt: now,
    updatedAt: now,
    cancelledBy: null,
    cancelReason: null,
  };
}

/** Everything that the holder of the link can be shown. */
function seenBy(given: Case, other: Other): string {
  const room = roomOf(given, other);
  const link = { token: 'own-token', linkId: uuid(5), purpose: 'answer' as const, roomId: room.roomId };
  const seen: LinkView = {
    link: {
      ...link,
      proposalId: null,
      optionId: null,
      invitationId: uuid(given.reader === 'host' ? 1 : 2),
      roomSequence: 1,
      role: given.reader,
      used: false,
      expired: false,
    },
    room,
    proposal: null,
    tokens: { propose: 'own-propose-token' },
    now,
  };
  const invited = room.invitations.find((each) => each.role === given.reader);
  if (!invited) throw new Error('no reader');
  const file = { room, invited, tagKey: null, dtstamp: now, proposeToken: 'own-propose-token' };
  const refusals = ['room-cancelled', 'answer-outdated', 'answer-too-late', 'link-expired'] as const;
  return JSON.stringify([
    answerPage(seen),
    answerPage(seen, 'note'),
    answeredPage(seen),
    ...refusals.map((code) => answerClosedPage(seen, new Refusal(code))),
    answerResponse({ seen, refusal: null, faults: [], events: [], storedResponse: null }),
    calendarFile(file, senderSettings),
  ]);
}

const cases = fc.record<Case>({
  reader: fc.constantFrom('host', 'guest'),
  partstat: fc.constantFrom('needs-action', 'accepted', 'tentative', 'declined'),
  status: fc.constantFrom('scheduled', 'cancelled'),
  locale: fc.constantFrom(...languages),
  onDecline: fc.constantFrom('strict', 'soft'),
  proposals: fc.constantFrom('both', 'host', 'guest', 'none'),
});
const others = fc.record<Other>({
  email: fc
    .tuple(fc.stringMatching(/^[a-z0-9.+_-]{5,20}$/), fc.domain())
    .map(([local, domain]) => `${local}@${domain}`),
  name: fc.option(fc.string({ minLength: 1 })),
  timeZone: fc.constantFrom('UTC', 'Asia/Tokyo', 'America/New_York'),
  locale: fc.constantFrom('en', 'de', 'ja'),
});
const another: Other = { email: 'fixed@other-side.example', name: null, timeZone: 'UTC', locale: 'en' };

it('is the same whoever the other party is, and never holds their address', () => {
  fc.assert(
    fc.property(cases, others, (given, other) => {
      const seen = seenBy(given, other);
      expect(seen).toBe(seenBy(given, another));
      expect(holdsAddress(Buffer.from(seen), another.email, [own.email, senderSettings.ORGANIZER_EMAIL])).toBe(false);
    }),
    { numRuns: 200 },
  );
});
