// SPDX-License-Identifier: Apache-2.0
// Every metric, declared once as data: metrics.ts makes them, describe-metrics.ts prints docs/metrics.md from them, and
// dashboards are checked against them. A label takes few values, all known when the process starts: never a service, an
// instance, a client, a version or a stream. No label is called as one that Prometheus gives a target (`namespace`, `pod`,
// `instance`, `job`, ...): a scrape would rename ours to `exported_...`, unless the scraper was told otherwise.
import { GUARD_METRICS } from './guard-metrics.ts';
import { counter, gauge, histogram, type MetricDeclaration } from './metric-declaration.ts';
import { STATE_METRICS } from './state-metrics.ts';

const REGISTRY = { registry: 'registries' } as const;
const WITH_SESSION = { registry: 'registries with a session' } as const;
const PROTOCOL = { protocol: ['sotw', 'delta', 'resource-source', 'aggregated'] } as const;
const CLIENT = { client: ['istiod', 'other'] } as const;

const QUICK_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const PROPAGATION_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300];
const BYTES = [1e3, 4e3, 16e3, 64e3, 256e3, 1e6, 4e6, 16e6, 64e6];

export const METRICS = {
  buildInfo: gauge('footbridge_build_info', 'Always 1; says which version runs.', { version: 'set once' }),
  ownerInfo: gauge('footbridge_owner_info', 'Always 1; says whose bridge this is, to join with the other series.', {
    team: 'as configured',
    published_namespace: 'set once',
    bridge_instance: 'set once',
  }),

  registryUp: gauge('footbridge_registry_up', '1 when the last attempt to read the registry was good.', REGISTRY),
  registryRestored: gauge(
    'footbridge_registry_restored',
    '1 while this process has not read the registry and serves what a former one read.',
    REGISTRY,
  ),
  registryLastSuccess: gauge(
    'footbridge_registry_last_success_timestamp_seconds',
    'When the registry was last read well, by this process or, while that is restored, by a former one, Unix time; 0 = never.',
    REGISTRY,
  ),
  registryRefreshDuration: histogram(
    'footbridge_registry_refresh_duration_seconds',
    'Duration of one attempt to read the registry.',
    { ...REGISTRY, mode: 'read modes' },
    REQUEST_SECONDS,
  ),
  registryRefreshes: counter('footbridge_registry_refreshes_total', 'Attempts to read the registry.', {
    ...REGISTRY,
    mode: 'read modes',
    outcome: ['ok', 'error'],
  }),
  registryServices: gauge(
    'footbridge_registry_services',
    'Services that the registry lists, in scope or not.',
    REGISTRY,
  ),
  registryMatched: gauge(
    'footbridge_registry_matched_services',
    'Services that the scope matches. 0 with services listed is most often a typing error in the scope.',
    REGISTRY,
  ),
  registryInstances: gauge('footbridge_registry_instances', 'Instances in scope by what the registry says of them.', {
    ...REGISTRY,
    status: ['up', 'down', 'starting', 'out-of-service', 'unknown'],
  }),
  registryChanges: counter(
    'footbridge_registry_changes_total',
    'Services and instances in scope that came, went or changed.',
    { ...REGISTRY, unit: ['service', 'instance'], op: ['added', 'removed', 'changed'] },
  ),
  registryDrift: counter(
    'footbridge_registry_drift_total',
    'Places of the registry that a periodic full read found changed although no change was announced.',
    REGISTRY,
  ),
  registrySessionState: gauge(
    'footbridge_registry_session_state',
    '1 for the state that the session with ZooKeeper is in: connected (a new session), suspended (no connection, the session may still live), reconnected (that session on another connection), lost (it is over or given up; also before the first connection).',
    { ...WITH_SESSION, state: ['connected', 'suspended', 'reconnected', 'lost'] },
  ),
  registryWatches: gauge(
    'footbridge_registry_watches',
    'Places in ZooKeeper whose changes the servers announce; 0 without a connection.',
    WITH_SESSION,
  ),

  services: gauge(
    'footbridge_services',
    'Services by what became of them: served, with an endpoint; empty, an entry without any endpoint (callers get 503); skipped on purpose (left to a hand-written entry, or listed without any instance, so that there is nothing to publish); refused, with a problem.',
    { state: ['served', 'empty', 'skipped', 'refused'] },
  ),
  instancesServed: gauge('footbridge_instances_served', 'Endpoints in all entries that are served.', {}),
  problems: gauge('footbridge_problems', 'Problems at present, by code; docs/problems.md explains each.', {
    code: 'problem codes',
  }),
  overLimit: gauge(
    'footbridge_over_limit',
    'What is left out because it is more than a limit allows: services, instances of a service, ports or metadata of an instance, texts that are too long.',
    { ...REGISTRY, limit: ['services', 'instances', 'ports', 'metadata', 'texts'] },
  ),
  convertDuration: histogram(
    'footbridge_convert_duration_seconds',
    'Duration of one run from the registries’ content to encoded resources.',
    {},
    QUICK_SECONDS,
  ),

  snapshotState: gauge(
    'footbridge_snapshot_state',
    '1 for the state that holds: empty (no good read yet, answers are held), live, stale (a registry cannot be read, its last good content is served), restored (a registry was not read yet, what a former process read is served), held (that everything or much is gone, or a first read that lists nothing, is not believed yet).',
    { state: ['empty', 'live', 'stale', 'restored', 'held'] },
  ),
  snapshotPublished: gauge(
    'footbridge_snapshot_published_timestamp_seconds',
    'When the served snapshot was published, Unix time; 0 = never.',
    {},
  ),
  snapshotData: gauge(
    'footbridge_snapshot_data_timestamp_seconds',
    'When the oldest of the registries was last read well, Unix time; 0 = never.',
    {},
  ),
  snapshotPublishes: counter(
    'footbridge_snapshot_publishes_total',
    'Snapshots published because something changed.',
    {},
  ),
  snapshotChanges: counter('footbridge_snapshot_changes_total', 'Resources added, updated and removed by publishing.', {
    op: ['add', 'update', 'remove'],
  }),
  snapshotSize: gauge('footbridge_snapshot_size_bytes', 'Encoded size of all resources in the served snapshot.', {}),
  snapshotFingerprint: gauge(
    'footbridge_snapshot_fingerprint',
    'First 48 bits of the hash over the served snapshot: equal on replicas that serve the same.',
    {},
  ),

  ...GUARD_METRICS,
  ...STATE_METRICS,

  clients: gauge(
    'footbridge_clients',
    'Connected clients, by what they say they are: other is one like `footbridge check` and `footbridge watch`.',
    { ...PROTOCOL, ...CLIENT },
  ),
  clientsSynced: gauge(
    'footbridge_clients_synced',
    'Connected clients that have acknowledged the served snapshot.',
    CLIENT,
  ),
  acksOverdue: gauge(
    'footbridge_acks_overdue',
    'Responses that a connected client has owed an acknowledgement for longer than `serve.limits.ackOverdue`.',
    CLIENT,
  ),
  streams: counter('footbridge_streams_total', 'Streams that ended, by who or what ended them.', {
    ...PROTOCOL,
    end: ['client', 'drained', 'denied', 'idle', 'defect'],
  }),
  clientsRejected: counter(
    'footbridge_clients_rejected_total',
    'Clients turned away: handshake, no TLS came about; nameless, the client shows no certificate with a name, and there is an access list; denied, the access list does not let it in; crowded, its address has too many streams open.',
    { reason: ['handshake', 'nameless', 'denied', 'crowded'] },
  ),
  rateLimited: counter(
    'footbridge_rate_limited_total',
    'New streams, and requests on streams, that a rate limit let wait.',
    { limit: ['streams', 'requests'] },
  ),
  subscriptionsRefused: counter(
    'footbridge_subscriptions_refused_total',
    'Requests for more types or names than one stream may ask for, or for one that is too long: they are not answered.',
    {},
  ),
  certificateExpiry: gauge(
    'footbridge_tls_certificate_expiry_timestamp_seconds',
    'When the certificate that istiod is shown expires, Unix time; 0 = it is served in plaintext.',
    {},
  ),
  filesRefused: gauge(
    'footbridge_serve_files_refused',
    '1 while files changed to what cannot be used: what was in use before stays in use.',
    { files: ['certificate', 'access-list'] },
  ),
  pushes: counter('footbridge_pushes_total', 'Responses sent.', PROTOCOL),
  pushesTooLarge: counter(
    'footbridge_pushes_too_large_total',
    'Responses larger than the 4 MiB that Istio up to 1.11, and every client of legacy MCP, reads unless it is told otherwise (`--mcpMaxMsgSize`).',
    PROTOCOL,
  ),
  responses: counter(
    'footbridge_responses_total',
    'Answers of clients to what they were sent. istiod acknowledges whatever it can read.',
    { ...PROTOCOL, answer: ['ack', 'nack'] },
  ),
  pushSize: histogram('footbridge_push_size_bytes', 'Size of one response.', {}, BYTES),
  pushAck: histogram(
    'footbridge_push_ack_seconds',
    'From sending a response to its acknowledgement.',
    {},
    REQUEST_SECONDS,
  ),
  propagation: histogram(
    'footbridge_propagation_seconds',
    'From seeing a change in a registry to its acknowledgement by a client that was connected at the time.',
    {},
    PROPAGATION_SECONDS,
  ),

  logMessages: counter('footbridge_log_messages_total', 'Lines written to the log.', {
    level: ['debug', 'info', 'warn', 'error'],
  }),
  configReloads: counter(
    'footbridge_config_reloads_total',
    'Attempts to reload the configuration; refused = the old one stays.',
    { outcome: ['applied', 'unchanged', 'refused'] },
  ),
  configReloadRefused: gauge(
    'footbridge_config_reload_refused',
    '1 while the last attempt to reload the configuration was refused: what runs is not what the file says.',
    {},
  ),
} as const satisfies Record<string, MetricDeclaration>;

type Table = typeof METRICS;
export type MetricKey = keyof Table;
export type KeyOf<Type extends MetricDeclaration['type']> = {
  [K in MetricKey]: Table[K]['type'] extends Type ? K : never;
}[MetricKey];

/** Labels of a metric: those with a closed list as unions of its values, the rest as text. */
export type LabelsOf<K extends MetricKey> = {
  readonly [L in keyof Table[K]['labels']]: Table[K]['labels'][L] extends readonly (infer Value)[] ? Value : string;
};
