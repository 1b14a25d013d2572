// The platform's routes for rooms: create, book, delete, read, list, timeline (contract, section 2).
// Parses, runs one command in one transaction with its Idempotency-Key, responds with the room.
import { randomUUIDv7 } from 'node:crypto';
import { Controller, Get, Inject, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerGuard, NeedsScopes, RequestFor } from '../http/caller.guard';
import { usedBefore, type PlatformRequest } from '../http/idempotency';
import { refusalProblem } from '../http/responses';
import { type SchedulingApiSettings, SETTINGS } from '../settings';
import { type OpenResult, VideoRooms } from '../video/video-rooms';
import { defaultTitle } from './change-requests';
import type { Command } from './decide';
import { Refusal } from './refusal';
import { RoomCalls, roomIdOf } from './room-calls';
import { BookRequest, CreateRequest, DeleteRequest, parse, readListQuery } from './requests';
import { listRooms, timeline } from './rooms.queries';
import { RoomsStore } from './rooms.store';
import { roomView } from './room-view';

type CreateCommand = Extract<Command, { type: 'Create' }>;

@Controller('api/practice-room')
@UseGuards(CallerGuard)
@NeedsScopes('rooms:read', 'rooms:write')
export class RoomsController {
  constructor(
    private readonly rooms: RoomsStore,
    private readonly calls: RoomCalls,
    private readonly video: VideoRooms,
    @Inject(SETTINGS) private readonly settings: SchedulingApiSettings,
  ) {}

  @Post('create')
  async create(@RequestFor('create') request: PlatformRequest, @Res() reply: FastifyReply): Promise<void> {
    const wanted = parse(CreateRequest, request.body);
    const roomId = randomUUIDv7();
    const policy = {
      onDecline: wanted.policy?.onDecline ?? this.settings.DECLINE_POLICY,
      proposals: wanted.policy?.proposals ?? ('both' as const),
      proposalTtlHours: wanted.policy?.proposalTtlHours ?? this.settings.PROPOSAL_TTL_HOURS,
    };
    const room = {
      roomId,
      uid: `${roomId}@${this.settings.ORGANIZER_EMAIL.slice(this.settings.ORGANIZER_EMAIL.lastIndexOf('@') + 1)}`,
      title: wanted.title ?? defaultTitle,
      startUtc: wanted.startUtc,
      endUtc: wanted.endUtc,
      location: wanted.location || null,
      videoUrl: null,
      externalId: wanted.externalId || null,
      policy,
    };
    const command: CreateCommand = { type: 'Create', room, host: wanted.host, guest: wanted.guest ?? null };
    if (wanted.videoRoom) await this.createWithVideo(request, command, reply);
    else await this.calls.run(request, null, command, 201, reply);
  }

  @Post('book')
  async book(@RequestFor('book') request: PlatformRequest, @Res() reply: FastifyReply): Promise<void> {
    const { roomId, guest } = parse(BookRequest, request.body);
    await this.calls.run(request, roomIdOf(roomId), { type: 'Book', guest }, 200, reply);
  }

  @Post('delete')
  async delete(@RequestFor('delete') request: PlatformRequest, @Res() reply: FastifyReply): Promise<void> {
    const { roomId, reason } = parse(DeleteRequest, request.body);
    await this.calls.run(request, roomIdOf(roomId), { type: 'Delete', reason: reason || null }, 200, reply);
  }

  @Get()
  async list(@Query() query: Record<string, unknown>): Promise<Record<string, unknown>> {
    const page = await listRooms(this.rooms.db, readListQuery(query));
    const rooms = await this.rooms.read(page.roomIds);
    const { horizon } = page;
    const shown = rooms.filter(({ room }) => horizon === null || room.updatedAt <= horizon);
    return { items: shown.map(roomView), nextCursor: page.nextCursor };
  }

  @Get(':roomId')
  async read(@Param('roomId') roomId: string): Promise<Record<string, unknown>> {
    const [stored] = await this.rooms.read([roomIdOf(roomId)]);
    if (!stored) throw refusalProblem(new Refusal('room-not-found'));
    return roomView(stored);
  }

  @Get(':roomId/timeline')
  async timeline(@Param('roomId') roomId: string): Promise<Record<string, unknown>> {
    const id = roomIdOf(roomId);
    if ((await this.rooms.read([id])).length === 0) throw refusalProblem(new Refusal('room-not-found'));
    return { items: await timeline(this.rooms.db, id) };
  }

  /**
   * The video room comes first, because no network call belongs inside the transaction; it is deleted again where the
   * room is not created.
   */
  private async createWithVideo(request: PlatformRequest, command: CreateCommand, reply: FastifyReply): Promise<void> {
    const { roomId } = command.room;
    const needless = this.rooms.refuses(command) || (await usedBefore(this.rooms.db, request));
    const { room: video, fault }: OpenResult = needless ? { room: null, fault: null } : await this.video.open(roomId);
    let created = false;
    try {
      created = await this.calls.run(
        request,
        null,
        { ...command, room: { ...command.room, videoUrl: video?.url ?? null } },
        201,
        reply,
        fault,
      );
    } finally {
      if (!created && video) void this.video.close(roomId);
    }
  }
}
