// Decides about creating, booking and cancelling a room.
// Called by decide.ts; a strict decline cancels through here too.
import { personKey, type Role, samePerson } from '#contracts';
import { type Context, linksToBoth, longerThanNothing } from './context';
import { fieldWithAddress } from './address-in-text';
import { invitationOf, newInvitation, pendingProposals, type Person, type Room, type RoomEvent } from './room';
import { Refusal } from './refusal';

/** The input for a new room; the controller makes the id and the UID. */
export interface RoomInput {
  room: Pick<
    Room,
    'roomId' | 'uid' | 'title' | 'startUtc' | 'endUtc' | 'location' | 'videoUrl' | 'externalId' | 'policy'
  >;
  host: Person;
  guest: Person | null;
}

export function create(command: RoomInput, context: Context): RoomEvent[] | Refusal {
  const { room: wanted, host, guest } = command;
  if (wanted.startUtc <= context.now) return new Refusal('start-in-past', '/startUtc');
  if (!longerThanNothing(wanted)) return new Refusal('end-not-after-start', '/endUtc');
  if (samePerson(host.email, context.rules.organizerEmail)) return new Refusal('is-organizer', '/host/email');
  const texts = {
    '/title': wanted.title,
    '/location': wanted.location,
    '/externalId': wanted.externalId,
    '/host/name': host.name,
  };
  const leak = fieldWithAddress(texts, [host.email]);
  if (leak !== null) return new Refusal('holds-address', leak);
  const room: Room = {
    ...wanted,
    sequence: 0,
    timeSequence: 0,
    status: 'scheduled',
    invitations: [newInvitation(context.newId(), 'host', host)],
    proposals: [],
    revision: 1,
    createdAt: context.now,
    updatedAt: context.now,
    cancelledBy: null,
    cancelReason: null,
  };
  const created: RoomEvent = { type: 'Created', room };
  if (guest === null) return [created];
  const booked = book(room, guest, context);
  return booked instanceof Refusal ? booked : [created, ...booked];
}

export function book(room: Room, guest: Person, context: Context): RoomEvent[] | Refusal {
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  const present = invitationOf(room, 'guest');
  if (present) return samePerson(present.email, guest.email) ? [] : new Refusal('already-booked');
  if (room.startUtc <= context.now) return new Refusal('room-started');
  if (samePerson(guest.email, context.rules.organizerEmail)) return new Refusal('is-organizer', '/guest/email');
  const host = invitationOf(room, 'host');
  if (host && personKey(host.email) === personKey(guest.email)) return new Refusal('same-person', '/guest/email');
  const texts = {
    '/title': room.title,
    '/location': room.location,
    '/externalId': room.externalId,
    '/host/name': host?.name ?? null,
  };
  const leak =
    fieldWithAddress(texts, [guest.email]) ??
    fieldWithAddress({ '/guest/name': guest.name }, [guest.email, ...(host ? [host.email] : [])]);
  if (leak !== null) return new Refusal('holds-address', leak);
  const links = linksToBoth(room, room.startUtc, context);
  return [{ type: 'Booked', guest: newInvitation(context.newId(), 'guest', guest), links }];
}

/** Cancels for both parties; pending proposals expire with it. */
export function cancel(
  room: Room,
  why: { cause: 'deleted' | 'declined'; by: Role | null; reason: string | null },
  context: Context,
): RoomEvent[] {
  return [
    ...pendingProposals(room).map(({ proposalId }): RoomEvent => ({
      type: 'Expired',
      proposalId,
      cause: 'room-cancelled',
      at: context.now,
      link: null,
    })),
    { type: 'Cancelled', ...why },
  ];
}
