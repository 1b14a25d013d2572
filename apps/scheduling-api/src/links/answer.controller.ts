// The public routes of answer links: a page that asks, its POST, and the meeting as a calendar file (contract,
// section 7.4). A GET never answers for anybody.
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits } from '../http/rate-limits';
import { refusalResponse } from '../http/responses';
import { answerClosedPage, answeredPage, answerPage } from './answer.page';
import { readAnswer, readAnswerForm } from './answer-request';
import { answerResponse, AnswerService } from './answer.service';
import { type Fields, fieldsOf, isJson, keyed, LinkAccess, type Reply, unknown } from './link-access';
import type { LinkOutcome } from './link-use';
import { tokenInQuery, tokenOfBody } from './token-in-url';
import type { PageVisit } from './visit';

@Controller()
export class AnswerController {
  private readonly access: LinkAccess;

  constructor(
    private readonly answers: AnswerService,
    limits: RateLimits,
  ) {
    this.access = new LinkAccess(limits);
  }

  @Get('answer')
  async look(@Query() query: Fields, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = tokenInQuery(query, 'a');
    await this.access.respond(token, request, reply, async (visit) => {
      const outcome = await this.answers.look(token, visit.pageLoad);
      return closed(outcome, visit) ?? question(outcome, 200, null);
    });
  }

  @Post('answer')
  async answer(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = tokenOfBody(body, 'a');
    await this.access.respond(token, request, reply, async (visit) => {
      const fields = fieldsOf(body);
      let fault: 'choose' | 'note' | null = null;
      const outcome = await this.answers.answer(token, keyed(request, visit, body), () => {
        const { a: _, ...given } = fields;
        if (isJson(request) || !visit.wantsPage) return readAnswer({ ...given, token: token ?? '' });
        const read = readAnswerForm(fields);
        if (typeof read !== 'string') return read;
        fault = read;
        return null;
      });
      if (outcome.storedResponse !== null) return outcome.storedResponse;
      return fault === null || outcome.refusal !== null ? answered(outcome, visit) : question(outcome, 422, fault);
    });
  }

  @Get('calendar')
  async calendar(@Query() query: Fields, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = tokenInQuery(query, 'a');
    await this.access.respond(token, request, reply, async (visit) => {
      const { outcome, file } = await this.answers.calendar(token, visit.pageLoad);
      if (file === null) return closed(outcome, visit) ?? unknown(visit);
      return { status: 200, file, headers: fileHeaders };
    });
  }
}

const fileHeaders = {
  'content-type': 'text/calendar; charset=utf-8; method=REQUEST',
  'content-disposition': 'attachment; filename="invite.ics"',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'x-content-type-options': 'nosniff',
};

/** The response for a link that is unknown or closed; null while it is open. */
function closed({ seen, refusal }: LinkOutcome, visit: PageVisit): Reply | null {
  if (seen === null) return unknown(visit, refusal);
  if (refusal === null) return null;
  return visit.wantsPage ? { status: refusal.status, page: answerClosedPage(seen, refusal) } : refusalResponse(refusal);
}

const question = ({ seen }: LinkOutcome, status: number, fault: 'choose' | 'note' | null): Reply => ({
  status,
  page: seen === null ? '' : answerPage(seen, fault),
});

function answered(outcome: LinkOutcome, visit: PageVisit): Reply {
  const { seen, refusal } = outcome;
  if (refusal?.code === 'note-not-taken' && seen !== null && visit.wantsPage) return question(outcome, 422, 'note');
  const over = closed(outcome, visit);
  if (over !== null) return over;
  return visit.wantsPage && seen !== null ? { status: 200, page: answeredPage(seen) } : answerResponse(outcome);
}
