// /console/health: what `npm run doctor` says (contract, section 7.5).
// Shows what health-report.ts has looked at.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsoleFrame } from './frame';
import { HealthReport } from './health-report';
import { healthPage, healthPath } from './health.page';

/** A page that is loaded waits so long for the first look; after that the stream brings it. */
const firstLookMs = 3_000;

@Controller('console/health')
export class ConsoleHealthController {
  constructor(
    private readonly frame: ConsoleFrame,
    private readonly health: HealthReport,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const isStream = request.headers.accept === 'text/event-stream';
    await this.frame.page(request, reply, async (session) =>
      healthPage(await this.health.current(isStream ? 0 : firstLookMs), this.health.knowsRelay, session),
    );
  }

  @Post()
  async lookAgain(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.act(request, reply, () => {
      this.health.lookAgain();
      return Promise.resolve(healthPath);
    });
  }
}
