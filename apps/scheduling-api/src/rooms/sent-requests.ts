// Finds the REQUESTs that attendees were sent, for replies without SEQUENCE: which REQUEST they answer is decided by
// their time.
// Called by mail.consumer.ts in the transaction of the command; reads the sender's ledger and writes nothing.
import type { Role } from '#contracts';
import type { Queryable } from '#persistence';
import type { SentRequest } from './decide-answers';
import type { RoomCommand } from './rooms.store';

/** The same commands, each reply without SEQUENCE with the letters of its attendee. */
export async function withSentRequests<A extends RoomCommand & { roomId: string }>(
  tx: Queryable,
  asks: A[],
): Promise<A[]> {
  const roomIds = asks.filter(({ command }) => isWithoutSequence(command)).map(({ roomId }) => roomId);
  if (roomIds.length === 0) return asks;
  const rows = await tx.query<SentRequest & { roomId: string; role: Role }>(
    `select i.room_id as "roomId", i.attendee_role as role, l.sequence, l.dtstamp
       from invitations i join letters l on l.invitation_id = i.id
      where i.room_id = any($1::uuid[]) and l.method = 'REQUEST' and l.dtstamp is not null`,
    [roomIds],
  );
  return asks.map((ask) => {
    if (!isWithoutSequence(ask.command)) return ask;
    const { answer } = ask.command;
    const requests = rows.filter(({ roomId, role }) => roomId === ask.roomId && role === answer.role);
    return { ...ask, command: { ...ask.command, answer: { ...answer, requests } } };
  });
}

const isWithoutSequence = (
  command: RoomCommand['command'],
): command is Extract<RoomCommand['command'], { type: 'Reply' }> =>
  command.type === 'Reply' && command.answer.sequence === null;
