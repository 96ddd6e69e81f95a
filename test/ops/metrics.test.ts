// What a running bridge exposes, judged by Prometheus' own tool and by our own tables.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, type TestContext, test } from 'node:test';
import type { MetricDeclaration } from '../../src/observe/metric-declaration.ts';
import { METRICS } from '../../src/observe/metric-table.ts';
import { RUNTIME_METRICS } from '../../tools/promql/series.ts';
import { FakeZooKeeperServer } from '../fakes/fake-zookeeper-server.ts';
import { needTools } from '../peers/build/peers.ts';
import { PROMTOOL } from '../peers/build/tool.ts';
import { Bridge, bridgeConfig, dubboRegistry } from '../peers/run/bridge.ts';
import { getText } from '../peers/run/get.ts';
import { Teardown } from '../peers/run/teardown.ts';
import { waitFor } from '../peers/run/wait-for.ts';

describe('The metrics of a running bridge', () => {
  test('are clean in the eyes of promtool, those of the runtime included', needTools(PROMTOOL), async (t) => {
    const page = await getText(await metricsAddress(t));
    assert.deepEqual(complaints(page), []);
    const misnamed = page.replaceAll('nodejs_active_handles', 'nodejs_active_handles_total');
    assert.match(complaints(misnamed).join(), /nodejs_active_handles_total.*"_total" suffix/, 'promtool does judge');
  });

  test('are those of the tables that dashboards are checked against, with their types and labels', async (t) => {
    const address = await metricsAddress(t);
    // The runtime counts garbage collections only from the first one on.
    const page = await waitFor(async () => {
      const text = await getText(address);
      return text.includes('nodejs_gc_duration_seconds_bucket') && text;
    }, 'garbage is collected once');
    const types = new Map([...page.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]));
    for (const declared of [...Object.values<MetricDeclaration>(METRICS), ...RUNTIME_METRICS]) {
      assert.equal(types.get(declared.name), declared.type, declared.name);
      assert.deepEqual(labelsOn(page, declared), Object.keys(declared.labels).sort(), declared.name);
    }
    const exposed = [...types.keys()].filter((name) => name?.startsWith('footbridge_'));
    assert.equal(exposed.length, Object.keys(METRICS).length, 'and no other of our own');
  });
});

/** Of a bridge with a registry in ZooKeeper: only such a one shows every metric. */
async function metricsAddress(t: TestContext): Promise<string> {
  const teardown = new Teardown();
  t.after(() => teardown.run());
  const zookeeper = await FakeZooKeeperServer.start();
  teardown.add('zookeeper', () => zookeeper.close());
  const registries = { zk: dubboRegistry([zookeeper.address]) };
  const { adminPort } = await Bridge.start(teardown, bridgeConfig([], { registries }));
  return `http://127.0.0.1:${adminPort}/metrics`;
}

function complaints(page: string): readonly string[] {
  const { stdout, stderr, status, error } = spawnSync(PROMTOOL.command, ['check', 'metrics'], {
    input: page,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  return status === 0 && lines.length === 0 ? [] : [`exit code ${status}`, ...lines];
}

/** Names of labels on the series of that metric, without the bounds of buckets. */
function labelsOn(page: string, { name, type }: MetricDeclaration): readonly string[] {
  const series = type === 'histogram' ? `${name}_count` : name;
  const [, inBraces = ''] = new RegExp(`^${series}(?:\\{(.*)\\})? `, 'm').exec(page) ?? [];
  return [...inBraces.matchAll(/(\w+)="/g)].flatMap(([, label]) => label ?? []).sort();
}
