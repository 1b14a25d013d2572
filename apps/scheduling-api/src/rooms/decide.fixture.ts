// What the specs of decide begin with: the rules, persons, rooms, and a command applied.
// Used by the specs beside it; each says its own clock.
import type { Role } from '#contracts';
import type { Context } from './context';
import { type Command, decide } from './decide';
import { Refusal } from './refusal';
import { evolve, type Invitation, newInvitation, type Person, type Room, type RoomEvent } from './room';

export const rules: Context['rules'] = {
  organizerEmail: 'scheduling@acme.test',
  rescheduleLinkTtlHours: null,
  decisionLinks: 'one-click',
  holdSeconds: 30,
};

export const strict: Room['policy'] = { onDecline: 'strict', proposals: 'both', proposalTtlHours: 48 };

export const person = (email: string): Person => ({ email, name: null, timeZone: 'UTC', locale: 'en' });

/** A party whose id is their role. */
export const invited = (role: Role): Invitation => newInvitation(role, role, person(`${role}@x.test`));

/** A booked room without answers; `made`: when it was created. */
export const bookedRoom = (made: Date, over: Partial<Room> & Pick<Room, 'startUtc' | 'endUtc'>): Room => ({
  roomId: 'room',
  uid: 'room@acme.test',
  sequence: 0,
  timeSequence: 0,
  status: 'scheduled',
  title: 'Practice Session',
  location: null,
  videoUrl: null,
  externalId: null,
  policy: strict,
  invitations: [invited('host'), invited('guest')],
  proposals: [],
  revision: 1,
  createdAt: made,
  updatedAt: made,
  cancelledBy: null,
  cancelReason: null,
  ...over,
});

export type Create = Extract<Command, { type: 'Create' }>;

/** Makes a room for a host and a guest. */
export const creation = (startUtc: Date, endUtc: Date, policy: Room['policy'] = strict): Create => ({
  type: 'Create',
  room: {
    roomId: '11111111-1111-4111-8111-111111111111',
    uid: '11111111-1111-4111-8111-111111111111@acme.test',
    title: 'Practice Session',
    startUtc,
    endUtc,
    location: null,
    videoUrl: null,
    externalId: null,
    policy,
  },
  host: person('host@hosts.test'),
  guest: person('guest@guests.test'),
});

/** The room after a command, and what happened; throws where it is refused. */
export function applied(room: Room | null, command: Command, context: Context): { room: Room; events: RoomEvent[] } {
  const events = decide(room, command, context);
  if (events instanceof Refusal) throw new Error(`refused: ${events.code}`);
  const after = events.reduce<Room | null>(evolve, room);
  if (!after) throw new Error('no room');
  return { room: after, events };
}
