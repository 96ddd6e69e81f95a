// What an istiod holds against the resources that it was given. It never tells the config source: only its log and its counters do.
import type { Metrics } from './metrics.ts';

/** What istiod logs when it does not take a resource. */
const REFUSALS = [
  'Error unmarshalling received MCP config',
  'Invalid data',
  'Error adding a new resource to the store',
  'Error updating an existing resource in the store',
  'Error deleting an outdated resource from the store',
];

/** Counters that stay at 0 unless resources contradict each other or a proxy refuses what istiod made of them. */
const CONFLICT_METRICS = [
  'pilot_conflict_inbound_listener',
  'pilot_conflict_outbound_listener_tcp_over_current_tcp',
  'pilot_duplicate_envoy_clusters',
  'pilot_dns_cluster_without_endpoints',
  'pilot_total_rejected_configs',
  'pilot_total_xds_internal_errors',
  'pilot_total_xds_rejects',
  'pilot_vservice_dup_domain',
];

/** Refusals in its log, conflict counters above 0. Good is empty. */
export function complaints(lines: readonly string[], metrics: Metrics): readonly string[] {
  return [
    ...lines.filter((line) => REFUSALS.some((refusal) => line.includes(refusal))),
    ...CONFLICT_METRICS.filter((name) => metrics.sum(name) !== 0).map((name) => `${name} = ${metrics.sum(name)}`),
  ];
}
