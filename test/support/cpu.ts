// How much CPU a piece of work takes on this thread: what else runs on the machine does not count.
// Used by the tests that bound the cost of reading.

/** What the work returns, and its CPU in milliseconds, user and system. */
export function measured<T>(work: () => T): { result: T; millis: number } {
  const begun = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(begun);
  return { result, millis: (user + system) / 1_000 };
}

export const cpuMsOf = (work: () => unknown): number => measured(work).millis;

/**
 * The least of up to three runs, ended by the first under `bound`: compiling, collecting garbage and a busy machine are
 * not the work's.
 */
export function leastOf(run: () => number, bound: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < 3 && least >= bound; n += 1) least = Math.min(least, run());
  return least;
}

/** The least CPU of up to three runs, in milliseconds. */
export const leastCpuMsOf = (work: () => unknown, boundMs: number): number => leastOf(() => cpuMsOf(work), boundMs);
