// One room at /console/rooms/:roomId, and an operator's acts on it: cancel, reschedule, correct, send again (contract,
// section 7.5). Each act has a page that lists its effects; it runs the command of the API call.
import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '#contracts';
import { Problem } from '#service';
import { refusalProblem } from '../http/responses';
import { type Fields, text } from '../links/link-access';
import { Refusal } from '../rooms/refusal';
import type { Room } from '../rooms/room';
import { roomIdOf } from '../rooms/room-calls';
import { timeline } from '../rooms/rooms.queries';
import type { StoredRoom } from '../rooms/rooms.rows';
import { RoomsStore } from '../rooms/rooms.store';
import { actPage, type ActForm } from './acts.page';
import { ConsoleFrame } from './frame';
import { cancelForm, attendeeForm, doneWords, resendForm, rescheduleForm, RoomActs, type RoomAct } from './room-acts';
import { roomPage } from './room.page';
import { StoredMessages } from './stored-messages';

@Controller('console/rooms/:roomId')
export class ConsoleRoomController {
  constructor(
    private readonly frame: ConsoleFrame,
    private readonly rooms: RoomsStore,
    private readonly messages: StoredMessages,
    private readonly acts: RoomActs,
  ) {}

  @Get()
  async show(
    @Param('roomId') roomId: string,
    @Query('done') done: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.frame.page(request, reply, async () => {
      const stored = await this.find(roomId);
      const id = stored.room.roomId;
      const [letters, mails, lines] = [
        await this.messages.lettersOf(id),
        await this.messages.mailsOf(id),
        await timeline(this.rooms.db, id),
      ];
      const outcomes = await this.messages.outcomesOf(id, mails);
      return roomPage({ stored, letters, mails, outcomes, timeline: lines, now: new Date(), done: doneWords(done) });
    });
  }

  @Get('cancel')
  async askCancel(@Param('roomId') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.ask(id, request, reply, cancelForm);
  }

  @Post('cancel')
  async cancel(@Param('roomId') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.act(id, request, reply, cancelForm, (room, fields) => this.acts.cancel(room, fields));
  }

  @Get('reschedule')
  async askReschedule(@Param('roomId') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.ask(id, request, reply, rescheduleForm);
  }

  @Post('reschedule')
  async reschedule(@Param('roomId') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.act(id, request, reply, rescheduleForm, (room, fields) => this.acts.reschedule(room, fields));
  }

  @Get('attendee/:role')
  async askAttendee(
    @Param() { roomId, role }: { roomId: string; role: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.ask(roomId, request, reply, (room) => attendeeForm(room, roleOf(role)));
  }

  @Post('attendee/:role')
  async attendee(
    @Param() { roomId, role }: { roomId: string; role: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = (room: Room): ActForm => attendeeForm(room, roleOf(role));
    await this.act(roomId, request, reply, form, (room, fields) => this.acts.attendee(room, roleOf(role), fields));
  }

  @Get('resend/:role')
  async askResend(
    @Param() { roomId, role }: { roomId: string; role: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.ask(roomId, request, reply, (room) => resendForm(room, roleOf(role)));
  }

  @Post('resend/:role')
  async resend(
    @Param() { roomId, role }: { roomId: string; role: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = (room: Room): ActForm => resendForm(room, roleOf(role));
    await this.act(roomId, request, reply, form, (room, fields) => this.acts.resend(room, roleOf(role), fields));
  }

  private async ask(
    roomId: string,
    request: FastifyRequest,
    reply: FastifyReply,
    form: (room: Room) => ActForm,
  ): Promise<void> {
    await this.frame.page(request, reply, async (session) => {
      const { room } = await this.find(roomId);
      return actPage(room, session, form(room));
    });
  }

  private async act(
    roomId: string,
    request: FastifyRequest,
    reply: FastifyReply,
    form: (room: Room) => ActForm,
    makeAct: (room: Room, fields: Fields) => RoomAct,
  ): Promise<void> {
    await this.frame.act(request, reply, async (session, fields) => {
      const { room } = await this.find(roomId);
      try {
        const act = makeAct(room, fields);
        await this.acts.carryOut(session, room.roomId, act, fields);
        return `/console/rooms/${room.roomId}?done=${act.route}`;
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error;
        const fault = { status: error.status, detail: error.detail, errors: error.errors ?? [] };
        return actPage((await this.find(roomId)).room, session, form(room), fields, fault);
      }
    });
  }

  private async find(roomId: string): Promise<StoredRoom> {
    const [stored] = await this.rooms.read([roomIdOf(roomId)]);
    if (!stored) throw refusalProblem(new Refusal('room-not-found'));
    return stored;
  }
}

function roleOf(given: string): Role {
  const role = text(given);
  if (role === 'host' || role === 'guest') return role;
  throw refusalProblem(new Refusal('room-not-found'));
}
