// SPDX-License-Identifier: Apache-2.0
// Whether a scope asks for so few applications, by their exact names, that reading these alone is cheaper than the whole
// list. Only which reads are made depends on it: the scope itself is applied elsewhere, to whatever was read.
import type { ScopeOptions } from '../scope.ts';

/** Whatever may mean more than itself in a glob. */
const GLOB_CHARACTER = /[*?[\]{}()!+@|\\]/;

/**
 * The names in upper case, each once, in code unit order; undefined when there are none, more than `most`, or when some
 * rule could match an application that is not named.
 */
export function exactNames(scope: ScopeOptions, most: number): readonly string[] | undefined {
  const names = new Set<string>();
  for (const rule of scope.include) {
    const apps = rule.attributes['app'] ?? [];
    if (apps.length === 0 || apps.some((app) => GLOB_CHARACTER.test(app))) return undefined;
    for (const app of apps) names.add(app.toUpperCase());
  }
  return names.size === 0 || names.size > most ? undefined : [...names].sort();
}
