import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { METRICS } from '../../../../src/observe/metric-table.ts';
import { expressionsOf } from '../../../../tools/dashboards/grafana.ts';
import { ALL, substituted } from '../../../../tools/dashboards/variables.ts';
import { checkExpression } from '../../../../tools/promql/check-expression.ts';
import { DASHBOARDS } from './generated.ts';

const EXPRESSIONS = DASHBOARDS.flatMap(expressionsOf);

/** Metrics that no panel shows → why. */
const NOT_SHOWN: Readonly<Record<string, string>> = {
  footbridge_guard_freeze_start_timestamp_seconds:
    'FootbridgeFrozen asks for it; when each freeze began, and why, stands on /debug/freezes',
};

describe('every expression is one that Prometheus reads, over series that exist:', () => {
  for (const dashboard of DASHBOARDS) {
    for (const { where, expr } of expressionsOf(dashboard)) {
      test(`${dashboard.title}: ${where}`, () => {
        assert.deepEqual(checkExpression(substituted(expr, ALL)).faults, []);
      });
    }
  }
});

test('every metric is shown by a panel, or has a reason not to be', () => {
  const shown = new Set(EXPRESSIONS.flatMap(({ expr }) => [...checkExpression(substituted(expr, ALL)).metrics]));
  for (const { name } of Object.values(METRICS)) {
    assert.notEqual(shown.has(name), name in NOT_SHOWN, `${name}: shown, or a reason why not, and never both`);
  }
});

test('a variable that nothing gives a value is refused', () => {
  assert.throws(() => substituted('up{pod="$pud"}', ALL), /no variable \$pud/);
});

test('the variables of the pages ask for labels that exist', () => {
  for (const { templating } of DASHBOARDS) {
    for (const { definition } of templating.list) {
      if (definition === undefined) continue;
      const [, selector = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(definition) ?? [];
      assert.deepEqual(checkExpression(substituted(`count by (${label}) (${selector})`, ALL)).faults, [], definition);
    }
  }
});
