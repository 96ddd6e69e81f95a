import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { STATUSES } from '../../../src/model/service.ts';
import type { MetricSources } from '../../../src/observe/gauge-readings.ts';
import { silentLog } from '../../../src/observe/log.ts';
import type { MetricDeclaration } from '../../../src/observe/metric-declaration.ts';
import { METRICS } from '../../../src/observe/metric-table.ts';
import { Metrics } from '../../../src/observe/metrics.ts';
import { TARGET_LABELS } from '../../../tools/promql/series.ts';

const SOURCES: MetricSources = {
  registries: () => [
    {
      registry: 'legacy',
      isUp: true,
      isRestored: true,
      lastSuccessAtMs: 1_700_000_000_500,
      services: 9,
      matchedServices: 4,
      instances: { up: 7, down: 1 },
    },
  ],
  sessions: () => [{ registry: 'zk', state: 'suspended', watches: 12 }],
  conversion: () => ({
    services: { served: 3, empty: 0, skipped: 0, refused: 1 },
    instancesServed: 6,
    problems: new Map([['PORT_INVALID', 2]]),
    overLimit: new Map([['vms', { services: 4, instances: 0, ports: 0, metadata: 0, texts: 1 }]]),
  }),
  snapshot: () => ({
    state: 'live',
    publishedAtMs: 2000,
    dataAtMs: undefined,
    sizeBytes: 321,
    fingerprint: '0000000000ff1234',
  }),
  guard: () => ({
    holds: [
      { registry: 'legacy', reason: 'everything-gone', instances: 3 },
      { registry: 'legacy', reason: 'everything-gone', instances: 2 },
      { registry: 'vms', reason: 'empty-first-read', instances: 0 },
    ],
    pendingRemovals: 2,
    graces: 3,
    draining: 4,
    freezes: [{ registry: 'legacy', count: 2, sinceMs: 4000 }],
  }),
  clients: () => ({
    connected: { istiod: 2, other: 3 },
    byProtocol: { sotw: { istiod: 2, other: 3 } },
    synced: { istiod: 1, other: 0 },
    overdue: { istiod: 0, other: 2 },
  }),
  access: () => ({ certificateUntilMs: 1_800_000_000_000, filesRefused: ['access-list'] }),
  isReloadRefused: () => true,
  saved: () => ({ writtenAtMs: 3000, isFailing: true, refused: ['STATE_TOO_OLD'], seeding: 'token' }),
};

function created(sources: Partial<MetricSources> = {}) {
  const errors: string[] = [];
  const metrics = new Metrics({
    sources: { ...SOURCES, ...sources },
    registries: [
      { name: 'legacy', modes: ['full', 'delta'], hasSession: false },
      { name: 'vms', modes: ['file'], hasSession: false },
      { name: 'zk', modes: ['full'], hasSession: true },
    ],
    problemCodes: ['PORT_INVALID', 'HOST_TAKEN'],
    version: '1.2.3',
    owner: () => ({ team: 'payments', namespace: 'shop', instance: 'main' }),
    log: { ...silentLog, error: (event) => void errors.push(event) },
  });
  return { metrics, errors };
}

/** Series → value, of one scrape. */
async function scrape(metrics: Metrics): Promise<ReadonlyMap<string, number>> {
  const lines = (await metrics.expose()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describe('a scrape', () => {
  test('shows the state at that moment', async () => {
    const series = await scrape(created().metrics);
    const expected: Readonly<Record<string, number>> = {
      'footbridge_build_info{version="1.2.3"}': 1,
      'footbridge_owner_info{team="payments",published_namespace="shop",bridge_instance="main"}': 1,
      'footbridge_registry_up{registry="legacy"}': 1,
      'footbridge_registry_restored{registry="legacy"}': 1,
      'footbridge_registry_restored{registry="vms"}': 0,
      'footbridge_registry_last_success_timestamp_seconds{registry="legacy"}': 1_700_000_000.5,
      'footbridge_registry_services{registry="legacy"}': 9,
      'footbridge_registry_matched_services{registry="legacy"}': 4,
      'footbridge_registry_instances{registry="legacy",status="up"}': 7,
      'footbridge_registry_session_state{registry="zk",state="suspended"}': 1,
      'footbridge_registry_session_state{registry="zk",state="connected"}': 0,
      'footbridge_registry_watches{registry="zk"}': 12,
      'footbridge_services{state="served"}': 3,
      footbridge_instances_served: 6,
      'footbridge_problems{code="PORT_INVALID"}': 2,
      'footbridge_snapshot_state{state="live"}': 1,
      footbridge_snapshot_published_timestamp_seconds: 2,
      footbridge_snapshot_data_timestamp_seconds: 0,
      footbridge_snapshot_size_bytes: 321,
      footbridge_snapshot_fingerprint: 0xff,
      'footbridge_over_limit{registry="vms",limit="services"}': 4,
      'footbridge_over_limit{registry="legacy",limit="services"}': 0,
      'footbridge_guard_holds{registry="legacy",reason="everything-gone"}': 2,
      'footbridge_guard_holds{registry="legacy",reason="empty-first-read"}': 0,
      'footbridge_guard_holds{registry="vms",reason="empty-first-read"}': 1,
      'footbridge_guard_held_removals{registry="legacy"}': 5,
      'footbridge_guard_held_removals{registry="vms"}': 0,
      'footbridge_seeding_outcome{outcome="token"}': 1,
      'footbridge_seeding_outcome{outcome="given"}': 0,
      footbridge_guard_pending_removals: 2,
      footbridge_guard_graces: 3,
      footbridge_guard_draining: 4,
      'footbridge_guard_freezes{registry="legacy"}': 2,
      'footbridge_guard_freezes{registry="vms"}': 0,
      'footbridge_guard_freeze_start_timestamp_seconds{registry="legacy"}': 4,
      'footbridge_guard_freeze_start_timestamp_seconds{registry="vms"}': 0,
      'footbridge_clients{protocol="sotw",client="istiod"}': 2,
      'footbridge_clients{protocol="sotw",client="other"}': 3,
      'footbridge_clients_synced{client="istiod"}': 1,
      'footbridge_acks_overdue{client="other"}': 2,
      'footbridge_clients_synced{client="other"}': 0,
      footbridge_state_written_timestamp_seconds: 3,
      footbridge_state_write_failing: 1,
      'footbridge_state_refused{code="STATE_TOO_OLD"}': 1,
      'footbridge_state_refused{code="STATE_CORRUPT"}': 0,
      footbridge_config_reload_refused: 1,
    };
    for (const [name, value] of Object.entries(expected)) assert.equal(series.get(name), value, name);
  });

  test('holds every series from the start, with what is not so at 0', async () => {
    const series = await scrape(created().metrics);
    for (const name of [
      'footbridge_registry_up{registry="vms"}',
      'footbridge_registry_instances{registry="vms",status="unknown"}',
      'footbridge_registry_refreshes_total{registry="legacy",mode="delta",outcome="error"}',
      'footbridge_registry_refresh_duration_seconds_count{registry="vms",mode="file"}',
      'footbridge_registry_changes_total{registry="vms",unit="instance",op="removed"}',
      'footbridge_problems{code="HOST_TAKEN"}',
      'footbridge_snapshot_state{state="held"}',
      'footbridge_streams_total{protocol="sotw",end="drained"}',
      'footbridge_responses_total{protocol="sotw",answer="nack"}',
      'footbridge_propagation_seconds_count',
      'footbridge_log_messages_total{level="error"}',
      'footbridge_clients_rejected_total{reason="denied"}',
      'footbridge_rate_limited_total{limit="streams"}',
      'footbridge_serve_files_refused{files="certificate"}',
      'footbridge_config_reloads_total{outcome="refused"}',
    ]) {
      assert.equal(series.get(name), 0, name);
    }
    assert.ok(
      ![...series.keys()].some((name) => name.includes('registry="vms",mode="delta"')),
      'no series that can never count',
    );
  });

  test('tells of the one state of a session, and has no such series for a registry without one', async () => {
    const series = await scrape(created().metrics);
    const told = [...series].filter(([name]) => /registry_(?:session_state|watches)/.test(name));
    assert.deepEqual(
      told.map(([name, value]) => [/registry="zk"(?:,state="(\w+)")?\}$/.exec(name)?.[1], value]),
      [
        ['connected', 0],
        ['suspended', 1],
        ['reconnected', 0],
        ['lost', 0],
        [undefined, 12],
      ],
    );
    const before = await scrape(created({ sessions: () => [] }).metrics);
    assert.equal(before.get('footbridge_registry_session_state{registry="zk",state="lost"}'), 0);
  });

  test('forgets what is no longer so', async () => {
    let state: 'empty' | 'live' = 'empty';
    const { metrics } = created({ snapshot: () => ({ ...SOURCES.snapshot(), state }) });
    assert.equal((await scrape(metrics)).get('footbridge_snapshot_state{state="empty"}'), 1);
    state = 'live';
    const series = await scrape(metrics);
    assert.equal(series.get('footbridge_snapshot_state{state="empty"}'), 0);
    assert.equal(series.get('footbridge_snapshot_state{state="live"}'), 1);
  });

  test('survives a state that cannot be read: its series are absent, the others are there, and the log says so', async () => {
    const fail = () => {
      throw new Error('defect');
    };
    const { metrics, errors } = created({ guard: fail, registries: fail });
    const series = await scrape(metrics);
    assert.equal(series.get('footbridge_clients_synced{client="istiod"}'), 1);
    assert.equal(series.has('footbridge_guard_graces'), false);
    assert.equal(series.has('footbridge_guard_holds{registry="legacy",reason="everything-gone"}'), false);
    assert.equal(series.has('footbridge_registry_up{registry="legacy"}'), false);
    assert.ok(errors.includes('metrics.collector_failed'));
  });

  test('survives a figure that is no number', async () => {
    const { metrics } = created({
      snapshot: () => ({ ...SOURCES.snapshot(), fingerprint: '', sizeBytes: Number.NaN }),
    });
    assert.equal((await scrape(metrics)).get('footbridge_snapshot_fingerprint'), 0);
  });
});

describe('what happens', () => {
  test('is counted', async () => {
    const { metrics } = created();
    metrics.registryRead({ registry: 'legacy', mode: 'full', outcome: 'ok', durationMs: 20 });
    metrics.registryRead({ registry: 'legacy', mode: 'full', outcome: 'error', durationMs: 2000 });
    metrics.registryChanged({ registry: 'legacy', unit: 'instance', op: 'added' }, 7);
    metrics.converted(3);
    metrics.published({ add: 1, update: 2, remove: 0 });
    metrics.streamEnded('sotw', 'client');
    metrics.pushed('sotw', 5000);
    metrics.answered('sotw', { answer: 'ack', pushedAtMs: 1000, answeredAtMs: 1020, changeSeenAtMs: 500 });
    metrics.answered('sotw', { answer: 'ack', pushedAtMs: 1000, answeredAtMs: 990, changeSeenAtMs: undefined });
    metrics.answered('sotw', { answer: 'nack', pushedAtMs: 1000, answeredAtMs: 1020, changeSeenAtMs: 500 });
    metrics.logged('warn');
    metrics.logged('fatal');
    metrics.configReloaded('refused');
    const series = await scrape(metrics);
    const expected: Readonly<Record<string, number>> = {
      'footbridge_registry_refreshes_total{registry="legacy",mode="full",outcome="ok"}': 1,
      'footbridge_registry_refreshes_total{registry="legacy",mode="full",outcome="error"}': 1,
      'footbridge_registry_refresh_duration_seconds_sum{registry="legacy",mode="full"}': 2.02,
      'footbridge_registry_changes_total{registry="legacy",unit="instance",op="added"}': 7,
      footbridge_convert_duration_seconds_count: 1,
      footbridge_snapshot_publishes_total: 1,
      'footbridge_snapshot_changes_total{op="update"}': 2,
      'footbridge_snapshot_changes_total{op="remove"}': 0,
      'footbridge_streams_total{protocol="sotw",end="client"}': 1,
      'footbridge_pushes_total{protocol="sotw"}': 1,
      footbridge_push_size_bytes_sum: 5000,
      'footbridge_responses_total{protocol="sotw",answer="ack"}': 2,
      'footbridge_responses_total{protocol="sotw",answer="nack"}': 1,
      footbridge_push_ack_seconds_count: 2,
      footbridge_push_ack_seconds_sum: 0.02,
      footbridge_propagation_seconds_count: 1,
      footbridge_propagation_seconds_sum: 0.52,
      'footbridge_log_messages_total{level="warn"}': 1,
      'footbridge_config_reloads_total{outcome="refused"}': 1,
    };
    for (const [name, value] of Object.entries(expected)) assert.equal(series.get(name), value, name);
    assert.ok(![...series.keys()].some((name) => name.includes('fatal')));
  });

  test('as often as not at all, or less, neither counts nor throws', async () => {
    const { metrics } = created();
    for (const by of [0, -1, Number.NaN])
      metrics.registryChanged({ registry: 'legacy', unit: 'service', op: 'removed' }, by);
    metrics.converted(Number.NaN);
    const series = await scrape(metrics);
    assert.equal(series.get('footbridge_registry_changes_total{registry="legacy",unit="service",op="removed"}'), 0);
    assert.equal(series.get('footbridge_convert_duration_seconds_count'), 0);
  });

  test('in the process itself is shown where it is asked for', async () => {
    const { metrics } = created();
    metrics.addProcessMetrics();
    const series = await scrape(metrics);
    assert.ok(series.has('process_resident_memory_bytes'));
    assert.ok(series.has('nodejs_eventloop_lag_p99_seconds'));
    assert.ok(![...series.keys()].some((name) => name.startsWith('nodejs_active_') && name.includes('_total')));
  });

  test('in one process is unknown to another set of metrics', async () => {
    const { metrics } = created();
    metrics.configReloaded('applied');
    assert.equal((await scrape(created().metrics)).get('footbridge_config_reloads_total{outcome="applied"}'), 0);
  });
});

describe('the table of metrics', () => {
  const all = Object.values<MetricDeclaration>(METRICS);

  test('names each once, by the rules of Prometheus', () => {
    assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
    for (const { name, type, help } of all) {
      assert.match(name, /^footbridge_[a-z_]+$/);
      assert.equal(name.endsWith('_total'), type === 'counter', name);
      assert.match(help, /\.$/, name);
    }
  });

  test('calls no label as one that Prometheus gives to what it scrapes', () => {
    for (const { name, labels } of all) {
      for (const label of Object.keys(labels)) assert.ok(!TARGET_LABELS.includes(label), `${name}: ${label}`);
    }
  });

  test('knows every status that a registry can tell', () => {
    const told = STATUSES.filter((status) => status !== 'gone');
    assert.deepEqual([...METRICS.registryInstances.labels.status].sort(), [...told].sort());
  });

  test('gives histograms rising buckets, and nothing else any', () => {
    for (const { name, type, buckets } of all) {
      assert.equal(buckets !== undefined, type === 'histogram', name);
      assert.deepEqual(
        buckets,
        buckets?.toSorted((a, b) => a - b),
        name,
      );
    }
  });
});
