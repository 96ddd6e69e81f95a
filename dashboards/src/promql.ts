// Pieces of PromQL. Names and labels of our own metrics come from the table of metrics, so that a wrong one does not compile.
import { type KeyOf, type LabelsOf, METRICS } from '../../src/observe/metric-table.ts';

/** The bridges that a dashboard looks at, as matchers of a selector. */
export type Scope = string;

/** The pods of the chosen namespaces; `runs_in` is where these pods run, which need not be the namespace that they publish for. */
export const CHOSEN_PODS: Scope = 'cluster=~"$cluster", namespace=~"$runs_in", pod=~"$pod"';

/** One of our own series. */
export function own<K extends KeyOf<'gauge' | 'counter'>>(
  scope: Scope,
  key: K,
  labels: Partial<LabelsOf<K>> = {},
): string {
  return `${METRICS[key].name}{${matchers(scope, { ...labels })}}`;
}

/** What tells one pod from another. */
export const POD = 'cluster, namespace, pod';

/** A pod that two jobs scrape tells everything twice. Where series are added up or counted, it has to count once. */
export function once(series: string): string {
  return `max without (job, service, endpoint, container, instance) (${series})`;
}

/** `series` with labels of an info metric of the same pod, of which there is one, or Prometheus refuses the join. */
export function joined(series: string, info: string, labels: string): string {
  return `(${series}) * on (${POD}) group_left (${labels}) max by (${POD}, ${labels}) (${info})`;
}

/** How often something happened per minute. */
export function perMinute(counter: string): string {
  return `60 * rate(${counter}[$__rate_interval])`;
}

/** The sum over all pods, for each combination of `labels`. */
export function summed(series: string, ...labels: readonly string[]): string {
  return `${sumBy(labels)} (${once(series)})`;
}

const BRIDGE = ['published_namespace', 'bridge_instance'] as const;

/**
 * For each combination of `labels`: what a pod tells is added up over its registries and codes; the replicas of a bridge tell the
 * same, so the largest of them stands for it; and bridges are added up.
 */
export function ofBridges(series: string, ...labels: readonly string[]): string {
  const perPod = summed(series, POD, ...labels);
  const perBridge = `max by (${['cluster', ...BRIDGE, ...labels].join(', ')})`;
  return `${sumBy(labels)} (${perBridge} (${joined(perPod, own(CHOSEN_PODS, 'ownerInfo'), BRIDGE.join(', '))}))`;
}

function sumBy(labels: readonly string[]): string {
  return labels.length === 0 ? 'sum' : `sum by (${labels.join(', ')})`;
}

/** What came into the buckets of one of our histograms lately. */
export function bucketRates(scope: Scope, key: KeyOf<'histogram'>): string {
  return `rate(${METRICS[key].name}_bucket{${scope}}[$__rate_interval])`;
}

/** A quantile over all that `rates` hold, for each combination of `labels`. */
export function quantile(q: number, rates: string, ...labels: readonly string[]): string {
  return `histogram_quantile(${q}, sum by (${['le', ...labels].join(', ')}) (${rates}))`;
}

/** The state of what is served as a number: 0 live, 1 stale, 2 restored, 3 held, 4 empty. */
export function stateNumber(scope: Scope): string {
  const state = (value: LabelsOf<'snapshotState'>['state']) => own(scope, 'snapshotState', { state: value });
  return `${state('stale')} or 2 * ${state('restored')} or 3 * ${state('held')} or 4 * ${state('empty')}`;
}

/** The state of the session of each registry that has one, as a number: 0 connected, 1 reconnected, 2 suspended, 3 lost. */
export function sessionNumber(scope: Scope): string {
  const state = (value: LabelsOf<'registrySessionState'>['state']) =>
    own(scope, 'registrySessionState', { state: value });
  return `${state('reconnected')} or 2 * ${state('suspended')} or 3 * ${state('lost')}`;
}

/** Times are 0 as long as what they tell of has never happened. */
export function ageOf(timestamp: string): string {
  return `time() - (${timestamp} > 0)`;
}

/** Until a moment; negative when it is over. Where there is no such moment it is 0, and there is nothing to tell. */
export function timeLeft(timestamp: string): string {
  return `(${timestamp} > 0) - time()`;
}

function matchers(scope: Scope, labels: Readonly<Record<string, unknown>>): string {
  return [scope, ...Object.entries(labels).map(([label, value]) => `${label}="${value}"`)].join(', ');
}
