// The rules as a whole: accepted by Prometheus, about series that exist, each with its stories and its runbook, and obedient to
// the values.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { CATALOGUE } from '../../../src/model/problem-catalogue.ts';
import { METRICS } from '../../../src/observe/metric-table.ts';
import { checkExpression } from '../../../tools/promql/check-expression.ts';
import { needPeers, needTools } from '../../peers/build/peers.ts';
import { PROMTOOL } from '../../peers/build/tool.ts';
import { CHART, refusal } from '../chart/helm.ts';
import { checkRules } from './promtool.ts';
import { type Rule, renderedGroups, withAlerts } from './rules.ts';
import { STORIES } from './stories/all.ts';
import { RUNBOOKS } from './story.ts';

const helm = await needPeers('helm4', 'helm3');
const promtool = needTools(PROMTOOL);

/** What bridges do not expose themselves. Prometheus makes `up`, Node the others. */
const OF_OTHERS = ['nodejs_heap_size_used_bytes', 'process_resident_memory_bytes', 'up'];

/** Nothing is missing in the mesh because of them, and yet their loss is more than a label; or somebody asked for it. */
const MEANT_OR_HARMLESS = ['ENDPOINT_DUPLICATE', 'HOST_YIELDED', 'INSTANCE_DUPLICATE', 'WEIGHT_ZERO'];
/** Nothing is lost because of it now, but it is as if a part of the registry were stale. */
const WORTH_AN_ALERT = ['PATH_UNREADABLE'];

function rulesOf(...asked: Parameters<typeof withAlerts>): readonly Rule[] {
  return renderedGroups(withAlerts(...asked)).flatMap(({ rules }) => rules);
}

describe('the rules', helm.skip === false ? promtool : helm, () => {
  const groups = renderedGroups(withAlerts());
  const rules = groups.flatMap((group) => group.rules);
  const names = [...new Set(rules.map(({ alert }) => alert))];

  test('are accepted by promtool', () => {
    const { isGood, said } = checkRules(groups);
    assert.ok(isGood, said);
  });

  test('are the same by both Helms', () => {
    assert.deepEqual(renderedGroups(withAlerts({ helm: 'helm3' })), groups);
  });

  for (const { alert, expr } of rules) {
    test(`ask for series that exist, in ways that they allow: ${alert}`, () => {
      const { faults, metrics } = checkExpression(expr);
      assert.deepEqual(faults, []);
      const foreign = [...metrics].filter((name) => !name.startsWith('footbridge_'));
      assert.deepEqual(
        foreign.filter((name) => !OF_OTHERS.includes(name)),
        [],
      );
    });

    test(`say beside each wrapper why it is there: ${alert}`, () => {
      const comments = expr.split('\n').filter((line) => line.startsWith('#'));
      const code = expr.split('\n').filter((line) => !line.startsWith('#'));
      for (const [wrapper] of code.join('\n').matchAll(/\w+_over_time/g)) {
        assert.ok(comments.join('\n').includes(wrapper), `${wrapper} in ${expr}`);
      }
    });
  }

  for (const { alert, annotations } of rules) {
    test(`tell a tired person what is wrong and where to read on: ${alert}`, () => {
      const { summary = '', description = '', runbook_url } = annotations;
      assert.match(summary, /^[A-Z][^.0-9]*\.$/, 'one sentence without numbers');
      assert.match(description, /^Namespace payments \(release footbridge\): .*\.(\{\{ end \}\})?$/);
      assert.equal(runbook_url, `${RUNBOOKS}/${alert}.md`);
    });
  }

  test('are each told by stories: when it fires, and what must not make it fire', () => {
    assert.deepEqual(Object.keys(STORIES).sort(), [...names].sort());
    for (const [alert, stories] of Object.entries(STORIES)) {
      const fires = stories.map(({ firing }) =>
        Object.values(firing)
          .flat()
          .some((one) => one.alert === alert),
      );
      assert.ok(fires.includes(true), `${alert}: no story in which it fires`);
      assert.ok(fires.includes(false), `${alert}: no story in which it must not`);
    }
  });

  test('have a runbook each, and there is no other', () => {
    const pages = readdirSync('docs/runbooks').filter((name) => name !== 'README.md');
    assert.deepEqual(pages.sort(), names.map((name) => `${name}.md`).sort());
  });

  test('can be left out one by one', () => {
    for (const name of names) {
      const left = rulesOf({ rule: { disabled: [name] } }).map(({ alert }) => alert);
      assert.deepEqual(
        left,
        rules.map(({ alert }) => alert).filter((alert) => alert !== name),
      );
    }
  });

  test('are no object at all when all of them are left out, or when they are off', () => {
    assert.deepEqual(rulesOf({ rule: { disabled: names } }), []);
    assert.deepEqual(rulesOf({ rule: { enabled: false } }), []);
  });

  test('that are left out must exist, and Helm names those that do', () => {
    const said = refusal(withAlerts({ rule: { disabled: ['FootbridgeStale'] } }));
    assert.match(said, /disabled: there is no alert `FootbridgeStale`; there are FootbridgeAbsent, /);
  });

  test('carry what the values say for their severity', () => {
    const severityLabels = { critical: { severity: 'page', oncall: 'mesh' } };
    for (const { labels } of rulesOf({ rule: { severityLabels } })) {
      assert.ok(['page', 'warning'].includes(labels['severity'] ?? ''));
      assert.equal(labels['oncall'], labels['severity'] === 'page' ? 'mesh' : undefined);
    }
  });

  test('have no address of a runbook when there is no base', () => {
    for (const { annotations } of rulesOf({ rule: { runbookBaseUrl: '' } })) assert.ok(!('runbook_url' in annotations));
  });

  test('name the namespace that is concerned, wherever the release stands', () => {
    for (const { labels, annotations } of rulesOf({ namespace: 'mesh-bridges', values: { namespace: 'shop' } })) {
      assert.equal(labels['published_namespace'], 'shop');
      assert.match(annotations['description'] ?? '', /^Namespace shop \(release footbridge\): /);
    }
  });

  test('follow the thresholds', () => {
    const thresholds = {
      registryStaleSeconds: 120,
      registryFlaps: 4,
      propagationWithinSeconds: 2.5,
      propagationObjectivePercent: 95.5,
      propagationMinChanges: 7,
      memoryNearLimitPercent: 80,
    };
    const text = rulesOf({ rule: { thresholds } })
      .map(({ expr }) => expr)
      .join('\n');
    for (const piece of [
      /> 1 \* 120\n/,
      /> 6 \* 120\n/,
      /\[30m\]\)\) >= 4\n/,
      /le=~"2\.5\|/,
      /> 14\.4 \* \(100 - 95\.5\) \/ 100/,
      /\[6h\]\)\) > 7\n/,
      /> 80 \/ 100/,
    ]) {
      assert.match(text, piece);
    }
  });

  test('could all fire, whatever objective the schema allows', () => {
    const schema = JSON.parse(readFileSync(`${CHART}/values.schema.json`, 'utf8'));
    const { minimum } =
      schema.properties.monitoring.properties.prometheusRule.properties.thresholds.properties
        .propagationObjectivePercent;
    const factors = rulesOf({ rule: { thresholds: { propagationObjectivePercent: minimum } } }).flatMap(({ expr }) =>
      [...expr.matchAll(/> ([\d.]+) \* \(100 - \d+\) \/ 100/g)].map(([, factor]) => Number(factor)),
    );
    assert.equal(factors.length, 4);
    for (const factor of factors) assert.ok((factor * (100 - minimum)) / 100 < 1, `${factor} at ${minimum}`);
  });

  test('do not take a registry for stale that is read anew that seldom on purpose', () => {
    const zookeeper = (auditInterval: string) => ({
      registries: {
        estate: { kind: 'dubbo', servers: ['zk:2181'], auditInterval },
      },
    });
    assert.match(
      refusal(withAlerts({ values: zookeeper('15m') })),
      /registries\.estate\.auditInterval: .* every 15m .*registryStaleSeconds \(600\) to twice as long, 1800 or more/,
    );
    const enough = { thresholds: { registryStaleSeconds: 1800 } };
    assert.ok(rulesOf({ values: zookeeper('15m'), rule: enough }).length > 0);
    assert.ok(rulesOf({ values: zookeeper('15m'), rule: { disabled: ['FootbridgeRegistryStale'] } }).length > 0);
    assert.ok(rulesOf({ values: zookeeper('5m') }).length > 0, 'twice exactly is enough');
  });

  test('know the memory limit in whatever unit it is written, and do not ask where there is none', () => {
    const expected = { '512Mi': 536_870_912, '1.5Gi': 1_610_612_736, '700M': 700_000_000, '1000000000': 1_000_000_000 };
    const near = (limits: unknown) =>
      rulesOf({ values: { resources: { limits } } }).find(({ alert }) => alert === 'FootbridgeMemoryNearLimit');
    for (const [memory, bytes] of Object.entries(expected))
      assert.match(near({ memory })?.expr ?? '', RegExp(` / ${bytes} > `));
    assert.equal(near({ memory: null }), undefined);
    assert.equal(near(null), undefined);
    const without = { rule: { disabled: ['FootbridgeMemoryNearLimit'] }, values: { resources: { limits: null } } };
    assert.ok(rulesOf(without).length > 0, 'it may be left out where it is not asked anyway');
  });

  test('ask for a bound that the histogram has, so the schema offers exactly these', () => {
    const schema = JSON.parse(readFileSync(`${CHART}/values.schema.json`, 'utf8'));
    const { thresholds } = schema.properties.monitoring.properties.prometheusRule.properties;
    assert.deepEqual(thresholds.properties.propagationWithinSeconds.enum, METRICS.propagation.buckets);
  });

  test('take problems seriously by what they cost', () => {
    const { expr = '' } = rules.find(({ alert }) => alert === 'FootbridgePublishRefused') ?? {};
    const passedOver = /code!~"([^"]+)"/.exec(expr)?.[1]?.split('|') ?? [];
    const cheap = Object.entries(CATALOGUE)
      .filter(([code, { loss }]) => (loss === 'none' || loss === 'label') && !WORTH_AN_ALERT.includes(code))
      .map(([code]) => code);
    assert.deepEqual(passedOver, [...cheap, ...MEANT_OR_HARMLESS].sort());
  });
});
