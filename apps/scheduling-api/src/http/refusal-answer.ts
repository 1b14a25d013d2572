// A Refusal as the HTTP answer it is.
// Called by every controller; thrown as a Problem outside a transaction, kept as an Answer inside one.
import { Problem } from '#service';
import type { Refusal } from '../rooms/refusal';
import type { Answer } from './idempotency';

export function refusalProblem(refusal: Refusal): Problem {
  const { status, code, detail, pointer } = refusal;
  const errors = pointer === undefined ? undefined : [{ pointer, code, detail }];
  return new Problem(status, code, detail, { errors, headers: retryAfter(refusal) });
}

export const refusalAnswer = (refusal: Refusal): Answer => ({
  status: refusal.status,
  body: refusalProblem(refusal).body(),
  headers: retryAfter(refusal),
});

export const retryAfter = ({ retry }: Refusal): Record<string, string> =>
  retry === undefined ? {} : { 'retry-after': String(retry.afterSeconds) };
