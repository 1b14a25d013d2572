// An operator's calls about one person's data: what is kept of them, and to have it erased (contract, section 7.6).
// Every call stands in the audit without the address.
import { Body, Controller, Get, HttpCode, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { appendAudit } from '#persistence';
import { actorOf, currentCorrelation, sendJson } from '#service';
import { CallerGuard, NeedsScopes, Owner, RequestFor } from '../http/caller.guard';
import { once, type PlatformRequest } from '../http/idempotency';
import { parse } from '../rooms/requests';
import { app, RoomsStore } from '../rooms/rooms.store';
import { askForErasure, planErasure } from './erase';
import { PersonExport } from './export';
import { findPerson, EraseRequest, ExportRequest } from './person';

@Controller('api/people')
@UseGuards(CallerGuard)
@NeedsScopes('operator')
export class PeopleController {
  constructor(
    private readonly rooms: RoomsStore,
    private readonly exports: PersonExport,
  ) {}

  /** A repeated call is answered anew: an export is kept nowhere. */
  @Post('export')
  @HttpCode(200)
  async export(@Body() body: unknown, @Owner() owner: string, @Res() reply: FastifyReply): Promise<void> {
    await this.answerExport(parse(ExportRequest, body).email, owner, reply);
  }

  @Get('export')
  async exportByQuery(
    @Query() query: Record<string, unknown>,
    @Owner() owner: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answerExport(parse(ExportRequest, query, 'query').email, owner, reply);
  }

  @Post('erase')
  async erase(@RequestFor('people-erase') request: PlatformRequest, @Res() reply: FastifyReply): Promise<void> {
    const { email, dryRun } = parse(EraseRequest, request.body);
    const person = await findPerson(await this.rooms.db.entities(), email);
    if (dryRun === true) {
      await this.noteLook(request.owner, 'erasure-planned');
      await sendJson(reply, { status: 200, body: { ...(await planErasure(this.rooms.db, person)) } });
      return;
    }
    const answer = await this.rooms.transaction((tx) =>
      once(tx, request, async () => ({
        status: 202,
        body: { ...(await askForErasure(tx, email, person, actorOf(request.owner))) },
      })),
    );
    await sendJson(reply, answer);
  }

  private async answerExport(email: string, owner: string, reply: FastifyReply): Promise<void> {
    await this.noteLook(owner, 'person-exported');
    await sendJson(reply, { status: 200, body: await this.exports.of(email) });
  }

  private noteLook(owner: string, verdict: string): Promise<void> {
    const entry = { kind: 'call', verdict, source: 'api', actor: actorOf(owner) } as const;
    return this.rooms.transaction(async (tx) =>
      appendAudit(tx, app, [{ roomId: null, ...entry, correlationId: currentCorrelation() }]),
    );
  }
}
