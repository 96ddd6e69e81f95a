// SPDX-License-Identifier: Apache-2.0
// Which part of a registry belongs to this bridge. All conditions of a rule must hold (AND); one rule of `include` is
// enough (OR); `exclude` decides first. No `include` rule at all = everything that is not excluded.
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

/** True when the options leave nothing out, so that nothing needs to be asked. */
export function isWholeRegistry(options: ScopeOptions): boolean {
  return options.include.length === 0 && options.exclude.length === 0;
}

/**
 * Compiles the rules.
 *
 *     matches an exclude rule | include rules | matches one of them | in scope
 *     yes                     | any           | any                 | no
 *     no                      | none          | –                   | yes
 *     no                      | some          | yes                 | yes
 *     no                      | some          | no                  | no
 *
 * A condition on an attribute or metadata key that the instance lacks does not hold; of an attribute with several
 * values one match is enough. A rule without conditions holds for every instance.
 */
export function createScope(options: ScopeOptions): Scope {
  const include = options.include.map(compileRule);
  const exclude = options.exclude.map(compileRule);
  return (instance) => {
    if (exclude.some((holds) => holds(instance))) return false;
    return include.length === 0 || include.some((holds) => holds(instance));
  };
}

/**
 * A test for "an instance whose `attribute` is exactly this one value could be in scope", so that what cannot be is not even
 * read. It may say yes where the answer is no, never the other way round: nothing else is known of the instance.
 */
export function couldMatch(options: ScopeOptions, attribute: string): (value: string) => boolean {
  const include = options.include.map((rule) => couldHold(rule, attribute));
  const exclude = options.exclude
    .filter((rule) => asksNothingBut(rule, attribute))
    .map((rule) => couldHold(rule, attribute));
  return (value) => {
    if (exclude.some((holds) => holds(value))) return false;
    return include.length === 0 || include.some((holds) => holds(value));
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
