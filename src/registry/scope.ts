// SPDX-License-Identifier: Apache-2.0
// Which part of a registry belongs to this bridge. All conditions of a rule must hold (AND); one rule of `include` is
// enough (OR); `exclude` decides first. No `include` rule at all = everything that is not excluded.
import { createHash } from 'node:crypto';
import { compileGlobs } from '../lib/globs.ts';
import type { Instance } from '../model/service.ts';

export interface ScopeOptions {
  readonly include: readonly ScopeRule[];
  readonly exclude: readonly ScopeRule[];
}

export interface ScopeRule {
  /** Attribute name (`app`, `vip`, `group`, ...) → exact names or globs, compared without regard to case. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Metadata key → allowed values, compared exactly. */
  readonly metadata: Readonly<Record<string, readonly string[]>>;
}

/** All that a rule can ask about: known of an instance before the rest of it is worth translating. */
export type ScopeSubject = Pick<Instance, 'metadata' | 'attributes'>;

/** Whether an instance is in scope. Pure: equal instances get equal answers. */
export type Scope = (instance: ScopeSubject) => boolean;

/** The same with the reason. */
export type JudgeScope = (instance: ScopeSubject) => ScopeVerdict;

/** What the rules say of an instance, and which of them decided. */
export type ScopeVerdict =
  /** `rule` of `include`; undefined: there are no include rules. */
  { readonly kind: 'in-scope'; readonly rule: DecidingRule | undefined } | LeftOut;

export type LeftOut =
  /** `rule` of `exclude`. */
  | { readonly kind: 'excluded'; readonly rule: DecidingRule }
  /** There are include rules, and none of them holds. */
  | { readonly kind: 'not-included' };

/** With the rule itself: the configuration that it stood in may have been replaced since. */
export interface DecidingRule {
  /** Its place in its list, from 1, as configuration problems count. */
  readonly number: number;
  readonly asks: ScopeRule;
}

/** True when the options leave nothing out, so that nothing needs to be asked. */
export function isWholeRegistry(options: ScopeOptions): boolean {
  return options.include.length === 0 && options.exclude.length === 0;
}

/** Stands for the rules where they are written down: equal for rules that are written alike. */
export function scopeDigest({ include, exclude }: ScopeOptions): string {
  const rules = (list: readonly ScopeRule[]) =>
    list.map(({ attributes, metadata }) => [Object.entries(attributes), Object.entries(metadata)]);
  const text = JSON.stringify([rules(include), rules(exclude)]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The verdict of `judgeScope` in one bit. */
export function createScope(options: ScopeOptions): Scope {
  const judge = judgeScope(options);
  return (instance) => judge(instance).kind === 'in-scope';
}

/**
 * Compiles the rules.
 *
 *     matches an exclude rule | include rules | matches one of them | verdict
 *     yes                     | any           | any                 | excluded, by the first that holds
 *     no                      | none          | –                   | in scope
 *     no                      | some          | yes                 | in scope, by the first that holds
 *     no                      | some          | no                  | not included
 *
 * A condition on an attribute or metadata key that the instance lacks does not hold; of an attribute with several
 * values one match is enough. A rule without conditions holds for every instance. Equal verdicts are one object, so that
 * they can be kept for each of many instances and compared by identity.
 */
export function judgeScope(options: ScopeOptions): JudgeScope {
  const { included, excluded } = verdictsOf(options);
  const include = options.include.map(compileRule);
  const exclude = options.exclude.map(compileRule);
  return (instance) => {
    const excludedBy = exclude.findIndex((holds) => holds(instance));
    if (excludedBy >= 0) return excluded(excludedBy);
    if (include.length === 0) return WHOLE;
    return included(include.findIndex((holds) => holds(instance)));
  };
}

const WHOLE: ScopeVerdict = { kind: 'in-scope', rule: undefined };
const NOT_INCLUDED: LeftOut = { kind: 'not-included' };

/** One object for each verdict that the rules can come to; an index below 0 is that of no rule. */
function verdictsOf({ include, exclude }: ScopeOptions): {
  readonly included: (index: number) => ScopeVerdict;
  readonly excluded: (index: number) => LeftOut;
} {
  const admitting = include.map((asks, at): ScopeVerdict => ({ kind: 'in-scope', rule: { number: at + 1, asks } }));
  const leavingOut = exclude.map((asks, at): LeftOut => ({ kind: 'excluded', rule: { number: at + 1, asks } }));
  return {
    included: (index) => admitting[index] ?? NOT_INCLUDED,
    excluded: (index) => leavingOut[index] ?? NOT_INCLUDED,
  };
}

/**
 * A test for "an instance whose `attribute` is exactly this one value could be in scope", so that what cannot be is not even
 * read. It may say yes where the answer is no, never the other way round: nothing else is known of the instance.
 */
export function couldMatch(options: ScopeOptions, attribute: string): (value: string) => boolean {
  const leftOut = leftOutByAttribute(options, attribute);
  return (value) => leftOut(value) === undefined;
}

/** As `couldMatch`, with the reason: undefined where such an instance could be in scope. */
export function leftOutByAttribute(options: ScopeOptions, attribute: string): (value: string) => LeftOut | undefined {
  const { excluded } = verdictsOf(options);
  const include = options.include.map((rule) => couldHold(rule, attribute));
  const exclude = options.exclude.map((rule) =>
    asksNothingBut(rule, attribute) ? couldHold(rule, attribute) : () => false,
  );
  return (value) => {
    const excludedBy = exclude.findIndex((holds) => holds(value));
    if (excludedBy >= 0) return excluded(excludedBy);
    return include.length === 0 || include.some((holds) => holds(value)) ? undefined : NOT_INCLUDED;
  };
}

/** Whether `rule` could hold: its other conditions may or may not. */
function couldHold({ attributes }: ScopeRule, attribute: string): (value: string) => boolean {
  const patterns = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  return patterns === undefined ? () => true : compileGlobs(patterns);
}

/** Then whether it holds follows from the value of `attribute` alone. */
function asksNothingBut({ attributes, metadata }: ScopeRule, attribute: string): boolean {
  return Object.keys(metadata).length === 0 && Object.keys(attributes).every((asked) => asked === attribute);
}

function compileRule(rule: ScopeRule): Scope {
  const conditions: Scope[] = [];
  for (const [attribute, patterns] of Object.entries(rule.attributes)) {
    const matches = compileGlobs(patterns);
    conditions.push(({ attributes }) => attributes.get(attribute)?.some(matches) === true);
  }
  for (const [key, values] of Object.entries(rule.metadata)) {
    const allowed = new Set(values);
    conditions.push(({ metadata }) => {
      const value = metadata.get(key);
      return value !== undefined && allowed.has(value);
    });
  }
  return (instance) => conditions.every((holds) => holds(instance));
}
