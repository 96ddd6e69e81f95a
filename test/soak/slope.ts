// Least squares: how fast a figure grows, in its unit an hour. A table and nothing else decides what flat means.

export interface Sample {
  readonly atMs: number;
  readonly value: number;
}

/** 0 where there are fewer than two moments. */
export function slopePerHour(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const atMean = mean(({ atMs }) => atMs);
  const valueMean = mean(({ value }) => value);
  const spread = mean(({ atMs }) => (atMs - atMean) ** 2);
  if (samples.length < 2 || spread === 0) return 0;
  return (mean(({ atMs, value }) => (atMs - atMean) * (value - valueMean)) / spread) * 3_600_000;
}
