// Every error response: application/problem+json (RFC 9457) with a stable code, and no internal details.
// Thrown as Problem by controllers, guards and stores; the filter is the only place that writes one.
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { isOutage } from '#contracts';
import { prefersPage } from './accept';

/** One wrong field: a JSON Pointer (RFC 6901) into the body, or `?name` for a query parameter. */
export interface FieldFault {
  pointer: string;
  code: string;
  detail: string;
}

/** An error response: thrown anywhere in a request, written by `ProblemFilter`. */
export class Problem extends Error {
  override name = 'Problem';
  readonly errors: FieldFault[] | undefined;
  readonly headers: Record<string, string>;

  /** `code` is kebab-case and stable; `detail` is for a person and contains nothing that the caller may not know. */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    extra: { errors?: FieldFault[] | undefined; headers?: Record<string, string> } = {},
  ) {
    super(`${code}: ${detail}`);
    this.errors = extra.errors;
    this.headers = extra.headers ?? {};
  }

  /** The body as application/problem+json (RFC 9457 3). */
  body(): Record<string, unknown> {
    return {
      type: `urn:hybrid-scheduling:problem:${this.code}`,
      title: this.code.replaceAll('-', ' '),
      status: this.status,
      code: this.code,
      detail: this.detail,
      ...(this.errors ? { errors: this.errors } : {}),
    };
  }
}

/** No route for this path and method. */
export const nothingHere = (): Problem => new Problem(404, 'not-found', 'There is nothing at this address.');

/** Any thrown thing as the problem the caller sees. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown }).statusCode;
  if (status === 413) return new Problem(413, 'too-large', 'The body is larger than this endpoint takes.');
  if (isOutage(error))
    return new Problem(503, 'try-again', 'Nothing was stored. Try again.', { headers: { 'retry-after': '1' } });
  if (status === 404) return nothingHere();
  if (status === 429)
    return new Problem(429, 'too-many-requests', 'Too many requests.', { headers: { 'retry-after': '60' } });
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new Problem(400, 'unreadable-body', 'The request could not be read.');
  return new Problem(500, 'internal', 'Something went wrong on our side.');
}

/**
 * Writes every error that a handler throws; one that is no Problem becomes one by `problemOf`, and a fault is logged.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly unknownPage: UnknownPage,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error({ err: error }, problem.code);
    const http = host.switchToHttp();
    sendProblem(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), problem, this.unknownPage);
  }
}

/** Responds with the problem; for an unknown path or method a browser gets a page. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
  unknownPage: UnknownPage,
): void {
  const { status, code, headers } = problem;
  if (code === 'not-found' && prefersPage(request.headers.accept) === true) {
    const found = unknownPage(request.headers['accept-language']);
    void reply.status(status).headers({ ...headers, 'cache-control': 'no-store', ...found.headers });
    void reply.send(request.method === 'HEAD' ? undefined : found.page);
    return;
  }
  void sendJson(reply, { status, headers, body: request.method === 'HEAD' ? undefined : problem.body() });
}

/**
 * Responds with JSON that no cache keeps; from status 400 on it is application/problem+json. Without `body`, as for HEAD,
 * nothing but headers is sent.
 */
export const sendJson = (
  reply: FastifyReply,
  { status, body, headers = {} }: { status: number; body: unknown; headers?: Record<string, string> },
): FastifyReply =>
  reply
    .status(status)
    .headers(headers)
    .header('cache-control', 'no-store')
    .type(status >= 400 ? 'application/problem+json' : 'application/json')
    // As bytes: fastify puts a charset behind the type of a text, which JSON types do not have (RFC 8259 11).
    .send(body === undefined ? undefined : Buffer.from(JSON.stringify(body)));

/**
 * Makes the page for an unknown path or method from the request's Accept-Language: a person who followed a broken link
 * gets a page, never JSON. scheduling-api has one of its own, in the reader's language.
 */
export type UnknownPage = (acceptLanguage: string | undefined) => { page: string; headers: Record<string, string> };

/** For apps without pages of their own. No script, nothing loaded. */
export const plainUnknownPage: UnknownPage = () => ({
  page:
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" ` +
    `content="width=device-width, initial-scale=1"><title>Page not found</title></head><body><h1>Page not ` +
    `found</h1><p>There is nothing at this address. Please check that the whole address was opened.</p></body></html>`,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; frame-ancestors 'none'; base-uri 'none'`,
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  },
});
