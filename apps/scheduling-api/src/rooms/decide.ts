// Decides what a command does to a room: events, or a Refusal. Pure: the store passes the room, the time and new ids.
// One line a command; the rules are in the decide-*.ts files.
import { isErased, type Partstat, type Role } from '#contracts';
import type { Context } from './context';
import { type MailAnswer, refresh, reply, resent } from './decide-answers';
import { type ChangeCommand, decideChange } from './decide-changes';
import { type AnswerCommand, answerByLink } from './decide-answer-link';
import { decideOffer, type OfferCommand } from './decide-offers';
import { book, cancel, create, type RoomInput } from './decide-booking';
import { decideProposal, type ProposalCommand } from './decide-proposals';
import { shownToBoth } from './address-in-text';
import { invitationOf, type Person, type Room, type RoomEvent } from './room';
import { Refusal } from './refusal';

export type Command =
  | ({ type: 'Create' } & RoomInput)
  | { type: 'Book'; guest: Person }
  | { type: 'Delete'; reason: string | null }
  | { type: 'Reply'; answer: MailAnswer; partstat: Partstat }
  | { type: 'Refresh'; role: Role; mailId: string; invitationId?: string }
  /** With `occasion`: an extra letter. Without: the letter that the room's state requires, if it was never sent. */
  | { type: 'SendAgain'; role: Role; occasion?: string }
  | AnswerCommand
  | OfferCommand
  | ChangeCommand
  | ProposalCommand;

/**
 * Total: every command on every room gives events (possibly none) or a Refusal, never an exception. `room` is null
 * only for Create.
 */
export function decide(room: Room | null, command: Command, context: Context): RoomEvent[] | Refusal {
  if (command.type === 'Create') return create(command, context);
  if (room === null) return new Refusal('room-not-found');
  const former = formerAttendee(room, command);
  if (former !== null) return [former];
  switch (command.type) {
    case 'Book':
      return book(room, command.guest, context);
    case 'Delete':
      return room.status === 'cancelled'
        ? []
        : cancel(room, { cause: 'deleted', by: null, reason: shownToBoth(command.reason, room) }, context);
    case 'Reply':
      return reply(room, command.answer, command.partstat, context);
    case 'Refresh':
      return refresh(room, command.role, command.mailId, context);
    case 'SendAgain':
      return [resent(room, command.role, { occasion: command.occasion ?? '', why: 'platform' }, context)];
    case 'AnswerByLink':
      return answerByLink(room, command, context);
    case 'Reschedule':
    case 'Update':
    case 'ChangeAttendee':
      return decideChange(room, command, context);
    case 'AskToConfirm':
    case 'AnswerText':
      return decideOffer(room, command, context);
    default:
      return decideProposal(room, command, context);
  }
}

/** Ignores a mail whose writer was replaced, or whose data was erased, before the mail was decided. */
function formerAttendee(room: Room, command: Command): RoomEvent | null {
  const from = 'answer' in command ? command.answer : command;
  if (!('role' in from) || !('invitationId' in from) || from.invitationId === undefined) return null;
  if (isErased(invitationOf(room, from.role)?.email ?? ''))
    return { type: 'AnswerIgnored', role: from.role, why: "erased: the writer's data was erased" };
  if (invitationOf(room, from.role)?.invitationId === from.invitationId) return null;
  return {
    type: 'AnswerIgnored',
    role: from.role,
    why: 'attendee-changed: the writer was replaced by another address',
  };
}
