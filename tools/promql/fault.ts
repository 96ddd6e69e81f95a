// What can be wrong with an expression that Prometheus would accept, or answer with nothing, without a word.

export const FAULT_KINDS = [
  'does not parse',
  'unknown metric',
  'unknown label',
  'unknown value',
  'rate over a gauge',
  'counter without a rate',
  'histogram without its part',
  'quantile without le',
  'join of many with many',
] as const;

export interface Fault {
  readonly kind: (typeof FAULT_KINDS)[number];
  /** The piece of the expression that is meant, and why. */
  readonly message: string;
}
