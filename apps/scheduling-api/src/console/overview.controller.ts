// /console/overview: what needs a person, and the last day in charts (contract, section 7.5). A login leads here.
// Reads through overview.ts; samples.ts writes what is charted.
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Database } from '#persistence';
import { ConsoleFrame } from './frame';
import { HealthReport } from './health-report';
import { needsOfPeople, quartersOfDay } from './overview';
import { overviewPage } from './overview.page';

@Controller('console/overview')
export class ConsoleOverviewController {
  constructor(
    private readonly frame: ConsoleFrame,
    private readonly db: Database,
    private readonly health: HealthReport,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.page(request, reply, async () => {
      const [quarters, needs, health] = await Promise.all([
        quartersOfDay(this.db),
        needsOfPeople(this.db),
        this.health.current(),
      ]);
      return overviewPage({ quarters, needs, health });
    });
  }
}
