// SPDX-License-Identifier: Apache-2.0
// Does a service belong to this bridge, and which rule says so?
import type { ScopeStage } from '../../admin/explanation.ts';
import { counted } from '../../lib/counted.ts';
import type { LeftOutOfService } from '../../registry/outside.ts';
import {
  type DecidingRule,
  isWholeRegistry,
  judgeScope,
  type LeftOut,
  type ScopeOptions,
  type ScopeRule,
} from '../../registry/scope.ts';
import type { Subject } from './subject.ts';

type Rule = NonNullable<ScopeStage['details']['rule']>;

/** undefined where the registry lists it not now, or without an instance, so that there is nothing to judge. */
export function scopeStage({ registry, listed, leftOut, guarded, input }: Subject): ScopeStage | undefined {
  // The configuration may be newer than what was read by it.
  const scope = input.outside(registry).scope ?? input.config.registries[registry]?.scope;
  if (scope === undefined || (listed === undefined && leftOut === undefined) || leftOut?.instances === 0)
    return undefined;
  if (listed === undefined && leftOut !== undefined)
    return guarded === undefined ? outside(registry, leftOut) : leaving(registry, leftOut);
  if (leftOut !== undefined) return partly(registry, leftOut);
  return inside(registry, scope, listed?.instances[0]);
}

function outside(registry: string, { because }: LeftOutOfService): ScopeStage {
  const { sentence, rule } = reasonOf(registry, because);
  return stage('stopped', `Outside the scope of this bridge: ${sentence}.`, rule);
}

/** It left the scope, and the guard has not let it go: istiod is served it still. */
function leaving(registry: string, { because }: LeftOutOfService): ScopeStage {
  const { sentence, rule } = reasonOf(registry, because);
  return stage(
    'noted',
    `Outside the scope of this bridge now: ${sentence}. It is still published, see the guard.`,
    rule,
  );
}

function partly(registry: string, { instances, because }: LeftOutOfService): ScopeStage {
  const { sentence, rule } = reasonOf(registry, because);
  const some = instances === undefined ? 'some of its instances are' : `${areOutside(instances)}`;
  return stage('noted', `In scope, but ${some} outside: ${sentence}.`, rule);
}

function areOutside(instances: number): string {
  return `${counted(instances, 'more instance')} ${instances === 1 ? 'is' : 'are'}`;
}

function reasonOf(
  registry: string,
  because: LeftOut | undefined,
): { readonly sentence: string; readonly rule: Rule | undefined } {
  const key = (list: string) => `registries.${registry}.scope.${list}`;
  if (because === undefined)
    return { sentence: `see \`${key('include')}\` and \`${key('exclude')}\``, rule: undefined };
  if (because.kind === 'not-included')
    return { sentence: `no rule of \`${key('include')}\` asks for it`, rule: undefined };
  const rule = namedRule(key('exclude'), because.rule);
  return { sentence: `${rule.key} excludes it (${rule.asks})`, rule };
}

/** Where the scope was asked about records of which the instance was made, the instance itself may match no rule. */
function inside(
  registry: string,
  scope: ScopeOptions,
  instance: Parameters<ReturnType<typeof judgeScope>>[0] | undefined,
): ScopeStage {
  if (isWholeRegistry(scope))
    return stage('passed', `In scope: \`registries.${registry}.scope\` leaves nothing out.`, undefined);
  const verdict = instance === undefined ? undefined : judgeScope(scope)(instance);
  if (verdict?.kind !== 'in-scope') return stage('passed', 'In scope.', undefined);
  if (verdict.rule === undefined) return stage('passed', 'In scope: no rule excludes it.', undefined);
  const rule = namedRule(`registries.${registry}.scope.include`, verdict.rule);
  return stage('passed', `In scope: ${rule.key} asks for it (${rule.asks}).`, rule);
}

function namedRule(key: string, { number, asks }: DecidingRule): Rule {
  return { key: `rule ${number} of \`${key}\``, asks: ruleText(asks) };
}

function ruleText({ attributes, metadata }: ScopeRule): string {
  const asked = Object.entries(attributes).map(([name, patterns]) => `${name}: ${patterns.join(', ')}`);
  const keys = Object.entries(metadata).map(([key, values]) => `metadata ${key}: ${values.join(', ')}`);
  return [...asked, ...keys].join('; ');
}

function stage(verdict: ScopeStage['verdict'], sentence: string, rule: Rule | undefined): ScopeStage {
  return { stage: 'scope', verdict, sentence, details: { rule }, problems: [] };
}
