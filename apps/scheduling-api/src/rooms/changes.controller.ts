// The platform's calls that change a room that is made: its time, its details, who a party is (contract, section 7.3).
// Parses and passes one command to RoomCalls; a video room is made before the transaction, because no network call
// belongs inside one.
import { Controller, HttpCode, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerGuard, NeedsScopes, RequestFor } from '../http/caller.guard';
import { usedBefore, type PlatformRequest } from '../http/idempotency';
import { VideoRooms } from '../video/video-rooms';
import type { RoomDetails } from './decide-changes';
import { AttendeeRequest, RescheduleRequest, UpdateRequest } from './change-requests';
import { parse } from './requests';
import { attendeeCommand, RoomCalls, roomIdOf } from './room-calls';
import { RoomsStore } from './rooms.store';

@Controller('api/practice-room')
@UseGuards(CallerGuard)
@NeedsScopes('rooms:read', 'rooms:write')
export class ChangesController {
  constructor(
    private readonly rooms: RoomsStore,
    private readonly calls: RoomCalls,
    private readonly video: VideoRooms,
  ) {}

  @Post('reschedule')
  @HttpCode(200)
  async reschedule(@RequestFor('reschedule') request: PlatformRequest, @Res() reply: FastifyReply): Promise<void> {
    const { roomId, startUtc, endUtc, reason } = parse(RescheduleRequest, request.body);
    const command = { type: 'Reschedule' as const, startUtc, endUtc, reason: reason || null };
    await this.calls.run(request, roomIdOf(roomId), command, 200, reply);
  }

  @Post('update')
  @HttpCode(200)
  async update(@RequestFor('update') request: PlatformRequest, @Res() reply: FastifyReply): Promise<void> {
    const { roomId: named, videoRoom, ...texts } = parse(UpdateRequest, request.body);
    const roomId = roomIdOf(named);
    if (videoRoom === undefined) await this.calls.run(request, roomId, { type: 'Update', details: texts }, 200, reply);
    else await this.updateWithVideo(request, roomId, texts, videoRoom, reply);
  }

  @Post('attendee')
  @HttpCode(200)
  async attendee(@RequestFor('attendee') request: PlatformRequest, @Res() reply: FastifyReply): Promise<void> {
    const { roomId: named, role, ...person } = parse(AttendeeRequest, request.body);
    const roomId = roomIdOf(named);
    await this.calls.run(request, roomId, attendeeCommand(roomId, role, person), 200, reply);
  }

  /** Deletes a video room that was made for a refused change, and one that the room no longer has. */
  private async updateWithVideo(
    request: PlatformRequest,
    roomId: string,
    texts: RoomDetails,
    wanted: boolean,
    reply: FastifyReply,
  ): Promise<void> {
    const before = await this.videoUrl(roomId);
    const needless = !wanted || before !== null || (await usedBefore(this.rooms.db, request));
    const { room: made, fault } = needless ? { room: null, fault: null } : await this.video.open(roomId);
    const videoUrl = wanted ? (made?.url ?? before) : null;
    try {
      await this.calls.run(request, roomId, { type: 'Update', details: { ...texts, videoUrl } }, 200, reply, fault);
    } finally {
      const left = made !== null || (!wanted && before !== null);
      if (left && (await this.videoUrl(roomId)) === null) void this.video.close(roomId);
    }
  }

  private async videoUrl(roomId: string): Promise<string | null> {
    const [stored] = await this.rooms.read([roomId]);
    return stored?.room.videoUrl ?? null;
  }
}
