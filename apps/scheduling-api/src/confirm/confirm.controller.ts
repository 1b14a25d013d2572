// The public routes of confirm links: a page that asks, and its POST; a GET never decides anything (contract, section 4).
// Never a redirect, never a cookie; the token in the body is the authority of the POST.
import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits } from '../http/rate-limits';
import { type ApiResponse, refusalResponse, retryAfter } from '../http/responses';
import { type Fields, LinkAccess, text } from '../links/link-access';
import { tokenInQuery, tokenOfBody } from '../links/token-in-url';
import type { PageVisit } from '../links/visit';
import { Refusal } from '../rooms/refusal';
import { confirmPage, kindOf } from './confirm.page';
import { type ConfirmOutcome, ConfirmService } from './confirm.service';

@Controller()
export class ConfirmController {
  private readonly access: LinkAccess;

  constructor(
    @Inject(ConfirmService) private readonly confirmations: ConfirmService,
    @Inject(RateLimits) limits: RateLimits,
  ) {
    this.access = new LinkAccess(limits);
  }

  @Get('confirm')
  async look(@Query() query: Fields, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(tokenInQuery(query, 't'), request, reply, (token, visit) =>
      this.confirmations.look(token, visit.pageLoad),
    );
  }

  @Post('confirm')
  async decide(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields: Fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Fields) : {};
    const isNo = text(fields['answer']) === 'no';
    await this.answer(tokenOfBody(body, 't'), request, reply, (token) =>
      isNo ? this.confirmations.drop(token) : this.confirmations.confirm(token),
    );
  }

  private answer(
    token: string | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
    work: (token: string | undefined, visit: PageVisit) => Promise<ConfirmOutcome>,
  ): Promise<void> {
    return this.access.respond(token, request, reply, async (visit) => {
      const outcome = await work(token, visit);
      if (!visit.wantsPage) return jsonOf(outcome);
      const retry = outcome.kind === 'closed' ? retryAfter(outcome.refusal) : {};
      return { ...confirmPage(outcome, visit.language), headers: retry };
    });
  }
}

/** `status`: what the answer has become. */
function jsonOf(outcome: ConfirmOutcome): ApiResponse {
  switch (outcome.kind) {
    case 'unknown':
      return refusalResponse(new Refusal('link-unknown'));
    case 'closed':
      return refusalResponse(outcome.refusal);
    case 'overtaken':
      return refusalResponse(new Refusal('older-sequence'));
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
