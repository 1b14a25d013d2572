// How a statement that knows its rows asks for their state. Used by the ledger and by the inbound mails, whose open
// rows have a partial index.

/**
 * SQL: whether `column`, which holds one of `all`, holds one of `wanted`. Said by what it is not: no partial index
 * answers to that. Asked for by
 * `in (…)`, a planner whose statistics are of a moment when next to nothing was open reads the whole index of open
 * rows to find one by its id.
 */
export function stateIn<State extends string>(
  column: string,
  all: readonly State[],
  ...wanted: NoInfer<State>[]
): string {
  return `${column} not in (${all
    .filter((state) => !wanted.includes(state))
    .map((state) => `'${state}'`)
    .join(', ')})`;
}
