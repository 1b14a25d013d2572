// HTTP responses: a Refusal as a Problem, which is thrown outside a transaction, or as a response inside one.
// Called by every controller.
import { Problem } from '#service';
import type { Refusal } from '../rooms/refusal';

/** What a controller responds with: status, JSON body, and headers beside those of every response. */
export interface ApiResponse {
  status: number;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
}

export function refusalProblem(refusal: Refusal): Problem {
  const { status, code, detail, pointer } = refusal;
  const errors = pointer === undefined ? undefined : [{ pointer, code, detail }];
  return new Problem(status, code, detail, { errors, headers: retryAfter(refusal) });
}

export const refusalResponse = (refusal: Refusal): ApiResponse => ({
  status: refusal.status,
  body: refusalProblem(refusal).body(),
  headers: retryAfter(refusal),
});

export const retryAfter = ({ retry }: Refusal): Record<string, string> =>
  retry === undefined ? {} : { 'retry-after': String(retry.afterSeconds) };
