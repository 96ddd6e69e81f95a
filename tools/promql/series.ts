// The series that an expression may ask for: ours out of the table of metrics, and the few of others that dashboards and
// alerts use.
import type { LabelValues, MetricDeclaration } from '../../src/observe/metric-declaration.ts';
import { METRICS } from '../../src/observe/metric-table.ts';

export interface Series {
  /** `part` is `_bucket`, `_sum` or `_count` of a histogram: they only rise, as counters do. */
  readonly type: 'gauge' | 'counter' | 'part';
  /** Label → its values where they are a closed list; undefined: any text. `any` where a series may carry any label. */
  readonly labels: ReadonlyMap<string, readonly string[] | undefined> | 'any';
  /** The metric that it belongs to: itself, or the histogram. */
  readonly metric: string;
}

export type SeriesTable = ReadonlyMap<string, Series>;

/** What every scraped series carries besides its own labels, as a ServiceMonitor or PodMonitor sets it. */
export const TARGET_LABELS: readonly string[] = [
  'cluster',
  'container',
  'endpoint',
  'instance',
  'job',
  'namespace',
  'pod',
  'service',
];

/** What the Node runtime of a bridge shows beside our own metrics: those in use. */
export const RUNTIME_METRICS = [
  runtime('process_cpu_seconds_total', 'counter'),
  runtime('process_max_fds', 'gauge'),
  runtime('process_open_fds', 'gauge'),
  runtime('process_resident_memory_bytes', 'gauge'),
  runtime('process_start_time_seconds', 'gauge'),
  runtime('nodejs_active_handles', 'gauge', { type: 'as configured' }),
  runtime('nodejs_eventloop_lag_p99_seconds', 'gauge'),
  runtime('nodejs_heap_size_total_bytes', 'gauge'),
  runtime('nodejs_heap_size_used_bytes', 'gauge'),
  runtime('nodejs_gc_duration_seconds', 'histogram', { kind: ['incremental', 'major', 'minor', 'weakcb'] }),
] as const;

/** What istiod shows of itself: those in use. */
export const ISTIOD_METRICS = [
  runtime('pilot_services', 'gauge'),
  runtime('pilot_xds', 'gauge', { version: 'set once' }),
  runtime('pilot_xds_pushes', 'counter', { type: 'as configured' }),
  runtime('pilot_proxy_convergence_time', 'histogram'),
] as const;

const EXPOSED: readonly MetricDeclaration[] = [...Object.values(METRICS), ...RUNTIME_METRICS, ...ISTIOD_METRICS];

/** Series by name. */
export const KNOWN_SERIES: SeriesTable = new Map([
  ...EXPOSED.flatMap(seriesOf),
  ['up', { type: 'gauge', labels: labelsOf({}), metric: 'up' }],
  // Prometheus copies every label of the alert's expression.
  ['ALERTS', { type: 'gauge', labels: 'any', metric: 'ALERTS' }],
]);

function seriesOf({ name, type, labels }: MetricDeclaration): [string, Series][] {
  if (type !== 'histogram') return [[name, { type, labels: labelsOf(labels), metric: name }]];
  const part = (suffix: string, more: MetricDeclaration['labels'] = {}): [string, Series] => [
    `${name}_${suffix}`,
    { type: 'part', labels: labelsOf({ ...labels, ...more }), metric: name },
  ];
  return [part('bucket', { le: 'as configured' }), part('sum'), part('count')];
}

function labelsOf(declared: MetricDeclaration['labels']): ReadonlyMap<string, readonly string[] | undefined> {
  const own = Object.entries<LabelValues>(declared).map(
    ([label, values]) => [label, typeof values === 'string' ? undefined : values] as const,
  );
  return new Map([...TARGET_LABELS.map((label) => [label, undefined] as const), ...own]);
}

function runtime(
  name: string,
  type: MetricDeclaration['type'],
  labels: MetricDeclaration['labels'] = {},
): MetricDeclaration {
  return { name, type, labels, help: '' };
}
