// The memory limit is what people write in Kubernetes, quoted or not, and the rest of the chart reckons with it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needPeers } from '../../peers/build/peers.ts';
import { MINIMAL } from './cases.ts';
import { HELMS, render } from './helm.ts';
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
