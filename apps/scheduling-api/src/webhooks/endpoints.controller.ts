// The platform's routes for webhooks: endpoints, their secrets, what was sent to them, and sending it again (contract,
// section 7.3).
// A secret is shown where it is made, and nowhere else; in the kept answer of an Idempotency-Key it lies sealed.
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isUuid } from '#contracts';
import { Database, type Transaction } from '#persistence';
import { actorOf, currentCorrelation, Problem, sendJson } from '#service';
import { openSecret, resolveHost, targetAddresses, targetRulesOf, TargetRefusal, targetUrl } from '#webhooks';
import { secretsOf, type TokenSecrets } from '#tokens';
import { CallerGuard, NeedsScopes, RequestFor } from '../http/caller.guard';
import { once, type PlatformRequest } from '../http/idempotency';
import type { ApiResponse } from '../http/responses';
import { parse } from '../rooms/requests';
import { type SchedulingApiSettings, SETTINGS } from '../settings';
import * as endpoints from './endpoints.store';
import { EndpointChange, endpointNotFound, EndpointRequest, MessagesQuery, NoFields, ReplayRequest } from './requests';

@Controller('api/webhooks/endpoints')
@UseGuards(CallerGuard)
@NeedsScopes('webhooks')
export class EndpointsController {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: SchedulingApiSettings,
  ) {}

  @Post()
  async create(@RequestFor('webhook-endpoint') request: PlatformRequest, @Res() reply: FastifyReply): Promise<void> {
    const wanted = parse(EndpointRequest, request.body);
    await checkTarget(wanted.url, this.settings);
    await this.run(request, reply, async (tx) => {
      const how = { secrets: this.secrets(), createdBy: actorOf(request.owner) };
      const made = await endpoints.createEndpoint(tx, wanted, how);
      if (made) return { status: 201, body: { ...made.endpoint, secret: made.sealed } };
      const { most, code } = { most: endpoints.mostEndpoints, code: 'too-many-endpoints' };
      return { status: 409, body: new Problem(409, code, `There are ${most} webhook endpoints already.`).body() };
    });
  }

  @Get()
  async list(): Promise<{ items: endpoints.EndpointView[] }> {
    return { items: await endpoints.listEndpoints(this.db) };
  }

  @Get(':endpointId')
  async read(@Param('endpointId') id: string): Promise<endpoints.EndpointView> {
    return found(await endpoints.readEndpoint(this.db, idOf(id)));
  }

  @Patch(':endpointId')
  async change(@Param('endpointId') id: string, @Body() body: unknown): Promise<endpoints.EndpointView> {
    const wanted = parse(EndpointChange, body);
    if (wanted.url !== undefined) await checkTarget(wanted.url, this.settings);
    return found(await this.db.transaction((tx) => endpoints.changeEndpoint(tx, idOf(id), wanted)));
  }

  @Delete(':endpointId')
  @HttpCode(204)
  async delete(@Param('endpointId') id: string): Promise<void> {
    if (!(await this.db.transaction((tx) => endpoints.deleteEndpoint(tx, idOf(id))))) throw endpointNotFound();
  }

  @Post(':endpointId/rotate-secret')
  async rotate(
    @Param('endpointId') id: string,
    @RequestFor('rotate-secret') request: PlatformRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    parse(NoFields, request.body ?? {});
    await this.run({ ...request, route: `rotate-secret ${idOf(id)}` }, reply, async (tx) => {
      const { endpoint, sealed } = found(await endpoints.rotateSecret(tx, idOf(id), this.secrets()));
      return { status: 200, body: { ...endpoint, secret: sealed } };
    });
  }

  @Post(':endpointId/test')
  async test(
    @Param('endpointId') id: string,
    @RequestFor('webhook-test') request: PlatformRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    parse(NoFields, request.body ?? {});
    await this.run({ ...request, route: `webhook-test ${idOf(id)}` }, reply, async (tx) => {
      const { status } = found(await endpoints.readEndpoint(tx, idOf(id)));
      if (status === 'enabled')
        return { status: 202, body: { messageId: endpoints.writeTest(tx, idOf(id), currentCorrelation()) } };
      const why = 'The webhook endpoint is disabled: enable it first.';
      return { status: 409, body: new Problem(409, 'endpoint-disabled', why).body() };
    });
  }

  @Post(':endpointId/replay')
  async replay(
    @Param('endpointId') id: string,
    @RequestFor('webhook-replay') request: PlatformRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = parse(ReplayRequest, request.body ?? {});
    await this.run({ ...request, route: `webhook-replay ${idOf(id)}` }, reply, async (tx) => {
      found(await endpoints.readEndpoint(tx, idOf(id)));
      return { status: 202, body: { count: await endpoints.replay(tx, idOf(id), wanted) } };
    });
  }

  @Get(':endpointId/messages')
  async messages(
    @Param('endpointId') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const wanted = parse(MessagesQuery, query, 'query');
    found(await endpoints.readEndpoint(this.db, idOf(id)));
    return endpoints.listMessages(this.db, idOf(id), wanted);
  }

  private async run(
    request: PlatformRequest,
    reply: FastifyReply,
    work: (tx: Transaction) => Promise<ApiResponse>,
  ): Promise<void> {
    const { status, body } = await this.db.transaction((tx) => once(tx, request, () => work(tx)));
    const { endpointId, secret } = body;
    const opened =
      typeof secret === 'string' && typeof endpointId === 'string'
        ? { ...body, secret: openSecret(this.secrets(), endpointId, secret) }
        : body;
    await sendJson(reply, { status, body: opened });
  }

  private secrets(): TokenSecrets {
    return secretsOf(this.settings);
  }
}

/** A malformed id names no endpoint either. */
function idOf(text: string): string {
  if (!isUuid(text)) throw endpointNotFound();
  return text.toLowerCase();
}

function found<T>(value: T | null): T {
  if (value === null) throw endpointNotFound();
  return value;
}

/**
 * Refuses a URL that could never be called, before anything is stored: wrong form, or a host at an address inside the
 * network. A name that does not resolve is taken: each send looks again. Throws a 422 Problem.
 */
async function checkTarget(text: string, settings: SchedulingApiSettings): Promise<void> {
  const rules = targetRulesOf(settings);
  try {
    const url = targetUrl(text, rules);
    await targetAddresses(url, rules, (host) => resolveHost(host).catch(() => []));
  } catch (error) {
    if (!(error instanceof TargetRefusal)) throw error;
    const fault = { pointer: '/url', code: 'not-a-target', detail: `url ${error.message}` };
    throw new Problem(422, 'invalid-field', `url ${error.message}.`, { errors: [fault] });
  }
}
