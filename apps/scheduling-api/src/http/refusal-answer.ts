// A Refusal as the HTTP answer it is.
// Called by every controller; thrown as a Problem outside a transaction, kept as an Answer inside one.
import { Problem } from '#service';
import type { Refusal } from '../rooms/refusal';
import type { Answer } from './idempotency';

export function refusalProblem({ status, code, detail, pointer }: Refusal): Problem {
  return new Problem(status, code, detail, { errors: pointer === undefined ? undefined : [{ pointer, code, detail }] });
}

export const refusalAnswer = (refusal: Refusal): Answer => ({
  status: refusal.status,
  body: refusalProblem(refusal).body(),
});
