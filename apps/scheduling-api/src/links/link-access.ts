// What all public routes share: the kind of visit, the rate limits, and a page or problem+json for every fault.
// Called by the controllers of links; never a redirect, never a cookie.
import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemOf, sendJson } from '#service';
import type { RateLimits } from '../http/rate-limits';
import { type ApiResponse, refusalResponse } from '../http/responses';
import { Refusal } from '../rooms/refusal';
import { pageHeaders } from './layout';
import type { KeyedRequest } from './link-use';
import { strangerPage } from './notice.page';
import { type PageVisit, visitOf } from './visit';

export type Reply =
  | { status: number; page: string; headers?: Record<string, string> }
  | { status: number; file: string; headers: Record<string, string> }
  | ApiResponse;
export type Fields = Readonly<Record<string, unknown>>;

export class LinkAccess {
  private readonly logger = new Logger('links');

  constructor(private readonly limits: RateLimits) {}

  /**
   * `token`: the link that `work` uses; only this one counts for the rate limit, whatever else the request contains.
   */
  async respond(
    token: string | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
    work: (visit: PageVisit) => Promise<Reply>,
  ): Promise<void> {
    const visit = visitOf(request);
    try {
      // `Origin` is null under no-referrer even for our own forms; a page cannot forge Sec-Fetch-Site.
      if (request.method === 'POST' && visit.crossSite)
        throw new Problem(403, 'cross-site', 'Another site sent this request; nothing was changed.');
      await this.limits.link(token, request.ip);
      await send(reply, await work(visit));
    } catch (error) {
      if (!visit.wantsPage) throw error;
      const problem = problemOf(error);
      if (problem.status >= 500) this.logger.error(error);
      const words = problem.code === 'cross-site' ? 'crossSite' : problem.status === 429 ? 'tooMany' : 'trouble';
      await send(reply.headers(problem.headers), {
        status: problem.status,
        page: strangerPage(({ notices }) => notices[words], visit.language),
      });
    }
  }
}

async function send(reply: FastifyReply, answer: Reply): Promise<void> {
  if ('body' in answer) return void (await sendJson(reply, answer));
  void reply.status(answer.status).headers(answer.headers ?? {});
  if ('page' in answer) return void (await reply.headers(pageHeaders).send(answer.page));
  await reply.header('cache-control', 'no-store').send(Buffer.from(answer.file));
}

/** A single value; undefined for a parameter that is repeated. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Throws the 400 for a body that has no fields. */
export function fieldsOf(body: unknown): Fields {
  if (body === undefined || body === null || body === '') return {};
  if (typeof body !== 'object' || Array.isArray(body))
    throw new Problem(400, 'unreadable-body', 'The body must be an object or a form.');
  return body as Fields;
}

export const isJson = ({ headers }: FastifyRequest): boolean =>
  headers['content-type']?.toLowerCase().startsWith('application/json') ?? false;

/** The key is kept with a JSON answer; a page is made anew. */
export const keyed = (request: FastifyRequest, visit: PageVisit, body: unknown): KeyedRequest | undefined =>
  visit.wantsPage ? undefined : { key: text(request.headers['idempotency-key']), route: request.url, body };

/** For a link that is not ours, and for one of an address that another has replaced. */
export function unknown(visit: PageVisit, given: Refusal | null = null): Reply {
  const refusal = given?.code === 'link-expired' ? given : new Refusal('link-unknown');
  const words = refusal === given ? 'former' : 'unknown';
  return visit.wantsPage
    ? { status: refusal.status, page: strangerPage(({ notices }) => notices[words], visit.language) }
    : refusalResponse(refusal);
}
