// The platform's door to rooms: create, book, delete, read, list, timeline (contract, section 2).
// Parses, runs one command in one transaction with its Idempotency-Key, answers with the room.
import { randomUUIDv7 } from 'node:crypto';
import { Body, Controller, Get, Headers, Inject, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { appendAudit } from '#persistence';
import { actorOf, currentCorrelation, Problem } from '#service';
import { CallerGuard, NeedsScopes, Owner, SETTINGS } from '../http/caller.guard';
import { type Answer, once, usedBefore } from '../http/idempotency';
import { refusalAnswer, refusalProblem } from '../http/refusal-answer';
import type { SchedulingApiSettings } from '../settings';
import { type Opened, VideoRooms } from '../video/video-rooms';
import type { Command } from './decide';
import { Refusal } from './refusal';
import { BookRequest, CreateRequest, DeleteRequest, parse, readListQuery } from './requests';
import { countEvents } from './rooms.metrics';
import { listRooms, timeline } from './rooms.queries';
import { app, type Meta, RoomsStore } from './rooms.store';
import { roomView } from './room-view';
import type { RoomEvent } from './room';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A malformed id names no room either: 404, not a fault of the field (contract, section 2). */
const roomIdOf = (text: string): string => {
  if (!uuid.test(text)) throw refusalProblem(new Refusal('room-not-found'));
  return text.toLowerCase();
};

type CreateCommand = Extract<Command, { type: 'Create' }>;

interface Call {
  route: string;
  owner: string;
  key: string | undefined;
  body: unknown;
}

@Controller('api/practice-room')
@UseGuards(CallerGuard)
@NeedsScopes('rooms:read', 'rooms:write')
export class RoomsController {
  constructor(
    private readonly rooms: RoomsStore,
    private readonly video: VideoRooms,
    @Inject(SETTINGS) private readonly settings: SchedulingApiSettings,
  ) {}

  @Post('create')
  async create(
    @Body() body: unknown,
    @Owner() owner: string,
    @Headers('idempotency-key') key: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = parse(CreateRequest, body);
    const roomId = randomUUIDv7();
    const policy = {
      onDecline: wanted.policy?.onDecline ?? this.settings.DECLINE_POLICY,
      proposals: wanted.policy?.proposals ?? ('both' as const),
      proposalTtlHours: wanted.policy?.proposalTtlHours ?? this.settings.PROPOSAL_TTL_HOURS,
    };
    const room = {
      roomId,
      uid: `${roomId}@${this.settings.ORGANIZER_EMAIL.slice(this.settings.ORGANIZER_EMAIL.lastIndexOf('@') + 1)}`,
      title: wanted.title ?? 'Practice Session',
      startUtc: wanted.startUtc,
      endUtc: wanted.endUtc,
      location: wanted.location || null,
      videoUrl: null,
      externalId: wanted.externalId || null,
      policy,
    };
    const command: CreateCommand = { type: 'Create', room, host: wanted.host, guest: wanted.guest ?? null };
    const call = { route: 'create', owner, key, body };
    if (wanted.videoRoom) await this.createWithVideo(call, command, reply);
    else await this.run(call, null, command, 201, reply);
  }

  @Post('book')
  async book(
    @Body() body: unknown,
    @Owner() owner: string,
    @Headers('idempotency-key') key: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { roomId, guest } = parse(BookRequest, body);
    await this.run({ route: 'book', owner, key, body }, roomIdOf(roomId), { type: 'Book', guest }, 200, reply);
  }

  @Post('delete')
  async delete(
    @Body() body: unknown,
    @Owner() owner: string,
    @Headers('idempotency-key') key: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { roomId, reason } = parse(DeleteRequest, body);
    await this.run(
      { route: 'delete', owner, key, body },
      roomIdOf(roomId),
      { type: 'Delete', reason: reason || null },
      200,
      reply,
    );
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

  /** The video room comes first, because no network call belongs inside the transaction; it goes again where the room is not made. */
  private async createWithVideo(call: Call, command: CreateCommand, reply: FastifyReply): Promise<void> {
    const { roomId } = command.room;
    const needless = this.rooms.refuses(command) || (await usedBefore(this.rooms.db, call));
    const { room: video, fault }: Opened = needless ? { room: null, fault: null } : await this.video.open(roomId);
    let created = false;
    try {
      created = await this.run(
        call,
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

  /** Whether the command was carried out now, and not refused or answered before. `videoFault` goes into the room's timeline. */
  private async run(
    call: Call,
    roomId: string | null,
    command: Command,
    status: number,
    reply: FastifyReply,
    videoFault: string | null = null,
  ): Promise<boolean> {
    const request = { key: call.key, owner: call.owner, target: call.route, body: call.body };
    const meta: Meta = { actor: actorOf(call.owner), source: 'api', correlationId: currentCorrelation() };
    let done: RoomEvent[] | undefined;
    const answer = await this.rooms.transaction((tx) =>
      once(tx, request, async (): Promise<Answer> => {
        const changed = await this.rooms.change(tx, roomId, command, meta);
        if (roomId !== null) this.rooms.noteCall(tx, roomId, call.route, changed, meta);
        if (changed instanceof Refusal) return refusalAnswer(changed);
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
    await send(reply, answer);
    return done !== undefined;
  }
}

/** An answer that was decided inside the transaction: a room, or the refusal that is kept for the same key. */
export async function send(reply: FastifyReply, { status, body }: Answer): Promise<void> {
  if (status === 0)
    throw new Problem(503, 'try-again', 'Nothing was stored. Try again.', { headers: { 'retry-after': '1' } });
  await reply
    .status(status)
    .header('cache-control', 'no-store')
    .type(status >= 400 ? 'application/problem+json' : 'application/json')
    // As bytes: fastify puts a charset behind the type of a text, which JSON types do not have (RFC 8259 11).
    .send(Buffer.from(JSON.stringify(body)));
}
