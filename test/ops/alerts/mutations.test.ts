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
  ['FootbridgeRegistryStale', /\n\s*and on [\s\S]*/],
  ['FootbridgeRegistryNeverRead', /\n\s*and on [\s\S]*/],
  ['FootbridgeNothingServed', /\n\s*and max by[^\n]*\[24h[^\n]*/],
  ['FootbridgeNothingServed', /\n\s*and max by[^\n]*state=~[^\n]*/],
  ['FootbridgeNoClients', /, client="istiod"(?=[^[]*\[5m)/],
  ['FootbridgeNoClients', /, client="istiod"(?=[^[]*\[24h)/],
  ['FootbridgeScopeMatchesNothing', /\n\s*and max by[^\n]*/],
  ['FootbridgePublishRefused', /, code!~"[^"]*"/],
  ['FootbridgePublishRefused', / offset 1d/],
  ['FootbridgePublishRefused', /\n\s*or 0 \*[^\n]*/],
  ['FootbridgeReplicasDiffer', /\n\s*and min by[^\n]*/],
  ['FootbridgeNoClients', /\n\s*and sum by[^\n]*/],
  ['FootbridgeNoClients', /\n\s*and max by[^\n]*/],
  ['FootbridgeClientsNotSynced', /, client="istiod"/],
  ['FootbridgeClientsNotSynced', /\n\s*unless[^\n]*/],
  ['FootbridgePushTooLarge', /\n\s*and sum by[^\n]*/],
  ['FootbridgePushTooLarge', / > 0(?=\n)/],
  ['FootbridgePushTooLarge', /, end="client"/],
  ['FootbridgePropagationSLOBurn', /\n\s*and sum by[^\n]*/],
  ['FootbridgePropagationSLOBurn', /\n\s*and \([\s\S]*?\n\s*\) > [^\n]*/],
  ['FootbridgeCertificateExpiring', / > 0(?=\))/],
  ['FootbridgeFrozen', / > 0(?=\))/],
];

/** Each rule changed by itself, beside the others of its name as they are. */
function mutantsOf(rules: readonly Rule[]): readonly Mutant[] {
  return rules.flatMap((rule) => {
    const { alert, expr } = rule;
    const own = rules.filter((one) => one.alert === alert);
    const changed = (what: string, change: Partial<Rule>): Mutant => ({
      alert,
      what: `${what} (${rule.labels['severity']}, number ${own.indexOf(rule)})`,
      rules: own.map((one) => (one === rule ? { ...rule, ...change } : one)),
      stories: STORIES[alert] ?? [],
    });
    const wrappers = [...expr.matchAll(/(\w+_over_time)\((\w+\{[^}]*\})\[\w+\]/g)].map(
      ({ index, 0: call, 1: wrapper, 2: selector = '' }) =>
        changed(`${wrapper} at ${index}`, {
          expr: `${expr.slice(0, index)}(${selector}${expr.slice(index + call.length)}`,
        }),
    );
    const clocks = rule.for === '0m' ? [] : [changed(`for: ${rule.for}`, { for: '0s' })];
    const conditions = CONDITIONS.filter(([name, condition]) => name === alert && condition.test(expr)).map(
      ([, condition, storiesOf]): Mutant => ({
        ...changed(String(condition), { expr: expr.replace(condition, '') }),
        stories: STORIES[storiesOf ?? alert] ?? [],
      }),
    );
    const matchers = [/namespace="[^"]*", (?=job=)/g, /, job="[^"]*"/g].map(
      (matcher): Mutant => ({
        ...changed(`${matcher} of every selector`, { expr: expr.replaceAll(matcher, '') }),
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
  const all = renderedGroups(withAlerts({ namespace: NAMESPACE })).flatMap(({ rules }) => rules);
  const mutants = mutantsOf(all);

  for (const { alert, what, rules, stories } of mutants) {
    test(`${alert}: ${what}`, () => {
      const { isGood, said: refusal } = checkRules([{ name: 'mutant', rules }]);
      assert.ok(isGood, refusal);
      const shortFirst = stories.toSorted((a, b) => lengthOf(a) - lengthOf(b));
      const noticed = shortFirst.find((story) => !judge([{ name: 'mutant', rules }], [story]).isGood);
      assert.ok(noticed !== undefined, `every story goes as before with ${rules.map(({ expr }) => expr).join('\n')}`);
    });
  }

  for (const [name, condition] of CONDITIONS) {
    test(`${name} has a condition ${condition} to lose`, () => {
      assert.ok(all.some(({ alert, expr }) => alert === name && condition.test(expr)));
    });
  }

  test('one of many things', () => assert.ok(mutants.length > 80, String(mutants.length)));
});
