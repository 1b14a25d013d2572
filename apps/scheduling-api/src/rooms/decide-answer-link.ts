// Decides what an answer on the page of the answer link does: it counts like one by mail, with its arrival as DTSTAMP.
// Called by decide.ts; the order of answers is that of decide-answers.ts. Contract, section 7.4.
import { stripAddresses } from '#privacy';
import type { Partstat, Role } from '#contracts';
import type { Context } from './context';
import { counted, isRepeat, isStale, repeated, unfitWhy } from './decide-answers';
import { type AnswerOrder, invitationOf, type Room, type RoomEvent } from './room';
import { Refusal } from './refusal';

export interface AnswerCommand {
  type: 'AnswerByLink';
  role: Role;
  /** The room's sequence that the link was mailed for. */
  linkSequence: number;
  partstat: Exclude<Partstat, 'needs-action'>;
  /** What the attendee writes to the organizer with a decline; null where nothing was written. */
  note: string | null;
}

/** Why the link is closed, or null while it is open. The page follows the same rule. */
export function answerClosedWhy(room: Room, linkSequence: number, now: Date): Refusal | null {
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  if (isStale(linkSequence, room)) return new Refusal('answer-outdated');
  return room.startUtc <= now ? new Refusal('answer-too-late') : null;
}

/** A note is allowed with a decline only where the decline does not cancel the session. */
export const mayWriteNote = (room: Room): boolean => room.policy.onDecline === 'soft';

export function answerByLink(room: Room, command: AnswerCommand, context: Context): RoomEvent[] | Refusal {
  const { role, partstat, linkSequence } = command;
  const invited = invitationOf(room, role);
  if (!invited) return new Refusal('link-unknown');
  const closed = answerClosedWhy(room, linkSequence, context.now);
  if (closed !== null) return closed;
  const text = noteOf(room, command);
  if (text instanceof Refusal) return text;
  // An answer on the page is about the current state of the room, which the page shows.
  const order: AnswerOrder = { sequence: room.sequence, dtstamp: context.now, arrivedAt: context.now };
  const contentKey = text === '' ? `page ${room.sequence} ${partstat}` : null;
  if (isRepeat(invited, contentKey)) return [repeated(invited, order)];
  const unfit = unfitWhy(invited, order, partstat);
  if (unfit !== null) return [{ type: 'AnswerIgnored', role, why: unfit }];
  const { invitationId } = invited;
  const note = text === '' ? null : { noteId: context.newId(), invitationId, role, text, at: context.now };
  return counted(room, { type: 'Answered', role, partstat, order, contentKey, byLink: { note } }, context);
}

/** The note as it is stored; empty where there is none. */
function noteOf(room: Room, { note, partstat }: AnswerCommand): string | Refusal {
  const text = note === null ? '' : stripAddresses(note).trim();
  if (text === '') return '';
  return partstat === 'declined' && mayWriteNote(room) ? text : new Refusal('note-not-taken', '/note');
}
