// What the specs of decide begin with: the rules, two persons, the command that makes a room, and a command applied.
// Used by the specs beside it; each says its own clock.
import type { Context } from './context';
import { type Command, decide } from './decide';
import { Refusal } from './refusal';
import { evolve, type Person, type Room, type RoomEvent } from './room';

export const rules: Context['rules'] = {
  organizerEmail: 'scheduling@acme.test',
  rescheduleLinkTtlHours: null,
  decisionLinks: 'one-click',
  holdSeconds: 30,
};

export const strict: Room['policy'] = { onDecline: 'strict', proposals: 'both', proposalTtlHours: 48 };

export const person = (email: string): Person => ({ email, name: null, timeZone: 'UTC', locale: 'en' });

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
