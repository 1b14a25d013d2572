// Decides what a COUNTER does: it is put to the other party like the form's request, or refused with a DECLINECOUNTER.
// Called by decide-proposals.ts. The rules are R21-R23 of the facts (RFC 5546 3.2.7).
import { type Context, longerThanNothing, proposeLink } from './context';
import {
  currentRequestOnce,
  futureWhy,
  isRepeat,
  isStale,
  type MailAnswer,
  sequenceOf,
  staleWhy,
  terminalWhy,
} from './decide-answers';
import { counterRefusalLimit } from './decide-limits';
import { endAsLong } from './decide-options';
import { newProposal, propose } from './decide-propose';
import { invitationOf, type Room, type RoomEvent } from './room';
import { Refusal } from './refusal';

export interface CounterCommand {
  type: 'Counter';
  answer: MailAnswer;
  startUtc: Date;
  endUtc: Date | null;
  note: string | null;
}

/** The same COUNTER under another Message-ID is a copy: it is neither put to the other party nor refused again. */
export function counterOnce(room: Room, command: CounterCommand, context: Context): RoomEvent[] {
  const { role, contentKey } = command.answer;
  const invited = invitationOf(room, role);
  if (invited && isRepeat(invited, contentKey)) return [{ type: 'AnswerRepeated', role, order: null }];
  return counter(room, command, context).map((event) =>
    event.type === 'Proposed' || event.type === 'CounterRefused' ? { ...event, contentKey } : event,
  );
}

/** R21–R23. Its PARTSTAT was dropped by the ingestor: a COUNTER is never consent and never a decline. */
function counter(room: Room, command: CounterCommand, context: Context): RoomEvent[] {
  const { role, mailId } = command.answer;
  const invited = invitationOf(room, role);
  if (!invited) return [];
  const ignored = (why: string): RoomEvent[] => [{ type: 'AnswerIgnored', role, why }];
  const terminal = terminalWhy(room, context.now);
  if (terminal !== null) return ignored(terminal);
  // DTSTART of a COUNTER is the proposal, so it cannot stand in for a missing SEQUENCE.
  const sequence = sequenceOf(room, { sequence: command.answer.sequence ?? 0, startUtc: null });
  const endUtc = command.endUtc ?? endAsLong(room, command.startUtc);
  if (sequence > room.sequence) return ignored(futureWhy(sequence, room));
  const wanted = { role, startUtc: command.startUtc, endUtc, note: command.note, counterSequence: sequence };
  if (isStale(sequence, room)) {
    const why = staleWhy(sequence, room);
    return [
      ...ignored(why),
      ...refuseCounter(room, wanted, 'older-sequence', context),
      ...currentRequestOnce(room, invited, mailId, context),
    ];
  }
  const outcome = propose(room, { type: 'Propose', ...wanted }, context);
  if (!(outcome instanceof Refusal)) return outcome;
  const { why } = outcome;
  if (outcome.status === 429) return [{ type: 'AnswerIgnored', role, why, limit: outcome }];
  return outcome.code === 'no-new-time'
    ? ignored(why)
    : [...ignored(why), ...refuseCounter(room, wanted, outcome.code, context)];
}

/**
 * Records a COUNTER that cannot be put to the other party as a declined proposal, so that the proposer gets a
 * DECLINECOUNTER and a reason.
 */
function refuseCounter(
  room: Room,
  wanted: Parameters<typeof newProposal>[1],
  why: string,
  context: Context,
): RoomEvent[] {
  const limit = counterRefusalLimit(room, wanted.role, context);
  if (limit !== null) return [{ type: 'AnswerIgnored', role: wanted.role, why: limit }];
  const endUtc = longerThanNothing(wanted) ? wanted.endUtc : endAsLong(room, wanted.startUtc);
  const proposal = {
    ...newProposal(room, { ...wanted, endUtc }, context),
    status: 'declined' as const,
    decisionAt: context.now,
  };
  return [{ type: 'CounterRefused', proposal, why, link: proposeLink(room, wanted.role, room.startUtc, context) }];
}
