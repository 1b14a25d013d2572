// /console/health: the findings of `npm run doctor` (contract, section 7.5).
// Shows the result of health-report.ts.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsoleFrame } from './frame';
import { HealthReport } from './health-report';
import { healthPage, healthPath } from './health.page';

/** How long a page load waits for the first result; later results come by the stream. */
const firstCheckMs = 3_000;

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
      healthPage(await this.health.current(isStream ? 0 : firstCheckMs), this.health.knowsRelay, session),
    );
  }

  @Post()
  async lookAgain(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.act(request, reply, () => {
      this.health.checkAgain();
      return Promise.resolve(healthPath);
    });
  }
}
