// SPDX-License-Identifier: Apache-2.0
// What a metric is declared with.

/** Values of a label: a closed list, what the configuration and the program fix at the start, or one value at a time. */
export type LabelValues =
  | readonly string[]
  | 'registries'
  | 'registries with a session'
  | 'read modes'
  | 'problem codes'
  | 'set once'
  | 'as configured';

export type Labels = Readonly<Record<string, LabelValues>>;

export interface MetricDeclaration {
  readonly type: 'gauge' | 'counter' | 'histogram';
  readonly name: string;
  readonly help: string;
  readonly labels: Labels;
  /** Upper bounds, histograms only. */
  readonly buckets?: readonly number[];
}

export function gauge<const L extends Labels>(name: string, help: string, labels: L) {
  return { type: 'gauge', name, help, labels } as const;
}

export function counter<const L extends Labels>(name: string, help: string, labels: L) {
  return { type: 'counter', name, help, labels } as const;
}

export function histogram<const L extends Labels>(name: string, help: string, labels: L, buckets: readonly number[]) {
  return { type: 'histogram', name, help, labels, buckets } as const;
}
