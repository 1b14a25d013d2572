// The effects of an act on a room, in sentences that an operator reads before the act.
// Pure; called by acts.page.ts. Each sentence must match what decide and the sender do.
import type { Role } from '#contracts';
import { invitationOf, isBooked, pendingProposals, type Room } from '../rooms/room';

const closes = (room: Room): string[] =>
  pendingProposals(room).length === 0 ? [] : ['A request for another time that waits for an answer is closed.'];

const isOver = ['The room is cancelled: nothing happens any more.'];

export function cancelEffects(room: Room): string[] {
  if (room.status === 'cancelled') return isOver;
  if (!isBooked(room)) return ['Cancels the room. Nobody has booked it, so nobody is mailed.'];
  return [
    'Cancels for both and mails both: their calendars take the meeting out.',
    'It cannot be undone; a new meeting needs a new room.',
    ...closes(room),
  ];
}

export function rescheduleEffects(room: Room): string[] {
  if (room.status === 'cancelled') return isOver;
  if (!isBooked(room)) return ['Moves the room. Nobody has booked it, so nobody is mailed.'];
  return [
    'Moves the meeting for both and mails both the new time.',
    'Both are asked again: what they have answered no longer counts.',
    ...closes(room),
  ];
}

export function attendeeEffects(room: Room, role: Role): string[] {
  if (room.status === 'cancelled') return isOver;
  const name = 'Name, time zone or language alone: nobody is mailed.';
  if (!isBooked(room)) return ['A new address: nobody is mailed before the room is booked.', name];
  return [
    'A new address: the old one is mailed a cancellation if it was ever sent an invitation, and its links stop ' +
      `working. The new one is mailed an invitation, and the ${role} has not answered any more.`,
    'The other party is mailed nothing, unless a request of theirs for another time is closed by it.',
    name,
  ];
}

export function resendEffects(room: Room, role: Role): string[] {
  const { email = '' } = invitationOf(room, role) ?? {};
  return room.status === 'cancelled'
    ? [`Mails the cancellation once more, to ${email} alone.`]
    : [
        `Mails the current invitation once more, to ${email} alone, with fresh links.`,
        'Their calendar takes it as the meeting that it has; their answer stays.',
      ];
}
