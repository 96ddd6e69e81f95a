// Every alert, under promtool, on the rules as Helm renders them: what has to happen for it to fire, when, with which words, and
// what must not make it fire.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needPeers, needTools } from '../../peers/build/peers.ts';
import { PROMTOOL } from '../../peers/build/tool.ts';
import { JOB } from './bridge.ts';
import { judge } from './promtool.ts';
import { renderedGroups, withAlerts } from './rules.ts';
import { STORIES } from './stories/all.ts';
import { NEIGHBOUR_STORIES, OTHER_NAMESPACE, RELEASE_STORIES } from './stories/releases.ts';
import { NAMESPACE } from './story.ts';

const helm = await needPeers('helm4');
const promtool = needTools(PROMTOOL);
const needs = helm.skip === false ? promtool : helm;

describe('the rules of a release', needs, () => {
  const groups = renderedGroups(withAlerts({ namespace: NAMESPACE }));

  for (const [alert, stories] of Object.entries(STORIES)) {
    describe(alert, () => {
      for (const story of stories) {
        test(story.that, () => {
          const { isGood, said } = judge(groups, [story]);
          assert.ok(isGood, said);
        });
      }
    });
  }

  for (const story of NEIGHBOUR_STORIES) {
    test(`look at nobody else: ${story.that}`, () => {
      const { isGood, said } = judge(groups, [story]);
      assert.ok(isGood, said);
    });
  }

  test('are each asked about this release alone', () => {
    for (const { alert, expr } of groups.flatMap(({ rules }) => rules)) {
      const selectors = expr.match(/\b(?:footbridge_\w+|up|process_\w+)\{[^}]*\}?/g) ?? [];
      assert.ok(selectors.length > 0, alert);
      for (const selector of selectors) {
        assert.ok(selector.includes(`{namespace="${NAMESPACE}", job="${JOB}"`), `${alert}: ${selector}`);
      }
    }
  });
});

describe('the rules of two releases', needs, () => {
  const groups = [
    ...renderedGroups(withAlerts({ namespace: NAMESPACE })),
    ...renderedGroups(withAlerts({ namespace: OTHER_NAMESPACE })),
  ];
  for (const story of RELEASE_STORIES) {
    test(story.that, () => {
      const { isGood, said } = judge(groups, [story]);
      assert.ok(isGood, said);
    });
  }
});
