// A fleet is told apart by what bridges are for, not by where they run: every figure is joined with the series that says
// whose bridge a pod is.
import { own, type Scope } from '../promql.ts';

export const FLEET: Scope = 'cluster=~"$cluster", pod=~"$pod"';

const OWNERS = own(`${FLEET}, published_namespace=~"$namespace"`, 'ownerInfo');
const OWNER_LABELS = 'published_namespace, bridge_instance, team';

/** `series` of the chosen bridges, with the labels that say whose it is. */
export function owned(series: string): string {
  return `(${series}) * on (cluster, namespace, pod) group_left (${OWNER_LABELS}) ${OWNERS}`;
}

/** One value for each bridge. Replicas tell the same, so the largest stands for all, unless `operator` says otherwise. */
export function perBridge(series: string, operator: 'max' | 'sum' | 'count' = 'max'): string {
  return `${operator} by (cluster, ${OWNER_LABELS}) (${owned(series)})`;
}

/** One value for each namespace that is published for. */
export function perNamespace(series: string): string {
  return `sum by (published_namespace) (${perBridge(series)})`;
}

/** Sum over what one pod tells: its registries, its codes. */
export function perPod(series: string): string {
  return `sum by (cluster, namespace, pod) (${series})`;
}
