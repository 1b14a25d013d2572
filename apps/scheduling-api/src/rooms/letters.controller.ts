// The PRD's send-invite, send-update and send-cancel: sends the letter that the state of the room owes to one
// attendee, unless it was sent before.
// Publishes an event for the sender and responds with the Message-ID, which is known before the letter is written.
import { Controller, Inject, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { letterId, letterMessageId, samePerson } from '#contracts';
import type { Transaction } from '#persistence';
import { actorOf, currentCorrelation, sendJson } from '#service';
import { CallerGuard, NeedsScopes, RequestFor } from '../http/caller.guard';
import { once, type PlatformRequest } from '../http/idempotency';
import { type ApiResponse, refusalResponse } from '../http/responses';
import { type SchedulingApiSettings, SETTINGS } from '../settings';
import { Refusal } from './refusal';
import { parse, SendCancelRequest, SendRequest } from './requests';
import { type Invitation, isBooked, type Room } from './room';
import { type CommandCause, RoomsStore } from './rooms.store';

interface LetterInput {
  method: 'REQUEST' | 'CANCEL';
  uid: string;
  attendeeEmail: string;
  startUtc?: Date;
  endUtc?: Date;
  sequence?: number;
}

@Controller('api/ics')
@UseGuards(CallerGuard)
@NeedsScopes('rooms:write')
export class LettersController {
  constructor(
    private readonly rooms: RoomsStore,
    @Inject(SETTINGS) private readonly settings: SchedulingApiSettings,
  ) {}

  @Post('send-invite')
  async invite(@RequestFor('send-invite') request: PlatformRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.run(request, { method: 'REQUEST', ...parse(SendRequest, request.body) }, reply);
  }

  @Post('send-update')
  async update(@RequestFor('send-update') request: PlatformRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.run(request, { method: 'REQUEST', ...parse(SendRequest, request.body) }, reply);
  }

  @Post('send-cancel')
  async cancel(@RequestFor('send-cancel') request: PlatformRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.run(request, { method: 'CANCEL', ...parse(SendCancelRequest, request.body) }, reply);
  }

  private async run(request: PlatformRequest, wanted: LetterInput, reply: FastifyReply): Promise<void> {
    const answer = await this.rooms.transaction((tx) => once(tx, request, () => this.owed(tx, wanted, request)));
    await sendJson(reply, answer);
  }

  private async owed(tx: Transaction, wanted: LetterInput, { owner, route }: PlatformRequest): Promise<ApiResponse> {
    const [row] = await tx.query<{ id: string }>('select id from practice_rooms where ics_uid = $1', [wanted.uid]);
    const [stored] = row ? await this.rooms.read([row.id], tx) : [];
    if (!stored) return refusalResponse(new Refusal('room-not-found'));
    const { roomId, uid, sequence } = stored.room;
    const invited = owedTo(stored.room, wanted);
    const meta: CommandCause = { actor: actorOf(owner), source: 'api', correlationId: currentCorrelation() };
    if (invited instanceof Refusal) {
      this.rooms.noteCall(tx, roomId, route, invited, meta);
      return refusalResponse(invited);
    }
    const id = letterId({ uid, sequence, invitationId: invited.invitationId, method: wanted.method, occasion: '' });
    const [letter] = await tx.query<{ state: string; attempts: number }>(
      'select state, attempts from letters where id = $1',
      [id],
    );
    const answer = { messageId: letterMessageId(id, this.settings.ORGANIZER_EMAIL), state: stateOf(letter) };
    if (letter && letter.state !== 'failed') {
      this.rooms.noteCall(tx, roomId, route, { ...stored, events: [] }, meta);
      return { status: 200, body: answer };
    }
    const asked = await this.rooms.change(tx, roomId, { type: 'SendAgain', role: invited.role }, meta);
    return asked instanceof Refusal ? refusalResponse(asked) : { status: 200, body: { ...answer, state: 'pending' } };
  }
}

/** The invitation that the letter is owed to, or why no such letter is owed. */
function owedTo(room: Room, wanted: LetterInput): Invitation | Refusal {
  if (wanted.method === 'REQUEST' && room.status === 'cancelled') return new Refusal('room-cancelled');
  if (wanted.method === 'CANCEL' && room.status === 'scheduled') return new Refusal('room-scheduled');
  if (!isBooked(room)) return new Refusal('room-not-booked');
  const wantedTimes = {
    start: wanted.startUtc?.getTime() ?? room.startUtc.getTime(),
    end: wanted.endUtc?.getTime() ?? room.endUtc.getTime(),
  };
  const same =
    wantedTimes.start === room.startUtc.getTime() &&
    wantedTimes.end === room.endUtc.getTime() &&
    (wanted.sequence ?? room.sequence) === room.sequence;
  if (!same) return new Refusal('not-the-rooms-time');
  return (
    room.invitations.find((each) => samePerson(each.email, wanted.attendeeEmail)) ?? new Refusal('not-an-attendee')
  );
}

/** The ledger's state in the words of `delivery.state`. */
function stateOf(letter: { state: string; attempts: number } | undefined): string {
  if (!letter) return 'pending';
  if (letter.state === 'sent') return 'sent';
  if (letter.state === 'failed' || letter.state === 'blocked') return 'failed';
  return letter.attempts > 0 ? 'deferred' : 'pending';
}
