// Every wrapper, clock, condition and matcher of the rules is needed: without it some story goes differently.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needPeers, needTools } from '../../peers/build/peers.ts';
import { PROMTOOL } from '../../peers/build/tool.ts';
import { checkRules, judge } from './promtool.ts';
import { type Rule, renderedGroups, withAlerts } from './rules.ts';
import { STORIES } from './stories/all.ts';
import { NEIGHBOUR_STORIES } from './stories/releases.ts';
import { NAMESPACE, type Story } from './story.ts';
import { secondsOf } from './timeline.ts';

interface Mutant {
  readonly alert: string;
  readonly what: string;
  readonly rules: readonly Rule[];
  /** Whose stories have to notice. */
  readonly stories: readonly Story[];
}

/** Conditions that are no wrapper: what to take away, and from where. */
const CONDITIONS: readonly (readonly [alert: string, condition: RegExp, storiesOf?: string])[] = [
  ['FootbridgeAllReplicasDown', / and up\{[^}]*\}/],
  ['FootbridgeDown', / and up\{[^}]*\}/],
  ['FootbridgeRegistryStale', / > 0(?=\))/, 'FootbridgeRegistryNeverRead'],
  ['FootbridgeScopeMatchesNothing', /\n\s*and max by[^\n]*/],
  ['FootbridgePublishRefused', /, code!~"[^"]*"/],
  ['FootbridgePublishRefused', / offset 1d/],
  ['FootbridgePublishRefused', /\n\s*or 0 \*[^\n]*/],
  ['FootbridgeReplicasDiffer', /\n\s*and min by[^\n]*/],
  ['FootbridgeNoClients', /\n\s*and sum by[^\n]*/],
  ['FootbridgeNoClients', /\n\s*and max by[^\n]*/],
  ['FootbridgeClientsNotSynced', /\n\s*unless[^\n]*/],
  ['FootbridgePropagationSLOBurn', /\n\s*and sum by[^\n]*/],
  ['FootbridgePropagationSLOBurn', /\n\s*and \([\s\S]*?\n\s*\) > [^\n]*/],
];

function mutantsOf(rules: readonly Rule[]): readonly Mutant[] {
  return [...new Set(rules.map(({ alert }) => alert))].flatMap((alert) => {
    const own = rules.filter((rule) => rule.alert === alert);
    const stories = STORIES[alert] ?? [];
    const changed = (what: string, change: (rule: Rule) => Rule): Mutant => ({
      alert,
      what,
      rules: own.map(change),
      stories,
    });
    const wrappers = [...(own[0]?.expr.matchAll(/(\w+_over_time)\((\w+\{[^}]*\})\[\w+\]/g) ?? [])].map(
      ({ index, 0: call, 1: wrapper, 2: selector = '' }) =>
        changed(`${wrapper} number ${index}`, (rule) => {
          const at = rule.expr.indexOf(call, index);
          return { ...rule, expr: `${rule.expr.slice(0, at)}(${selector}${rule.expr.slice(at + call.length)}` };
        }),
    );
    const clocks = own
      .filter((rule) => rule.for !== '0m')
      .map((clocked) =>
        changed(`for: ${clocked.for} (${clocked.labels['severity']})`, (rule) =>
          rule === clocked ? { ...rule, for: '0s' } : rule,
        ),
      );
    const conditions = CONDITIONS.filter(([name]) => name === alert).map(
      ([, condition, storiesOf]): Mutant => ({
        ...changed(String(condition), (rule) => {
          assert.match(rule.expr, condition);
          return { ...rule, expr: rule.expr.replace(condition, '') };
        }),
        stories: STORIES[storiesOf ?? alert] ?? [],
      }),
    );
    const matchers = [/namespace="[^"]*", (?=job=)/g, /, job="[^"]*"/g].map(
      (matcher): Mutant => ({
        ...changed(`${matcher} of every selector`, (rule) => ({ ...rule, expr: rule.expr.replaceAll(matcher, '') })),
        stories: NEIGHBOUR_STORIES,
      }),
    );
    return [...wrappers, ...clocks, ...conditions, ...matchers];
  });
}

function lengthOf({ firing }: Story): number {
  return Math.max(...Object.keys(firing).map(secondsOf));
}

const helm = await needPeers('helm4');
const promtool = needTools(PROMTOOL);

describe('some story notices when a rule loses', helm.skip === false ? promtool : helm, () => {
  const mutants = mutantsOf(renderedGroups(withAlerts({ namespace: NAMESPACE })).flatMap(({ rules }) => rules));

  for (const { alert, what, rules, stories } of mutants) {
    test(`${alert}: ${what}`, () => {
      const { isGood, said: refusal } = checkRules([{ name: 'mutant', rules }]);
      assert.ok(isGood, refusal);
      const shortFirst = stories.toSorted((a, b) => lengthOf(a) - lengthOf(b));
      const noticed = shortFirst.find((story) => !judge([{ name: 'mutant', rules }], [story]).isGood);
      assert.ok(noticed !== undefined, `every story goes as before with ${rules.map(({ expr }) => expr).join('\n')}`);
    });
  }

  test('one of many things', () => assert.ok(mutants.length > 80, String(mutants.length)));
});
