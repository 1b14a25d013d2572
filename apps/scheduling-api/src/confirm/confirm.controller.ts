// The public door of confirm links: a page that asks, and its POST; a GET never decides anything (contract, section 4).
// Never a redirect, never a cookie; the token in the body is the authority of the POST.
import { Body, Controller, Get, Inject, Logger, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemOf } from '#service';
import type { Answer } from '../http/idempotency';
import { RateLimits } from '../http/rate-limits';
import { refusalAnswer, retryAfter } from '../http/refusal-answer';
import { pageHeaders } from '../links/layout';
import { strangerPage } from '../links/notice.page';
import { tokenInQuery, tokenOfBody } from '../links/token-in-url';
import { type Visit, visitOf } from '../links/visit';
import { Refusal } from '../rooms/refusal';
import { heldPage, kindOf } from './confirm.page';
import { type HeldOutcome, HeldService } from './confirm.service';

type Fields = Readonly<Record<string, unknown>>;

@Controller()
export class HeldController {
  private readonly logger = new Logger('held');

  constructor(
    @Inject(HeldService) private readonly held: HeldService,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  @Get('confirm')
  async look(@Query() query: Fields, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(tokenInQuery(query, 't'), request, reply, (token, visit) =>
      this.held.look(token, visit.pageLoad),
    );
  }

  @Post('confirm')
  async decide(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields: Fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Fields) : {};
    const isNo = text(fields['answer']) === 'no';
    await this.answer(tokenOfBody(body, 't'), request, reply, (token) =>
      isNo ? this.held.drop(token) : this.held.confirm(token),
    );
  }

  private async answer(
    token: string | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
    work: (token: string | undefined, visit: Visit) => Promise<HeldOutcome>,
  ): Promise<void> {
    const visit = visitOf(request);
    try {
      if (request.method === 'POST' && visit.crossSite)
        throw new Problem(403, 'cross-site', 'Another site sent this request; nothing was changed.');
      await this.limits.link(token, request.ip);
      const outcome = await work(token, visit);
      if (visit.wantsPage) {
        const { status, page } = heldPage(outcome, visit.language);
        const retry = outcome.kind === 'closed' ? retryAfter(outcome.refusal) : {};
        await reply.status(status).headers(retry).headers(pageHeaders).send(page);
      } else await sendJson(reply, jsonOf(outcome));
    } catch (error) {
      if (!visit.wantsPage) throw error;
      const problem = problemOf(error);
      if (problem.status >= 500) this.logger.error(error);
      const words = problem.code === 'cross-site' ? 'crossSite' : problem.status === 429 ? 'tooMany' : 'trouble';
      await reply
        .headers(problem.headers)
        .status(problem.status)
        .headers(pageHeaders)
        .send(strangerPage(({ notices }) => notices[words], visit.language));
    }
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

async function sendJson(reply: FastifyReply, answer: Answer): Promise<void> {
  const type = answer.status >= 400 ? 'application/problem+json' : 'application/json';
  await reply
    .status(answer.status)
    .headers(answer.headers ?? {})
    .header('cache-control', 'no-store')
    .type(type)
    .send(Buffer.from(JSON.stringify(answer.body)));
}

/** `status`: what the answer has become. */
function jsonOf(outcome: HeldOutcome): Answer {
  switch (outcome.kind) {
    case 'unknown':
      return refusalAnswer(new Refusal('link-unknown'));
    case 'closed':
      return refusalAnswer(outcome.refusal);
    case 'overtaken':
      return refusalAnswer(new Refusal('older-sequence'));
    default:
      return {
        status: 200,
        body: {
          status: { asks: 'open', dropped: 'dropped', done: 'confirmed' }[outcome.kind],
          claim: kindOf(outcome.claim),
        },
      };
  }
}
