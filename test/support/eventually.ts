// Waits for something to become true, and says in words what never did.
// Used by every test on real parts instead of a sleep.

/**
 * Asks `probe` until it returns something other than false, null or undefined, and returns that.
 * A probe that throws counts as not yet; after `timeoutMs` (default 25 s, so that a busy machine fails nothing) the
 * test fails with `what` and the last thing seen.
 */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T> | T,
  options: { timeoutMs?: number; everyMs?: number } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const { timeoutMs = 25_000, everyMs = 25 } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let seen: unknown;
    try {
      const value = await probe();
      if (value !== false && value !== null && value !== undefined) return value as NonNullable<Exclude<T, false>>;
      seen = value;
    } catch (error) {
      seen = error;
    }
    if (Date.now() >= deadline) {
      const last = seen instanceof Error ? seen.message : String(seen);
      throw new Error(`never within ${timeoutMs} ms: ${what} (last seen: ${last})`, { cause: seen });
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
