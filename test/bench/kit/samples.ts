// What many measurements say together: percentiles, and how many there were in a second.

/** Measurements of one thing over some time. */
export interface Sample {
  /** Milliseconds of each. */
  readonly latencies: readonly number[];
  /** Seconds from the begin of the first to the end of the last. */
  readonly seconds: number;
}

/** The figures of some samples taken together. */
export interface Figures {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly perSecond: number;
  readonly measured: number;
}

/** The smallest value that at least this share (0 to 1) of all values do not exceed; NaN for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].toSorted((one, other) => one - other);
  return sorted[Math.max(Math.ceil(share * sorted.length), 1) - 1] ?? Number.NaN;
}

/** The middle of some values: the mean of the two in the middle when their number is even. NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

/** Takes samples together. */
export function figuresOf(samples: readonly Sample[]): Figures {
  const latencies = samples.flatMap((one) => one.latencies);
  const seconds = samples.reduce((sum, one) => sum + one.seconds, 0);
  return {
    p50Ms: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
    p99Ms: percentile(latencies, 0.99),
    perSecond: latencies.length / seconds,
    measured: latencies.length,
  };
}
