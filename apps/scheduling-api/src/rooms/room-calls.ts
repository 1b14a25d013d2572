// Carries out an API call on a room: one command in one transaction, with its Idempotency-Key and its line of the audit.
// Responds with the room.
// Called by the controllers of rooms and of the console, which parse.
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isUuid, personKey, type Role } from '#contracts';
import { appendAudit, type AuditSource, type Queryable, type Transaction } from '#persistence';
import { actorOf, Batches, currentCorrelation, sendJson } from '#service';
import { once, type PlatformRequest } from '../http/idempotency';
import { type ApiResponse, refusalResponse, refusalProblem } from '../http/responses';
import type { Command } from './decide';
import { Refusal } from './refusal';
import { countEvents } from './rooms.metrics';
import { app, type ChangedRoom, type CommandCause, type RoomCommand, RoomsStore } from './rooms.store';
import { roomView } from './room-view';
import type { RoomEvent } from './room';

/** A malformed id is a 404 like an unknown one (contract, section 2). */
export const roomIdOf = (text: string): string => {
  if (!isUuid(text)) throw refusalProblem(new Refusal('room-not-found'));
  return text.toLowerCase();
};

/** A command, or a function that makes it inside the transaction because it needs to read tables. */
export type CommandOf = Command | ((tx: Transaction) => Promise<Command>);

type CommandNamed<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** A RoomCommand that creates a room or books one. */
type CommandThatBooks = Pick<RoomCommand, 'meta'> &
  ({ roomId: null; command: CommandNamed<'Create'> } | { roomId: string; command: CommandNamed<'Book'> });

/**
 * A booking that may share its transaction with others; `changed` is its result once that is committed, null where
 * another transaction had locked its room: the others do not wait for that.
 */
interface Booking {
  ask: CommandThatBooks;
  route: string;
  changed: ChangedRoom | Refusal | null;
}

@Injectable()
export class RoomCalls {
  /** Bookings that arrive together share one commit and one statement a table; a lone one runs at once. */
  private readonly bookings = new Batches<Booking>({
    largest: 20,
    everyMs: 10,
    keyOf: ({ ask }) => (ask.roomId === null ? ask.command.room.roomId : ask.roomId),
    run: (bookings) => this.book(bookings),
  });

  constructor(private readonly rooms: RoomsStore) {}

  /**
   * Carries out a call and sends the response. Resolves with false where it was refused or is a repeat.
   */
  async run(
    request: PlatformRequest,
    roomId: string | null,
    command: CommandOf,
    status: number,
    reply: FastifyReply,
    videoFault: string | null = null,
  ): Promise<boolean> {
    const { answer, done } = await this.carryOut(request, roomId, command, status, { source: 'api', videoFault });
    await sendJson(reply, answer);
    return done;
  }

  /** The same without sending the response. `videoFault` is written to the timeline of the room. */
  async carryOut(
    request: PlatformRequest,
    roomId: string | null,
    command: CommandOf,
    status: number,
    { source, videoFault = null }: { source: AuditSource; videoFault?: string | null },
  ): Promise<{ answer: ApiResponse; done: boolean }> {
    const meta: CommandCause = { actor: actorOf(request.owner), source, correlationId: currentCorrelation() };
    const booking = videoFault === null ? bookingOf(request, { roomId, command, meta }) : null;
    if (booking) {
      await this.bookings.add(booking);
      if (booking.changed) return responseOf(booking.changed, status);
    }
    let done: RoomEvent[] | undefined;
    const answer = await this.rooms.transaction((tx) =>
      once(tx, request, async (): Promise<ApiResponse> => {
        const changed = await this.rooms.change(
          tx,
          roomId,
          typeof command === 'function' ? await command(tx) : command,
          meta,
        );
        if (roomId !== null) this.rooms.noteCall(tx, roomId, request.route, changed, meta);
        if (changed instanceof Refusal) return refusalResponse(changed);
        const fault = {
          kind: 'call',
          verdict: 'no-video-room',
          why: `video-provider: ${videoFault}`,
          ...meta,
        } as const;
        if (videoFault !== null) appendAudit(tx, app, [{ roomId: changed.room.roomId, ...fault }]);
        done = changed.events;
        return { status, body: roomView(changed) };
      }),
    );
    countEvents(done ?? []);
    return { answer, done: done !== undefined };
  }

  private async book(bookings: Booking[]): Promise<void> {
    const changed = await this.rooms.transaction(async (tx) => {
      const locked = await this.rooms.lockFree(
        tx,
        bookings.flatMap(({ ask }) => ask.roomId ?? []),
      );
      const free = bookings.filter(({ ask: { roomId } }) => roomId === null || locked.has(roomId));
      if (free.length === 0) return [];
      const each = await this.rooms.changeLocked(
        tx,
        free.map(({ ask }) => ask),
      );
      return free.map((booking, at) => {
        const outcome = each[at] ?? null;
        const { roomId, meta } = booking.ask;
        if (roomId !== null && outcome) this.rooms.noteCall(tx, roomId, booking.route, outcome, meta);
        return { booking, outcome };
      });
    });
    for (const { booking, outcome } of changed) booking.changed = outcome;
  }
}

/**
 * The booking of a call; null for what needs a transaction of its own: a call with an Idempotency-Key, which may have to
 * wait for another one with that key, and a command that reads tables.
 */
function bookingOf(
  { key, route }: PlatformRequest,
  { roomId, command, meta }: Omit<RoomCommand, 'command'> & { command: CommandOf },
): Booking | null {
  if (key !== undefined || typeof command === 'function') return null;
  if (command.type === 'Create') return { ask: { roomId: null, command, meta }, route, changed: null };
  return command.type === 'Book' && roomId !== null ? { ask: { roomId, command, meta }, route, changed: null } : null;
}

function responseOf(changed: ChangedRoom | Refusal, status: number): { answer: ApiResponse; done: boolean } {
  if (changed instanceof Refusal) return { answer: refusalResponse(changed), done: false };
  countEvents(changed.events);
  return { answer: { status, body: roomView(changed) }, done: true };
}

/** The command that changes who a party is. */
export const attendeeCommand =
  (roomId: string, role: Role, person: Extract<Command, { type: 'ChangeAttendee' }>['person']): CommandOf =>
  async (tx) => ({
    type: 'ChangeAttendee',
    role,
    person,
    lastCancel: person.email === undefined ? null : await lastCancel(tx, roomId, person.email),
  });

/** Takes the lock of the room, so that the second of two calls sees whom the first has replaced. */
async function lastCancel(tx: Queryable, roomId: string, email: string): Promise<number | null> {
  await tx.query('select 1 from practice_rooms where id = $1 for update', [roomId]);
  const [row] = await tx.query<{ last: number | null }>(
    'select max(cancel_sequence) as last from former_invitations where room_id = $1 and person_key = $2',
    [roomId, personKey(email)],
  );
  return row?.last ?? null;
}
