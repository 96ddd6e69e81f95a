// A fleet is told apart by what bridges are for, not by where they run: every figure is joined with the series that says
// whose bridge a pod is.
import { joined, own, POD, type Scope, summed } from '../promql.ts';

export const FLEET: Scope = 'cluster=~"$cluster", pod=~"$pod"';

/** Who says whose bridge a pod is, of the chosen bridges; of all of their pods. */
export const OWNERS = own('cluster=~"$cluster", published_namespace=~"$namespace"', 'ownerInfo');
const CHOSEN_OWNERS = own(`${FLEET}, published_namespace=~"$namespace"`, 'ownerInfo');
const BRIDGE = 'cluster, published_namespace, bridge_instance';
const OWNER_LABELS = 'published_namespace, bridge_instance, team';

/** Bridges that told of themselves within a day. What Prometheus has no target of is not even down: only memory knows of it. */
const known = (labels: string) => `max by (${labels}) (last_over_time(${OWNERS}[1d]))`;
const missing = (labels: string) => `${known(labels)} unless on (${BRIDGE}) ${OWNERS}`;

/** 1 for each of them of which no pod tells now. */
export const MISSING = missing(`cluster, ${OWNER_LABELS}`);
/** How many these are. Where no bridge was ever known there is no number, rather than a zero that calms. */
export const NUMBER_MISSING = `sum(${missing(BRIDGE)} or 0 * ${known(BRIDGE)})`;

/** `series` of the chosen bridges, with the labels that say whose it is. */
export function owned(series: string): string {
  return joined(series, CHOSEN_OWNERS, OWNER_LABELS);
}

/** One value for each bridge. Replicas tell the same, so the largest stands for all, unless `operator` says otherwise: give it each pod `once`. */
export function perBridge(series: string, operator: 'max' | 'min' | 'sum' | 'count' = 'max'): string {
  return `${operator} by (cluster, ${OWNER_LABELS}) (${owned(series)})`;
}

/** One value for each namespace that is published for. */
export function perNamespace(series: string): string {
  return `sum by (published_namespace) (${perBridge(series)})`;
}

/** Sum over what one pod tells: its registries, its codes. */
export function perPod(series: string): string {
  return summed(series, POD);
}
