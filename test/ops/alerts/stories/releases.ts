// Stories of a mesh with two bridges: the rules of each speak of it alone.
import type { Bridge, Pod, Shown } from '../bridge.ts';
import { NAMESPACE, type Story } from '../story.ts';
import { ABSENT } from './process.ts';

export const OTHER_NAMESPACE = 'orders';

const WELL: Bridge = { namespace: NAMESPACE, pods: { a: {}, b: {} } };

const THIRD_READ = 'footbridge_registry_last_success_timestamp_seconds{registry="third"}';
const FOURTH_READ = 'footbridge_registry_last_success_timestamp_seconds{registry="fourth"}';

const ALL_WRONG: Shown = {
  process_resident_memory_bytes: '530000000',
  'footbridge_registry_up{registry="eureka"}': '0 1',
  'footbridge_registry_last_success_timestamp_seconds{registry="eureka"}': 'now for 1m, same',
  'footbridge_registry_last_success_timestamp_seconds{registry="second"}': '0',
  [THIRD_READ]: 'now for 1m, same',
  [FOURTH_READ]: '0',
  'footbridge_registry_matched_services{registry="eureka"}': '0',
  'footbridge_problems{code="HOST_OUT_OF_SCOPE"}': '3',
  'footbridge_guard_holds{registry="eureka",reason="everything-gone"}': '1',
  'footbridge_guard_holds{registry="eureka",reason="many-gone"}': '1',
  'footbridge_guard_holds{registry="second",reason="empty-first-read"}': '1',
  'footbridge_registry_restored{registry="eureka"}': '1',
  footbridge_state_write_failing: '1',
  footbridge_instances_served: '9 for 10m, 0',
  'footbridge_clients{protocol="sotw",client="istiod"}': '1 for 30m, 0',
  'footbridge_clients_synced{client="istiod"}': '0',
  'footbridge_responses_total{protocol="sotw",answer="nack"}': 'up by 1',
  'footbridge_pushes_too_large_total{protocol="resource-source"}': 'up by 1',
  'footbridge_streams_total{protocol="resource-source",end="client"}': 'up by 1',
  footbridge_propagation_seconds_count: 'up by 1',
  footbridge_config_reload_refused: '1',
  footbridge_tls_certificate_expiry_timestamp_seconds: '1',
  'footbridge_serve_files_refused{files="certificate"}': '1',
};

const ILL: Readonly<Record<string, Pod>> = {
  c: { shows: { up: '0' } },
  d: { shows: ALL_WRONG },
  e: { shows: { ...ALL_WRONG, footbridge_snapshot_fingerprint: '4815', [THIRD_READ]: 'now', [FOURTH_READ]: 'now' } },
};
const FROZEN: Readonly<Record<string, Pod>> = {
  c: { shows: { 'footbridge_guard_freeze_start_timestamp_seconds{registry="eureka"}': '1' } },
};
const DOWN: Readonly<Record<string, Pod>> = { c: { shows: { up: '0' } } };

/** Another namespace with a release of the same name, and another release in the same namespace. */
const NEIGHBOURS: Readonly<Record<string, Omit<Bridge, 'pods'>>> = {
  'another namespace': { namespace: OTHER_NAMESPACE },
  'another release': { namespace: NAMESPACE, job: 'second-footbridge-metrics' },
};

/** On the rules of one alone: a neighbour is none of their business. */
export const NEIGHBOUR_STORIES: readonly Story[] = Object.entries(NEIGHBOURS).flatMap(([which, neighbour]) => [
  {
    that: `all is wrong with the bridge of ${which}`,
    bridges: [WELL, { ...neighbour, pods: ILL }],
    firing: { '5m': [], '20m': [], '30m': [], '1h': [], '1h5m': [] },
  },
  {
    that: `no replica of the bridge of ${which} answers`,
    bridges: [WELL, { ...neighbour, pods: DOWN }],
    firing: { '20m': [] },
  },
  {
    that: `something of the bridge of ${which} has been frozen for more than a day`,
    bridges: [WELL, { ...neighbour, pods: FROZEN }],
    every: '1m',
    firing: { '25h': [] },
  },
  {
    that: `this bridge is gone, and that of ${which} is well`,
    bridges: [{ ...neighbour, pods: WELL.pods }],
    firing: { '30m': [ABSENT] },
  },
]);

/** On the rules of both. */
export const RELEASE_STORIES: readonly Story[] = [
  {
    that: 'the bridge of one namespace is gone, and that of the other is well',
    bridges: [WELL],
    firing: { '30m': [{ ...ABSENT, namespace: OTHER_NAMESPACE }] },
  },
  {
    that: 'both are gone, and each is told of once',
    bridges: [],
    firing: { '30m': [ABSENT, { ...ABSENT, namespace: OTHER_NAMESPACE }] },
  },
];
