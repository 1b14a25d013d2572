// What the service refuses, as an error (RFC 9457): programs decide by `code`, people read `message`.
// Thrown by `take` and `pages`.

export interface Problem {
  status: number;
  code: string;
  detail: string;
  errors?: { pointer: string; code: string; detail: string }[];
}

export class SchedulingProblem extends Error {
  override name = 'SchedulingProblem';
  readonly code: string;
  readonly errors: NonNullable<Problem['errors']>;
  /** Quote it when you ask an operator. */
  readonly correlationId: string | null;

  constructor(
    readonly status: number,
    problem: Partial<Problem>,
    headers: Headers,
  ) {
    super(problem.detail ?? `the service responded with ${status}`);
    this.code = problem.code ?? 'unknown';
    this.errors = problem.errors ?? [];
    this.correlationId = headers.get('x-correlation-id');
  }
}
