// What was seen when a program met the product, with its verdict.
// Noted by clients/ and servers/ in the lab; printed by report.ts.

/** One observation with its verdict; `saw` is what was there, in words. */
export interface Check {
  what: string;
  ok: boolean;
  saw: string;
}

/** A check that compares; `saw` is shown as it is. */
export const check = (what: string, ok: boolean, saw: unknown): Check => ({
  what,
  ok,
  saw: typeof saw === 'string' ? saw : (JSON.stringify(saw) ?? ''),
});
