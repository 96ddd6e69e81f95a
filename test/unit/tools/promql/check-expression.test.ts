import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkExpression } from '../../../../tools/promql/check-expression.ts';
import { FAULT_KINDS, type Fault } from '../../../../tools/promql/fault.ts';

/** Expression → what is wrong with it, and a piece of the sentence that says so. */
const FAULTY: readonly (readonly [string, Fault['kind'], RegExp])[] = [
  ['sum(footbridge_clients', 'does not parse', /in sum\(footbridge_clients/],
  ['', 'does not parse', /at/],
  ['footbridge_clients[5m', 'does not parse', /in footbridge_clients/],
  ['footbridge_client', 'unknown metric', /footbridge_client/],
  ['{pod="a"}', 'unknown metric', /pod="a"/],
  ['footbridge_clients{proto="sotw"}', 'unknown label', /proto.*protocol/],
  ['sum by (registry) (footbridge_clients)', 'unknown label', /registry is no label of footbridge_clients/],
  ['sum by (pod) (sum by (job) (footbridge_clients))', 'unknown label', /pod is no label of sum by \(job\)/],
  ['sum by (pod) (sum without (pod) (footbridge_clients))', 'unknown label', /pod/],
  ['footbridge_clients_synced * on (code) footbridge_instances_served', 'unknown label', /code/],
  ['footbridge_clients * on (pod) group_left (tem) max by (pod) (footbridge_owner_info)', 'unknown label', /tem is no/],
  [
    'max by (pod) (footbridge_owner_info) * on (pod) group_right (tem) footbridge_clients',
    'unknown label',
    /tem is no/,
  ],
  ['footbridge_clients and on (team) footbridge_owner_info', 'unknown label', /team is no label of footbridge_clients/],
  ['sum by (team) (footbridge_clients * on (pod) footbridge_owner_info)', 'unknown label', /team/],
  ['footbridge_snapshot_state{state="alive"}', 'unknown value', /state="alive".*live/],
  ['footbridge_snapshot_state{state=~"held|alive"}', 'unknown value', /alive/],
  ['rate(footbridge_clients[5m])', 'rate over a gauge', /rate\(\) of footbridge_clients/],
  ['increase(footbridge_problems[5m])', 'rate over a gauge', /increase/],
  ['rate(sum(rate(footbridge_pushes_total[1m]))[5m:1m])', 'rate over a gauge', /sum/],
  ['footbridge_pushes_total', 'counter without a rate', /footbridge_pushes_total only rises/],
  ['sum(footbridge_pushes_total)', 'counter without a rate', /rises/],
  ['footbridge_pushes_total > 5', 'counter without a rate', /rises/],
  ['max_over_time(footbridge_pushes_total[5m])', 'counter without a rate', /rises/],
  ['last_over_time(footbridge_pushes_total[5m])', 'counter without a rate', /rises/],
  ['footbridge_push_ack_seconds_sum / footbridge_push_ack_seconds_count', 'counter without a rate', /_sum/],
  ['rate(footbridge_push_ack_seconds[5m])', 'histogram without its part', /_bucket/],
  ['histogram_quantile(0.9, sum by (pod) (rate(footbridge_push_ack_seconds_bucket[5m])))', 'quantile without le', /le/],
  ['histogram_quantile(0.9, rate(footbridge_push_ack_seconds_sum[5m]))', 'quantile without le', /le/],
  ['histogram_quantile(0.9, sum by (le) (footbridge_push_ack_seconds_bucket))', 'counter without a rate', /bucket/],
  [
    'footbridge_clients * on (pod) group_left (team) footbridge_owner_info',
    'join of many with many',
    /differ in .*job/,
  ],
  [
    'footbridge_owner_info * on (pod) group_right (team) footbridge_clients',
    'join of many with many',
    /differ in .*job/,
  ],
  [
    'footbridge_clients * on (pod) group_left (team) max by (pod, team, job) (footbridge_owner_info)',
    'join of many with many',
    /differ in job alone/,
  ],
];

const FAULTLESS: readonly string[] = [
  'footbridge_clients',
  '-footbridge_clients{cluster=~"a|", namespace="shop", pod!="x"} offset 5m',
  'sum by (namespace, pod) (rate(footbridge_pushes_total{protocol="sotw"}[5m]))',
  'sum(rate(footbridge_pushes_total[5m])) by (pod)',
  'histogram_quantile(0.99, sum by (le, registry) (rate(footbridge_registry_refresh_duration_seconds_bucket[5m])))',
  'rate(footbridge_push_ack_seconds_sum[5m]) / rate(footbridge_push_ack_seconds_count[5m])',
  'sum by (team) (footbridge_clients * on (pod) group_left (team) max by (pod, team) (footbridge_owner_info))',
  'sum by (team) (max by (pod, team) (footbridge_owner_info) * on (pod) group_right (team) footbridge_clients)',
  'max by (state) (max_over_time(footbridge_snapshot_state{state=~"held|stale"}[15m])) > 0',
  'time() - footbridge_snapshot_data_timestamp_seconds > 300 and footbridge_snapshot_data_timestamp_seconds > 0',
  'count(footbridge_pushes_total) or vector(0)',
  'absent(up{job="footbridge"})',
  'up and on (namespace, job) last_over_time(footbridge_build_info[1d])',
  'topk(10, sum by (pod) (footbridge_problems))',
  'sum by (where) (label_replace(footbridge_clients, "where", "$1", "pod", "(.*)"))',
  'ALERTS{alertname=~"Footbridge.*", alertstate="firing"}',
  'changes(process_start_time_seconds[1h])',
  'delta(footbridge_instances_served[1h])',
];

describe('an expression is faulty where', () => {
  for (const [expression, kind, message] of FAULTY) {
    test(`${kind}: ${expression}`, () => {
      const { faults } = checkExpression(expression);
      assert.ok(
        faults.some((fault) => fault.kind === kind && message.test(fault.message)),
        JSON.stringify(faults),
      );
      for (const fault of faults) assert.equal(fault.kind, kind, fault.message);
    });
  }

  test('every kind of fault is in this table', () => {
    assert.deepEqual([...new Set(FAULTY.map(([, kind]) => kind))].sort(), [...FAULT_KINDS].sort());
  });
});

describe('an expression is faultless:', () => {
  for (const expression of FAULTLESS) {
    test(expression, () => assert.deepEqual(checkExpression(expression).faults, []));
  }
});

test('the metrics that an expression asks for are told, histograms by their own name', () => {
  const { metrics } = checkExpression(
    'histogram_quantile(0.9, sum by (le) (rate(footbridge_push_ack_seconds_bucket[5m]))) > footbridge_clients_synced',
  );
  assert.deepEqual([...metrics].sort(), ['footbridge_clients_synced', 'footbridge_push_ack_seconds']);
});
