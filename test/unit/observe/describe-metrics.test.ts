import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeMetrics } from '../../../src/observe/describe-metrics.ts';
import { METRICS } from '../../../src/observe/metric-table.ts';

describe('the page of metrics', () => {
  test('has one row for each metric, with labels, values and buckets', () => {
    const rows = describeMetrics()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    assert.equal(rows.length, Object.keys(METRICS).length);
    const refreshes = rows.find((line) => line.includes('footbridge_registry_refreshes_total'));
    assert.match(
      refreshes ?? '',
      /\| counter \| `registry` \(names in `registries`\)<br>`mode` .*<br>`outcome` \(`ok`, `error`\) \|/,
    );
    assert.ok(rows.some((line) => line.includes('Buckets: 0.05,')));
    for (const line of rows) assert.equal(line.split(' | ').length, 4, line);
  });
});
