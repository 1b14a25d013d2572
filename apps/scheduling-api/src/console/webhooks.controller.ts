// /console/webhooks: endpoints, what was sent to them, disable, enable, test and send again (contract, section 7.5).
// Acts through the functions of the API routes (webhooks/endpoints.store.ts).
import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '#contracts';
import { appendAudit, Database, type Transaction } from '#persistence';
import { currentCorrelation, Problem } from '#service';
import { text } from '../links/link-access';
import { app } from '../rooms/rooms.store';
import * as endpoints from '../webhooks/endpoints.store';
import { endpointNotFound } from '../webhooks/requests';
import { confirmPage } from './confirm-act';
import { ConsoleFrame } from './frame';
import type { Session } from './sessions';
import { endpointStates, type EndpointState } from './webhook-lists';
import {
  type EndpointAct,
  endpointAct,
  endpointActs,
  endpointPage,
  messageStatusOf,
  webhooksPage,
  webhooksPath,
} from './webhooks.page';

@Controller('console/webhooks')
export class ConsoleWebhooksController {
  constructor(
    private readonly frame: ConsoleFrame,
    private readonly db: Database,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.page(request, reply, async () => webhooksPage(await endpointStates(this.db)));
  }

  @Get(':id')
  async show(
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.frame.page(request, reply, async () => {
      const endpoint = await this.endpoint(id);
      const status = messageStatusOf(query['status']);
      const given = text(query['cursor']);
      const cursor = given !== undefined && isUuid(given) ? given : undefined;
      const messages = await endpoints.listMessages(this.db, endpoint.id, { status, cursor, limit: 50 });
      return endpointPage({ endpoint, messages, status, isFirst: cursor === undefined, done: text(query['done']) });
    });
  }

  @Get(':id/:act')
  async before(
    @Param('id') id: string,
    @Param('act') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.frame.page(request, reply, async (session) =>
      confirmPage(endpointAct(await this.endpoint(id), actOf(name)), session),
    );
  }

  @Post(':id/:act')
  async act(
    @Param('id') id: string,
    @Param('act') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.frame.act(request, reply, async (session) => {
      const act = actOf(name);
      const endpoint = await this.endpoint(id);
      await this.db.transaction(async (tx) => {
        await work[act](tx, endpoint);
        note(tx, session, act, endpoint.id);
      });
      return `${webhooksPath}/${endpoint.id}?done=${act}`;
    });
  }

  private async endpoint(id: string): Promise<EndpointState> {
    const [endpoint] = isUuid(id) ? await endpointStates(this.db, id) : [];
    if (!endpoint) throw endpointNotFound();
    return endpoint;
  }
}

const work: Record<EndpointAct, (tx: Transaction, endpoint: EndpointState) => Promise<unknown>> = {
  disable: (tx, { id }) => endpoints.changeEndpoint(tx, id, { status: 'disabled' }),
  enable: (tx, { id }) => endpoints.changeEndpoint(tx, id, { status: 'enabled' }),
  replay: (tx, { id }) => endpoints.replay(tx, id, { status: 'failed' }),
  test: (tx, { id, status }) => {
    if (status !== 'enabled')
      throw new Problem(409, 'endpoint-disabled', 'The webhook endpoint is disabled: enable it first.');
    return Promise.resolve(endpoints.writeTest(tx, id, currentCorrelation()));
  },
};

/** The endpoint is named by its id: its URL may contain a secret. */
const note = (tx: Transaction, { actor }: Session, act: EndpointAct, id: string): void =>
  appendAudit(tx, app, [
    {
      roomId: null,
      kind: 'call',
      verdict: `webhook-${act}`,
      why: `endpoint: ${id}`,
      source: 'console',
      actor,
      correlationId: currentCorrelation(),
    },
  ]);

function actOf(name: string): EndpointAct {
  const act = endpointActs.find((each) => each === name);
  if (!act) throw new Problem(404, 'not-found', 'There is no such page.');
  return act;
}
