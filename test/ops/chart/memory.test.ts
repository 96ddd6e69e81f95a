// The memory limit is what people write in Kubernetes, quoted or not, and the rest of the chart reckons with it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { needPeers, peerPath } from '../../peers/build/peers.ts';
import { MINIMAL } from './cases.ts';
import { HELMS, type Helm, render } from './helm.ts';
import { at, only } from './pick.ts';

const ALERTS = { podMonitor: { enabled: true }, prometheusRule: { enabled: true } };

const QUANTITIES: readonly (readonly [written: string | number, bytes: number])[] = [
  ['512Mi', 536_870_912],
  ['1.5Gi', 1_610_612_736],
  ['700M', 700_000_000],
  ['1073741824', 1_073_741_824],
  [1_073_741_824, 1_073_741_824],
  ['1e9', 1_000_000_000],
  ['536870912000m', 536_870_912],
  ['1Ti', 1_099_511_627_776],
];

const MIB = 1_048_576;

describe('the heap', await needPeers('helm4', 'helm3', 'node24'), () => {
  /** The environment of the bridge, by name. */
  function env(values: unknown, helm: Helm = 'helm4'): readonly unknown[] {
    const container = at(
      only(render({ helm, files: [MINIMAL], values }), 'Deployment'),
      'spec.template.spec.containers.0',
    );
    return (at(container, 'env') ?? []) as readonly unknown[];
  }

  for (const helm of HELMS) {
    test(`gets seven tenths of the memory limit, by ${helm}`, () => {
      assert.deepEqual(env({}, helm), [{ name: 'NODE_OPTIONS', value: '--max-old-space-size=358' }]);
      for (const memory of ['1Gi', 1_073_741_824]) {
        const [options] = env({ resources: { limits: { memory } } }, helm);
        assert.equal(at(options, 'value'), '--max-old-space-size=716');
      }
    });
  }

  test('is left to Node where there is no limit', () => {
    assert.deepEqual(env({ resources: { limits: { memory: null } } }), []);
    assert.deepEqual(env({ resources: { limits: null } }), []);
  });

  test('stands before the options of the values, which decide, and beside other variables', () => {
    const other = { name: 'TZ', value: 'UTC' };
    assert.deepEqual(env({ extraEnv: [other, { name: 'NODE_OPTIONS', value: '--use-openssl-ca' }] }), [
      { name: 'NODE_OPTIONS', value: '--max-old-space-size=358 --use-openssl-ca' },
      other,
    ]);
    const elsewhere = { name: 'NODE_OPTIONS', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } };
    assert.deepEqual(env({ extraEnv: [elsewhere] }), [elsewhere]);
  });

  for (const [version, node] of [
    ['this Node', process.execPath],
    ['Node 24, as the image has', peerPath('node24')],
  ] as const) {
    const limitOf = (options: string) =>
      Number(
        execFileSync(node, ['--enable-source-maps', '-p', 'require("v8").getHeapStatistics().heap_size_limit'], {
          env: { ...process.env, NODE_OPTIONS: options },
        }),
      ) / MIB;

    test(`has that size by ${version}, and what is young beside it; the last of two options decides`, () => {
      const young = limitOf('--max-old-space-size=358') - 358;
      assert.equal(young >= 0, true, `${young} MiB beside`);
      assert.equal(limitOf('--max-old-space-size=358 --max-old-space-size=258') - 258, young);
    });
  }
});

describe('a memory limit', await needPeers('helm4', 'helm3'), () => {
  for (const helm of HELMS) {
    for (const [memory, bytes] of QUANTITIES) {
      test(`of ${JSON.stringify(memory)} is ${bytes} bytes, by ${helm}`, () => {
        const values = { resources: { limits: { memory } }, monitoring: ALERTS };
        const rule = only(render({ helm, files: [MINIMAL], values }), 'PrometheusRule');
        const alerts = at(rule, 'spec.groups.0.rules') as readonly unknown[];
        const near = alerts.find((alert) => at(alert, 'alert') === 'FootbridgeMemoryNearLimit');
        assert.match(String(at(near, 'expr')), new RegExp(` / ${bytes} > `));
        assert.match(String(at(near, 'annotations.description')), new RegExp(` limit of ${memory} `));
      });
    }
  }
});
