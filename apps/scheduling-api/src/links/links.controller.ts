// The public routes of magic links: pages and their forms, and the same as JSON (contract, sections 2 and 4).
// Never a redirect, never a cookie; the token in the body is the authority of a POST.
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#service';
import { RateLimits } from '../http/rate-limits';
import { type ApiResponse, refusalResponse, retryAfter } from '../http/responses';
import { parseInstant } from '../rooms/requests';
import type { Refusal, RefusalCode } from '../rooms/refusal';
import type { Decision } from '../rooms/room';
import { decisionPage } from './decision.page';
import { type Fields, fieldsOf, isJson, keyed, LinkAccess, type Reply, text, unknown } from './link-access';
import type { KeyedRequest, LinkOutcome, LinkView } from './link-use';
import { freshSentPage, refusedLinkPage } from './notice.page';
import { readerOf } from './parts';
import {
  type FieldFaultOnForm,
  type FormValues,
  formValues,
  mostTimes,
  readForm,
  readProposal,
  suffixes,
} from './propose-request';
import { decisionResponse, ProposalService } from './proposal.service';
import { emptyTime, firstValues, formPage, sentPage } from './reschedule.page';
import type { FormFault } from './texts';
import { en } from './texts.en';
import { tokenInQuery, tokenOfBody } from './token-in-url';
import type { PageVisit } from './visit';

/** Refusals that the reader can correct in the form, and the fault that is shown there. */
const correctable: Partial<Record<RefusalCode, FormFault>> = {
  'start-in-past': 'start-in-past',
  'end-not-after-start': 'end-not-after-start',
  'no-new-time': 'no-new-time',
  'alternative-is-current': 'no-new-time',
  'times-alike': 'times-alike',
};

/** The fault at its field. An empty time is not counted among those that were proposed. */
function formFault({ code, pointer }: Refusal, { times }: FormValues): FieldFaultOnForm | undefined {
  const fault = correctable[code];
  if (fault === undefined) return undefined;
  if (fault === 'end-not-after-start') return { field: 'length', code: fault };
  const order = Number(/^\/alternatives\/(\d)/.exec(pointer ?? '')?.[1] ?? -1) + 1;
  const given = times.flatMap(({ date, time }, at) => (at === 0 || date !== '' || time !== '' ? [at] : []));
  return { field: `time${suffixes[given[order] ?? 0] ?? ''}`, code: fault };
}

@Controller()
export class LinksController {
  private readonly access: LinkAccess;

  constructor(
    private readonly proposals: ProposalService,
    limits: RateLimits,
  ) {
    this.access = new LinkAccess(limits);
  }

  @Get('reschedule')
  async reschedule(@Query() query: Fields, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = tokenInQuery(query, 'r');
    await this.access.respond(token, request, reply, async (visit) => {
      const outcome = await this.proposals.lookAtForm(token, visit.pageLoad);
      return closedLink(outcome, visit) ?? { status: 200, page: firstForm(outcome, query) };
    });
  }

  @Post('api/reschedule/propose')
  async propose(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = tokenOfBody(body);
    await this.access.respond(token, request, reply, async (visit) => {
      const fields = fieldsOf(body);
      const json = isJson(request) || 'proposedStartUtc' in fields;
      // Without a token there is no link to check: only the faults of the body are reported.
      if (json && token === undefined) readProposal(body);
      const adds = !json && 'add' in fields;
      let values: FormValues | undefined;
      const outcome = await this.proposals.propose(token, keyed(request, visit, body), (room, link) => {
        if (json) return readProposal(fields);
        values = formValues(fields, readerOf(room, link.role).clock.zone);
        // Adding a field for another time proposes nothing yet.
        return adds ? [] : readForm(values, room);
      });
      if (adds && values !== undefined && outcome.seen !== null && outcome.refusal === null)
        return { status: 200, page: formWithAnother(outcome.seen, values) };
      return proposed(outcome, values, visit);
    });
  }

  @Post('reschedule/fresh')
  async fresh(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = tokenOfBody(body, 'r');
    await this.access.respond(token, request, reply, async (visit) => {
      fieldsOf(body);
      const outcome = await this.proposals.freshLink(token);
      if (outcome.seen === null || outcome.refusal !== null) return closedLink(outcome, visit) ?? unknown(visit);
      return visit.wantsPage ? { status: 200, page: freshSentPage(outcome.seen) } : { status: 200, body: {} };
    });
  }

  @Get('approve')
  async openApprove(@Query() query: Fields, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.open('approve', query, request, reply);
  }

  @Get('decline')
  async openDecline(@Query() query: Fields, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.open('decline', query, request, reply);
  }

  @Post('approve')
  async approve(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.act(body, request, reply, (token, key) => this.proposals.decide(token, 'approve', key));
  }

  @Post('decline')
  async decline(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.act(body, request, reply, (token, key) => this.proposals.decide(token, 'decline', key));
  }

  @Post('undo')
  async undo(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.act(body, request, reply, (token, key) => this.proposals.undo(token, key));
  }

  private async open(decision: Decision, query: Fields, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const token = tokenInQuery(query, 't');
    await this.access.respond(token, request, reply, async (visit) =>
      decided(await this.proposals.openDecision(token, decision, visit.pageLoad), visit, true),
    );
  }

  private async act(
    body: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
    work: (token: string | undefined, key: KeyedRequest | undefined) => Promise<LinkOutcome>,
  ): Promise<void> {
    const token = tokenOfBody(body, 't');
    await this.access.respond(token, request, reply, async (visit) => {
      fieldsOf(body);
      return decided(await work(token, keyed(request, visit, body)), visit, false);
    });
  }
}

/** The response for a link that is unknown or closed; null while it is open. */
function closedLink({ seen, refusal }: LinkOutcome, visit: PageVisit): Reply | null {
  if (seen === null) return unknown(visit, refusal);
  if (refusal === null) return null;
  if (!visit.wantsPage) return refusalResponse(refusal);
  return { status: refusal.status, page: refusedLinkPage(seen, refusal), headers: retryAfter(refusal) };
}

/** A form not sent yet; `start`, `end` and `zone` of the address fill it in, as far as they make sense. */
function firstForm({ seen }: LinkOutcome, query: Fields): string {
  if (seen === null) return '';
  const instant = (name: string): Date | null => parseInstant(text(query[name]) ?? '');
  const reader = readerOf(seen.room, seen.link.role, text(query['zone']));
  const asked = suffixes.filter((suffix) => suffix === '' || query[`start${suffix}`] !== undefined);
  const starts = asked
    .map((suffix) => instant(`start${suffix}`))
    .map((at) => (at !== null && at > seen.now ? at : null));
  const wanted = { starts, endUtc: instant('end') };
  return formPage(seen, { values: firstValues(seen.room, reader.clock.zone, seen.now, wanted), faults: [] });
}

/** The form as it was filled in, with the fields of one more time. */
function formWithAnother(seen: LinkView, values: FormValues): string {
  const times = values.times.length < mostTimes ? [...values.times, emptyTime] : values.times;
  return formPage(seen, { values: { ...values, times }, faults: [] });
}

function proposed(outcome: LinkOutcome, sent: FormValues | undefined, visit: PageVisit): Reply {
  const { seen, refusal, storedResponse } = outcome;
  if (storedResponse !== null) return storedResponse;
  if (seen === null) return unknown(visit, refusal);
  const values =
    sent ??
    firstValues(seen.room, readerOf(seen.room, seen.link.role).clock.zone, seen.now, { starts: [], endUtc: null });
  const correction = refusal === null ? undefined : formFault(refusal, values);
  const faults = correction ? [correction] : outcome.faults;
  if (!visit.wantsPage) return outcome.faults.length > 0 ? badForm(outcome.faults) : decisionResponse(outcome);
  if (faults.length > 0) return { status: refusal?.status ?? 422, page: formPage(seen, { values, faults }) };
  if (refusal !== null || seen.proposal === null) return closedLink(outcome, visit) ?? unknown(visit);
  return { status: 201, page: sentPage(seen, seen.proposal, values.zone) };
}

function badForm(faults: FieldFaultOnForm[]): ApiResponse {
  const errors = faults.map(({ field, code }) => ({ pointer: `/${field}`, code, detail: en.form.faults[code] }));
  return {
    status: 422,
    body: new Problem(422, 'invalid-field', errors.map((each) => each.detail).join(' '), { errors }).body(),
  };
}

/**
 * The response of a decision link. A GET of an open one is always the page; a refusal is a page or a problem, as the
 * client prefers.
 */
function decided(outcome: LinkOutcome, visit: PageVisit, look: boolean): Reply {
  const { seen, storedResponse } = outcome;
  if (storedResponse !== null) return storedResponse;
  if (seen === null || seen.proposal === null) return unknown(visit, outcome.refusal);
  const { status, page, headers, refusal } = decisionPage(seen, seen.proposal, outcome);
  if (visit.wantsPage || (look && status === 200)) return { status, page, headers };
  return refusal === null ? decisionResponse(outcome) : refusalResponse(refusal);
}
