// The hosts and guests of a measurement: what a platform asks for them, and the answers their calendars send.
// Used by every measurement; no two rooms share a person.
import { randomUUID } from 'node:crypto';
import { type Client, replyAs } from '../../apps/standalone/src/simulator/reply-as';
import { writeAs } from '../../apps/standalone/src/simulator/write-as';
import { readInvitation } from '../../apps/standalone/src/simulator/invitation';
import type { Stage } from './stage';

export interface BookedRoom {
  roomId: string;
  uid: string;
  host: string;
  guest: string;
  /** When the booking was asked for: milliseconds since 1970 with fractions. */
  askedAt: number;
}

export const clock = (): number => performance.timeOrigin + performance.now();

const guestOf = (email: string): object => ({ email, name: 'Gil Guest', timeZone: 'America/New_York' });

async function create(stage: Stage, withGuest: boolean): Promise<BookedRoom> {
  const word = randomUUID();
  const [host, guest] = [`host-${word}@hosts.test`, `guest-${word}@guests.test`];
  const askedAt = clock();
  const answer = await stage.platform('/api/practice-room/create', {
    startUtc: '2031-05-05T10:00:00Z',
    endUtc: '2031-05-05T11:00:00Z',
    host: { email: host, name: 'Hana Host', timeZone: 'Europe/Berlin' },
    ...(withGuest ? { guest: guestOf(guest) } : {}),
  });
  const { roomId, uid } = JSON.parse(answer) as { roomId: string; uid: string };
  return { roomId, uid, host, guest, askedAt };
}

/** One booking over HTTP: create and book at once, which owes two invitations. */
export const book = (stage: Stage): Promise<BookedRoom> => create(stage, true);

/** A room without a guest: nobody is written to. */
export const open = (stage: Stage): Promise<BookedRoom> => create(stage, false);

/** Books a room that exists. */
export async function bookOpen(stage: Stage, room: BookedRoom): Promise<BookedRoom> {
  const askedAt = clock();
  await stage.platform('/api/practice-room/book', { roomId: room.roomId, guest: guestOf(room.guest) });
  return { ...room, askedAt };
}

export interface Answer {
  raw: Buffer;
  envelopeFrom: string;
  /** Who answers. */
  from: string;
  /** Whether it is a calendar's acceptance, which shows as a partstat. */
  accepts: boolean;
}

/**
 * Google's answers to the invitations of these rooms, both parties', made before they are sent: writing them is no
 * part of what is measured.
 */
export function acceptances(stage: Stage, rooms: readonly BookedRoom[]): Answer[] {
  if (!stage.relay.sample) throw new Error('no invitation has come yet');
  const like = readInvitation(stage.relay.sample);
  return rooms.flatMap(({ uid, host, guest }) =>
    [host, guest].map((from) => ({
      ...replyAs(
        'google',
        { ...like, uid, attendee: { email: from, name: like.attendee.name } },
        { kind: 'accept' },
        { now: new Date(), id: randomUUID() },
      ),
      from,
      accepts: true,
    })),
  );
}

const answering: readonly Client[] = ['google', 'outlook', 'apple', 'thunderbird', 'sogo'];
const sayings = [
  'Yes, that works for me, see you then.',
  'Thursday is better for me, could we do 3 pm instead?\n\nBest\nGil',
  'Passt mir leider nicht. Geht es auch am Freitag um 15 Uhr?',
];

/**
 * What comes back to the invitations of these rooms, both parties': acceptances of five clients in turn; of every
 * twenty mails one is in words and one is a bounce.
 */
export async function mixture(stage: Stage, rooms: readonly BookedRoom[]): Promise<Answer[]> {
  const { sample } = stage.relay;
  if (!sample) throw new Error('no invitation has come yet');
  const like = readInvitation(sample);
  const letters = await messageIds(stage, rooms);
  const parties = rooms.flatMap(({ roomId, uid, host, guest }) => [host, guest].map((from) => ({ roomId, uid, from })));
  return parties.map(({ roomId, uid, from }, n): Answer => {
    const client = answering[n % answering.length] ?? 'google';
    const sending = { now: new Date(), id: randomUUID() };
    const messageId = letters.get(`${roomId} ${from}`) ?? '';
    if (n % 20 < 18) {
      const invitation = { ...like, uid, messageId, attendee: { email: from, name: like.attendee.name } };
      return { ...replyAs(client, invitation, { kind: 'accept' }, sending), from, accepts: true };
    }
    const letter = sample
      .toString('latin1')
      .replaceAll(like.messageId ?? '', messageId)
      .replaceAll(like.attendee.email, from);
    const text = sayings[Math.floor(n / 20) % sayings.length] ?? '';
    const written = n % 20 === 18 ? ({ kind: 'text', text } as const) : ({ kind: 'bounce' } as const);
    return { ...writeAs(client, Buffer.from(letter, 'latin1'), written, sending), from, accepts: false };
  });
}

/** By room and address, without the angle brackets. */
async function messageIds(stage: Stage, rooms: readonly BookedRoom[]): Promise<Map<string, string>> {
  const rows = await stage.db.query<{ room_id: string; attendee_email: string; message_id: string }>(
    'select room_id, attendee_email, message_id from letters where room_id = any($1::uuid[])',
    [rooms.map(({ roomId }) => roomId)],
  );
  return new Map(rows.map((row) => [`${row.room_id} ${row.attendee_email}`, row.message_id.slice(1, -1)]));
}
