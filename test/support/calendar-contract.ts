// What every CalendarService must keep (apps/notification-sender/src/render/calendar.service.ts), as checks that any
// implementation can be put through.
// Used by calendar-contract.spec.ts; an implementation brings a way to look into its attendees' calendars and to
// break its provider.
import { randomUUID } from 'node:crypto';
import { letterId, letterMessageId, type RoomSnapshot } from '#contracts';
import type { CalendarService } from '../../apps/notification-sender/src/render/calendar.service';
import type { LeasedLetter } from '../../apps/notification-sender/src/ledger/leased-letter';
import type { Letter } from '../../apps/notification-sender/src/letters/letter';
import { lettersFor } from '../../apps/notification-sender/src/letters/letters';
import { event, invitation, proposal, room } from './sender-events';

/** One meeting as an attendee's calendar shows it. */
export interface Entry {
  uid: string;
  title: string;
  startUtc: string;
  endUtc: string;
  location: string | null;
  /** Everybody the entry names beside the organizer. */
  people: string[];
  /** All the words that came with it. */
  words: string;
}

export interface CalendarUnderTest {
  service: CalendarService;
  /** What stands in that person's calendar now, cancelled meetings left out. */
  entries(email: string): Promise<Entry[]>;
  /** From now on the provider refuses for now, for good, or no longer. */
  refuse(how: 'for-now' | 'for-good' | null): void;
  end(): Promise<void>;
}

/** A check throws Error with what it saw. */
export type Check = (calendar: CalendarUnderTest) => Promise<void>;

function must(holds: boolean, what: string, seen: unknown): void {
  if (!holds) throw new Error(`${what}; seen: ${JSON.stringify(seen)}`);
}

/** A room of two new people. */
function newRoom(): RoomSnapshot {
  const who = randomUUID().slice(0, 8);
  const invitations = [
    invitation('host', { email: `host-${who}@hosts.test`, name: `Hana ${who}` }),
    invitation('guest', { email: `guest-${who}@guests.test`, name: `Gil ${who}` }),
  ];
  return room({ title: `Practice ${who}`, location: 'Room 7', invitations });
}

let clock = Date.parse('2026-11-23T12:00:00Z');
function claimed(letter: Letter): LeasedLetter {
  const { room: about, to, method, sequence, occasion } = letter;
  const id = letterId({ uid: about.uid, sequence, invitationId: to.invitationId, method, occasion });
  const at = new Date((clock += 1_000));
  const facts = {
    letterId: id,
    messageId: letterMessageId(id, 'scheduling@central.example'),
    firstMessageId: null,
    dtstamp: at,
    writtenAt: at,
  };
  const ids = {
    roomId: about.roomId,
    invitationId: to.invitationId,
    role: to.role,
    eventId: randomUUID(),
    correlationId: randomUUID(),
  };
  return { facts, content: letter, ...ids, method, sequence, occasion, attempts: 1, putOff: 0, ageMs: 0 };
}

const booked = (of: RoomSnapshot): LeasedLetter[] =>
  lettersFor(event('RoomBooked', { room: of }), { room: null }).map(claimed);
const cancelled = (of: RoomSnapshot): LeasedLetter[] =>
  lettersFor(
    event('RoomCancelled', {
      room: { ...of, sequence: of.sequence + 1, status: 'cancelled' },
      cause: 'deleted',
      by: null,
      reason: null,
    }),
    { room: null },
  ).map(claimed);
function moved(of: RoomSnapshot): { room: RoomSnapshot; letters: LeasedLetter[] } {
  const later = {
    ...of,
    sequence: of.sequence + 1,
    startUtc: '2026-12-02T13:00:00.000Z',
    endUtc: '2026-12-02T14:00:00.000Z',
  };
  const data = { room: later, proposalId: randomUUID(), previousStartUtc: of.startUtc, previousEndUtc: of.endUtc };
  return { room: later, letters: lettersFor(event('RoomRescheduled', data), { room: null }).map(claimed) };
}

async function send(calendar: CalendarUnderTest, letters: LeasedLetter[]): Promise<void> {
  for (const letter of letters) {
    const outcome = await calendar.service.send(letter);
    must(outcome.result === 'sent', `a ${letter.method} is brought`, outcome);
  }
}

const emailsOf = (of: RoomSnapshot): string[] => of.invitations.map((each) => each.email);

/** Name → check. */
export const calendarContract: Record<string, Check> = {
  'a booking is one entry with its UID, words and time in each of the two calendars': async (calendar) => {
    const of = newRoom();
    await send(calendar, booked(of));
    for (const email of emailsOf(of)) {
      const entries = await calendar.entries(email);
      const [{ uid, title, startUtc, endUtc, location } = {} as Partial<Entry>] = entries;
      must(entries.length === 1, 'one entry', entries);
      must(
        uid === of.uid &&
          title === of.title &&
          startUtc === of.startUtc &&
          endUtc === of.endUtc &&
          location === of.location,
        'the room as it is',
        entries,
      );
    }
  },
  'nobody sees anything of the other party': async (calendar) => {
    const of = newRoom();
    await send(calendar, booked(of));
    const [host, guest] = of.invitations;
    for (const [mine, other] of [
      [host, guest],
      [guest, host],
    ]) {
      const [entry] = await calendar.entries(mine?.email ?? '');
      must(entry?.people.join() === mine?.email, 'the attendee alone', entry?.people);
      const all = JSON.stringify(entry);
      must(!all.includes(other?.email ?? '') && !all.includes(other?.name ?? ''), 'neither address nor name', all);
    }
  },
  'a new time moves the entry and makes no second one': async (calendar) => {
    const of = newRoom();
    await send(calendar, booked(of));
    const later = moved(of);
    await send(calendar, later.letters);
    for (const email of emailsOf(of)) {
      const entries = await calendar.entries(email);
      must(
        entries.length === 1 && entries[0]?.startUtc === later.room.startUtc && entries[0].endUtc === later.room.endUtc,
        'one entry at the new time',
        entries,
      );
    }
  },
  'the same letter again changes nothing': async (calendar) => {
    const of = newRoom();
    const letters = booked(of);
    await send(calendar, letters);
    const before = await Promise.all(emailsOf(of).map((email) => calendar.entries(email)));
    await send(calendar, letters);
    const after = await Promise.all(emailsOf(of).map((email) => calendar.entries(email)));
    must(JSON.stringify(after) === JSON.stringify(before), 'what was there', after);
  },
  'a letter that comes late does not undo a newer one': async (calendar) => {
    const of = newRoom();
    const first = booked(of);
    const later = moved(of);
    await send(calendar, later.letters);
    await send(calendar, first);
    for (const email of emailsOf(of)) {
      const entries = await calendar.entries(email);
      must(entries.length === 1 && entries[0]?.startUtc === later.room.startUtc, 'the newer time', entries);
    }
  },
  'a cancel takes the entry away, from that calendar alone': async (calendar) => {
    const [of, other] = [newRoom(), newRoom()];
    await send(calendar, [...booked(of), ...booked(other), ...cancelled(of)]);
    for (const email of emailsOf(of))
      must((await calendar.entries(email)).length === 0, 'no entry', await calendar.entries(email));
    for (const email of emailsOf(other))
      must((await calendar.entries(email)).length === 1, "another room's entry stays", await calendar.entries(email));
  },
  'a proposal changes no calendar': async (calendar) => {
    const of = newRoom();
    await send(calendar, booked(of));
    const before = await Promise.all(emailsOf(of).map((email) => calendar.entries(email)));
    const link = {
      linkId: randomUUID(),
      keyId: of.invitations[0]?.rescheduleLink?.keyId ?? '',
      expiresAt: '2026-12-01T09:00:00.000Z',
    };
    const asked = event('ProposalCreated', {
      room: of,
      proposal: proposal(),
      approveLink: { ...link, purpose: 'approve' },
      declineLink: { ...link, purpose: 'decline' },
      replaced: null,
    });
    await send(calendar, lettersFor(asked, { room: of }).map(claimed));
    const after = await Promise.all(emailsOf(of).map((email) => calendar.entries(email)));
    must(
      JSON.stringify(after.flat().map(({ uid, startUtc }) => [uid, startUtc])) ===
        JSON.stringify(before.flat().map(({ uid, startUtc }) => [uid, startUtc])),
      'what was there',
      after,
    );
  },
  'a fault that passes is deferred with a wait, and the letter gets through afterwards': async (calendar) => {
    const of = newRoom();
    const letters = booked(of);
    calendar.refuse('for-now');
    for (const letter of letters) {
      const outcome = await calendar.service.send(letter);
      must(outcome.result === 'deferred' && outcome.waitMs >= 0, 'deferred with a wait', outcome);
    }
    calendar.refuse(null);
    await send(calendar, letters);
    for (const email of emailsOf(of))
      must((await calendar.entries(email)).length === 1, 'one entry', await calendar.entries(email));
  },
  'a refusal for good is failed, and says nothing of anybody': async (calendar) => {
    const of = newRoom();
    calendar.refuse('for-good');
    for (const letter of booked(of)) {
      const outcome = await calendar.service.send(letter);
      must(outcome.result === 'failed', 'failed', outcome);
      must(!emailsOf(of).some((email) => JSON.stringify(outcome).includes(email)), 'no address', outcome);
    }
    calendar.refuse(null);
  },
  'content that nobody can read is failed, never thrown': async (calendar) => {
    const [letter] = booked(newRoom());
    if (!letter) throw new Error('no letter');
    const outcome = await calendar.service.send({ ...letter, content: { of: 'another version' } });
    must(outcome.result === 'failed', 'failed', outcome);
  },
};
