// The hosts and guests of a measurement: what a platform asks for them, and the answers their calendars send.
// Used by every measurement; no two rooms share a person.
import { randomUUID } from 'node:crypto';
import { replyAs } from '../../apps/standalone/src/simulator/reply-as';
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

/** One booking over HTTP: create and book at once, which owes two invitations. */
export async function book(stage: Stage): Promise<BookedRoom> {
  const word = randomUUID();
  const [host, guest] = [`host-${word}@hosts.test`, `guest-${word}@guests.test`];
  const askedAt = clock();
  const answer = await stage.platform('/api/practice-room/create', {
    startUtc: '2031-05-05T10:00:00Z',
    endUtc: '2031-05-05T11:00:00Z',
    host: { email: host, name: 'Hana Host', timeZone: 'Europe/Berlin' },
    guest: { email: guest, name: 'Gil Guest', timeZone: 'America/New_York' },
  });
  const { roomId, uid } = JSON.parse(answer) as { roomId: string; uid: string };
  return { roomId, uid, host, guest, askedAt };
}

export interface Answer {
  raw: Buffer;
  envelopeFrom: string;
  /** Who answers. */
  from: string;
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
    })),
  );
}
