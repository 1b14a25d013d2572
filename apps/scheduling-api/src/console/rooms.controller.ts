// /console/rooms: a list of rooms with a search (contract, section 7.5).
// Reads through find-rooms.ts; rooms.page.ts writes the page.
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { text } from '../links/link-access';
import { RoomsStore } from '../rooms/rooms.store';
import { findRooms, readRoomFilter } from './find-rooms';
import { ConsoleFrame } from './frame';
import { roomsPage } from './rooms.page';

@Controller('console/rooms')
export class ConsoleRoomsController {
  constructor(
    private readonly frame: ConsoleFrame,
    private readonly rooms: RoomsStore,
  ) {}

  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.frame.page(request, reply, async () => {
      const filter = readRoomFilter(query);
      const cursor = text(query['cursor']);
      const { rows, next } = await findRooms(this.rooms.db, filter, cursor);
      const rooms = await this.rooms.read(rows.map(({ id }) => id));
      return roomsPage({ filter, rooms, next, isFirst: !cursor });
    });
  }
}
