// The SQL condition on the state of rows that a statement selects by id.
// Used by the ledger and by the inbound mails, whose open rows have a partial index.

/**
 * SQL: whether `column`, whose values are `all`, has one of `wanted`. Written as NOT IN so that the planner cannot
 * choose the partial index of open rows; with stale statistics it scans all of that index for one id.
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
