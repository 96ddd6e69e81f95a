// SPDX-License-Identifier: Apache-2.0
// Why a scope matches nothing: which name of it the registry does not have, and the nearest one that it has. Pure.
import { nearest } from '../lib/nearest.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import type { ScopeOptions } from '../registry/scope.ts';
import { fewOf } from './problem-causes.ts';

const MOST_EXAMPLES = 5;
const GLOB = /[*?[{]/;

/** Sentences; none where nothing is known of what is outside the scope. */
export function describeMismatch(
  scope: ScopeOptions,
  services: ReadonlyMap<ServiceKey, Service> | undefined,
): readonly string[] {
  if (services === undefined) return [];
  const values = attributeValues(services);
  const asked = scope.include.flatMap(({ attributes }) => Object.entries(attributes));
  const near = asked.flatMap(([attribute, patterns]) =>
    patterns.flatMap((pattern) => nearestSentence(attribute, pattern, values.get(attribute) ?? new Set()) ?? []),
  );
  return near.length > 0 ? near : [exampleSentence(services)];
}

function nearestSentence(attribute: string, pattern: string, known: ReadonlySet<string>): string | undefined {
  if (GLOB.test(pattern)) return undefined;
  const name = nearest(pattern, known);
  if (name === undefined || name.toLowerCase() === pattern.toLowerCase()) return undefined;
  return `No \`${attribute}\` is \`${pattern}\`; the nearest is \`${name}\`.`;
}

function exampleSentence(services: ReadonlyMap<ServiceKey, Service>): string {
  return `The registry has: ${fewOf([...services.values()].map(({ name }) => name).sort(), MOST_EXAMPLES)}.`;
}

function attributeValues(services: ReadonlyMap<ServiceKey, Service>): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  for (const { instances } of services.values()) {
    for (const { attributes } of instances) {
      for (const [attribute, texts] of attributes) {
        const known = values.get(attribute) ?? new Set();
        for (const text of texts) known.add(text);
        values.set(attribute, known);
      }
    }
  }
  return values;
}
