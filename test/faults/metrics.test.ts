// Every metric, moved by what it is about: the whole program in this process, a client like istiod, and a registry file.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { METRICS } from '../../src/observe/metric-table.ts';
import { springRecord } from '../fakes/curator-records.ts';
import { FakeIstiod } from '../fakes/fake-istiod.ts';
import { FakeZooKeeperServer } from '../fakes/fake-zookeeper-server.ts';
import { type RunningApp, runApp } from '../fakes/running-app.ts';
import { untilHolds } from '../peers/run/wait-for.ts';

const [A, B, C] = ['a', 'b', 'c'].map((id, index) => `{ id: ${id}, address: 10.0.0.${index + 1}, port: 8080 }`);
const orders = (...instances: readonly (string | undefined)[]) =>
  `  - { name: orders, instances: [${instances.join(', ')}] }\n`;
const BILLS = '  - { name: bills, instances: [{ id: d, address: 10.0.0.9, port: 8080, status: down }] }\n';
const BAD = '  - { name: bad, instances: [{ id: e }] }\n';
const YIELDED = '  - { name: mine, instances: [{ id: f, address: 10.0.0.8, port: 8080 }] }\n';
const KEYS = {
  yieldHosts: ['mine.*'],
  'guard.removalDebounce': '0s',
  'guard.emptyGrace': '10m',
  'registries.file.scope.exclude': [{ service: ['mine'] }],
};

type Expected = Readonly<Record<string, number | 'moved'>>;

interface Chapter {
  readonly when: string;
  readonly happens: (app: RunningApp) => void | Promise<void>;
  readonly shows: Expected;
}

const READ = 'registry="file",mode="file"';
const CHANGED = (unit: string, op: string) =>
  `footbridge_registry_changes_total{registry="file",unit="${unit}",op="${op}"}`;

/** One life of a bridge. `moved`: not 0. A client is connected from before the second chapter until the last. */
const STORY: readonly Chapter[] = [
  {
    when: 'it has started',
    happens() {},
    shows: {
      'footbridge_owner_info{team="",published_namespace="shop",bridge_instance="test"}': 1,
      'footbridge_registry_up{registry="file"}': 1,
      'footbridge_registry_last_success_timestamp_seconds{registry="file"}': 'moved',
      [`footbridge_registry_refreshes_total{${READ},outcome="ok"}`]: 'moved',
      [`footbridge_registry_refresh_duration_seconds_count{${READ}}`]: 'moved',
      'footbridge_registry_services{registry="file"}': 3,
      'footbridge_registry_matched_services{registry="file"}': 2,
      'footbridge_registry_instances{registry="file",status="up"}': 2,
      'footbridge_registry_instances{registry="file",status="down"}': 1,
      'footbridge_services{state="served"}': 1,
      'footbridge_services{state="empty"}': 1,
      footbridge_instances_served: 2,
      'footbridge_problems{code="INSTANCE_MALFORMED"}': 0,
      footbridge_convert_duration_seconds_count: 'moved',
      'footbridge_snapshot_state{state="live"}': 1,
      footbridge_snapshot_published_timestamp_seconds: 'moved',
      footbridge_snapshot_data_timestamp_seconds: 'moved',
      footbridge_snapshot_publishes_total: 1,
      'footbridge_snapshot_changes_total{op="add"}': 2,
      footbridge_snapshot_size_bytes: 'moved',
      footbridge_snapshot_fingerprint: 'moved',
      'footbridge_clients{protocol="sotw",client="istiod"}': 1,
      'footbridge_clients{protocol="sotw",client="other"}': 0,
      'footbridge_clients_synced{client="istiod"}': 1,
      'footbridge_pushes_total{protocol="sotw"}': 'moved',
      'footbridge_responses_total{protocol="sotw",answer="ack"}': 'moved',
      footbridge_push_size_bytes_count: 'moved',
      footbridge_push_ack_seconds_count: 'moved',
      footbridge_propagation_seconds_count: 0,
      'footbridge_log_messages_total{level="info"}': 'moved',
    },
  },
  {
    when: 'an instance comes and a service cannot be read',
    happens: ({ writeRegistry }) => writeRegistry(`services:\n${orders(A, B, C)}${BILLS}${YIELDED}${BAD}`),
    shows: {
      [CHANGED('service', 'changed')]: 1,
      [CHANGED('instance', 'added')]: 'moved',
      footbridge_instances_served: 3,
      'footbridge_problems{code="INSTANCE_MALFORMED"}': 1,
      'footbridge_snapshot_changes_total{op="update"}': 1,
      footbridge_propagation_seconds_count: 1,
    },
  },
  {
    when: 'the file breaks',
    happens: ({ writeRegistry }) => writeRegistry('services: ['),
    shows: {
      'footbridge_registry_up{registry="file"}': 0,
      [`footbridge_registry_refreshes_total{${READ},outcome="error"}`]: 'moved',
      'footbridge_snapshot_state{state="stale"}': 1,
      'footbridge_snapshot_state{state="live"}': 0,
      footbridge_instances_served: 3,
    },
  },
  {
    when: 'a service goes',
    happens: ({ writeRegistry }) => writeRegistry(`services:\n${orders(A, B, C)}`),
    shows: {
      'footbridge_registry_up{registry="file"}': 1,
      [CHANGED('service', 'removed')]: 1,
      [CHANGED('instance', 'removed')]: 1,
      footbridge_guard_graces: 1,
      'footbridge_problems{code="INSTANCE_MALFORMED"}': 0,
    },
  },
  {
    when: 'its grace is cut short by a reload',
    happens: ({ reload }) => reload({ ...KEYS, 'guard.emptyGrace': '0s', 'guard.removalDebounce': '10m' }),
    shows: {
      'footbridge_config_reloads_total{outcome="applied"}': 1,
      footbridge_guard_graces: 0,
      'footbridge_snapshot_changes_total{op="remove"}': 1,
    },
  },
  {
    when: 'an instance goes that is waited for',
    happens: ({ writeRegistry }) => writeRegistry(`services:\n${orders(A, B)}`),
    shows: { footbridge_guard_pending_removals: 1, footbridge_instances_served: 3 },
  },
  {
    when: 'everything goes',
    happens: ({ writeRegistry }) => writeRegistry('services: []'),
    shows: {
      'footbridge_guard_holds{registry="file",reason="everything-gone"}': 1,
      'footbridge_guard_held_removals{registry="file"}': 3,
      'footbridge_snapshot_state{state="held"}': 1,
      'footbridge_log_messages_total{level="warn"}': 'moved',
      footbridge_instances_served: 3,
    },
  },
  {
    when: 'everything is back, and one host is left to others',
    happens({ writeRegistry, reload }) {
      writeRegistry(`services:\n${orders(A, B, C)}${YIELDED}`);
      reload({ yieldHosts: ['mine.*'] });
    },
    shows: {
      'footbridge_guard_holds{registry="file",reason="everything-gone"}': 0,
      'footbridge_services{state="skipped"}': 1,
      'footbridge_problems{code="HOST_YIELDED"}': 1,
      'footbridge_config_reloads_total{outcome="applied"}': 2,
    },
  },
  {
    when: 'a reload is refused',
    happens: ({ reload }) => reload({ namespace: 'other' }),
    shows: {
      'footbridge_config_reloads_total{outcome="refused"}': 'moved',
      footbridge_config_reload_refused: 1,
      'footbridge_log_messages_total{level="error"}': 'moved',
    },
  },
  {
    when: 'the file says again what runs',
    happens: ({ reload }) => reload({ yieldHosts: ['mine.*'] }),
    shows: { 'footbridge_config_reloads_total{outcome="unchanged"}': 'moved', footbridge_config_reload_refused: 0 },
  },
];

async function seriesOf({ page }: RunningApp): Promise<ReadonlyMap<string, number>> {
  const lines = (await page('/metrics')).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

async function untilShown(app: RunningApp, expected: Expected, when: string): Promise<void> {
  await untilHolds(
    async () => {
      const series = await seriesOf(app);
      for (const [name, value] of Object.entries(expected)) {
        if (value === 'moved') assert.ok((series.get(name) ?? 0) > 0, `${name} when ${when}`);
        else assert.equal(series.get(name), value, `${name} when ${when}`);
      }
    },
    `the metrics when ${when}`,
    15_000,
  );
}

async function connected(t: TestContext, { address }: RunningApp): Promise<FakeIstiod> {
  const istiod = new FakeIstiod({ address, minor: 29 });
  t.after(() => istiod.close());
  await istiod.until(() => istiod.entries.size === 2, 'the entries');
  return istiod;
}

describe('the metrics of a running bridge', () => {
  test('follow its life', async (t) => {
    const app = await runApp(t, `services:\n${orders(A, B)}${BILLS}${YIELDED}`, KEYS);
    await untilShown(app, { footbridge_snapshot_publishes_total: 1 }, 'the file was read');
    const istiod = await connected(t, app);
    for (const { when, happens, shows } of STORY) {
      await happens(app);
      await untilShown(app, shows, when);
    }
    istiod.close();
    const ended = {
      'footbridge_streams_total{protocol="sotw",end="client"}': 1,
      'footbridge_clients{protocol="sotw",client="istiod"}': 0,
    };
    await untilShown(app, ended, 'the client is gone');
  });

  test('tell how the session of a registry in ZooKeeper fares, and of no session where there is none', async (t) => {
    const zookeeper = await FakeZooKeeperServer.start();
    t.after(() => zookeeper.close());
    zookeeper.set('/services/orders/one', springRecord({ address: '10.0.0.5' }));
    const app = await runApp(t, `services:\n${orders(A)}`, {
      'registries.zk.kind': 'spring-cloud-zookeeper',
      'registries.zk.servers': [zookeeper.address],
      'registries.zk.sessionTimeout': '30s',
    });
    const session = (states: Readonly<Record<string, number>>, watches: number | 'moved'): Expected => ({
      ...Object.fromEntries(
        ['connected', 'suspended', 'reconnected', 'lost'].map((state) => [
          `footbridge_registry_session_state{registry="zk",state="${state}"}`,
          states[state] ?? 0,
        ]),
      ),
      'footbridge_registry_watches{registry="zk"}': watches,
    });
    await untilShown(app, session({ connected: 1 }, 'moved'), 'the servers gave a session');
    assert.match(await app.page('/'), /<span class="soft">session<\/span> <b class="word good">connected<\/b>/);
    zookeeper.cut();
    await untilShown(app, session({ reconnected: 1 }, 'moved'), 'it was resumed');
    await zookeeper.close();
    await untilShown(app, session({ suspended: 1 }, 0), 'no server can be reached');
    assert.match(await app.page('/'), /<span class="soft">session<\/span> <b class="word warn">suspended<\/b>/);
    const ofFile = [...(await seriesOf(app)).keys()].filter((name) => /(?:session|watches).*"file"/.test(name));
    assert.deepEqual(ofFile, []);
  });

  test('are each in that story, but for what cannot move', () => {
    const told = STORY.flatMap(({ shows }) => Object.entries(shows)).flatMap(([series, value]) =>
      value === 0 ? [] : series,
    );
    const all = Object.values(METRICS).map(({ name }) => name);
    const missing = all.filter(
      (name) =>
        !told.some(
          (series) =>
            series
              .replace(/_count$/, '')
              .split('{')[0]
              ?.replace(/_count$/, '') === name,
        ),
    );
    // Drift, sessions and watches are of a registry that announces changes, which a file is not; more than 4 MiB are of an estate.
    // What is over a limit is the story of limits.test.ts and client-limits.test.ts, what is frozen that of freeze.test.ts, what drains
    // that of live-keys.test.ts, what is kept over a restart or told by a replica that of state-file.test.ts and replicas.test.ts, who
    // is turned away, slowed down or shown a certificate that of serve-tls.test.ts.
    assert.deepEqual(missing, [
      'footbridge_build_info',
      'footbridge_registry_restored',
      'footbridge_registry_drift_total',
      'footbridge_registry_session_state',
      'footbridge_registry_watches',
      'footbridge_over_limit',
      'footbridge_guard_draining',
      'footbridge_guard_freezes',
      'footbridge_guard_freeze_start_timestamp_seconds',
      'footbridge_state_writes_total',
      'footbridge_state_write_failing',
      'footbridge_state_written_timestamp_seconds',
      'footbridge_state_refused',
      'footbridge_seeding_outcome',
      'footbridge_acks_overdue',
      'footbridge_streams_total',
      'footbridge_clients_rejected_total',
      'footbridge_rate_limited_total',
      'footbridge_subscriptions_refused_total',
      'footbridge_tls_certificate_expiry_timestamp_seconds',
      'footbridge_serve_files_refused',
      'footbridge_pushes_too_large_total',
    ]);
  });
});
