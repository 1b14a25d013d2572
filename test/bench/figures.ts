// Medians, spreads and ratios of what was measured.
// Pure; used by the measurements and the report.

/** The value below which `share` (0 to 1) of the values lie, between neighbours linearly; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export interface Spread {
  median: number;
  lowest: number;
  highest: number;
}

export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  lowest: Math.min(...values),
  highest: Math.max(...values),
});

export interface Latency {
  count: number;
  p50: number;
  p95: number;
  p99: number;
}

export const latencyOf = (ms: readonly number[]): Latency => ({
  count: ms.length,
  p50: quantile(ms, 0.5),
  p95: quantile(ms, 0.95),
  p99: quantile(ms, 0.99),
});
