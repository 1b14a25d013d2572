// The public pages behind magic links.
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Refusal } from '../rooms/refusal';
import { LinksService } from './links.service';

@Controller()
export class LinksController {
  constructor(private readonly links: LinksService) {}

  @Get('reschedule')
  async reschedule(@Query('r') token: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const link = await this.links.open(token, ['propose']);
    if (link instanceof Refusal) throw link.problem();
    await reply.type('text/html; charset=utf-8').send('<!doctype html>');
  }
}
