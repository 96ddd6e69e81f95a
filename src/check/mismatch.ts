// SPDX-License-Identifier: Apache-2.0
// What a scope asks for and the registry does not have: the exact names of it, and the nearest ones that there are. Pure.
import { byIdentity } from '../lib/by-identity.ts';
import { nearest } from '../lib/nearest.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import type { ScopeOptions } from '../registry/scope.ts';
import { fewOf } from './problem-causes.ts';

const MOST_EXAMPLES = 5;
const MOST_NAMES = 5;
const GLOB = /[*?[{]/;

export type Services = ReadonlyMap<ServiceKey, Service>;

/** A name without wildcards in `include`. */
export interface ExactName {
  readonly attribute: string;
  readonly name: string;
}

/** The exact names that none of these services has. */
export function unknownNames({ include }: ScopeOptions, services: Services): readonly ExactName[] {
  const values = attributeValues(services);
  const asked = include.flatMap(({ attributes }) => Object.entries(attributes));
  return asked.flatMap(([attribute, patterns]) =>
    patterns
      .filter((pattern) => !GLOB.test(pattern) && !hasName(values.get(attribute), pattern))
      .map((name) => ({ attribute, name })),
  );
}

/** Why a scope matches nothing, in sentences; none where nothing is known of what is outside it. */
export function describeMismatch(scope: ScopeOptions, services: Services | undefined): readonly string[] {
  if (services === undefined) return [];
  const near = describeUnknown(unknownNames(scope, services), services, 'near');
  return near.length > 0 ? near : [exampleSentence(services)];
}

/** A sentence for each, the first few; `near`: of those alone that some name comes near to. */
export function describeUnknown(
  unknown: readonly ExactName[],
  services: Services,
  which: 'all' | 'near',
): readonly string[] {
  const values = attributeValues(services);
  const sentences = unknown.flatMap(({ attribute, name }) => {
    const near = nearest(name, values.get(attribute) ?? new Set());
    if (near !== undefined) return `No \`${attribute}\` is \`${name}\`; the nearest is \`${near}\`.`;
    return which === 'all' ? `No \`${attribute}\` is \`${name}\`.` : [];
  });
  const more = sentences.length - MOST_NAMES;
  return more > 0 ? [...sentences.slice(0, MOST_NAMES), `${more} more names are not there.`] : sentences;
}

function hasName(known: ReadonlySet<string> | undefined, name: string): boolean {
  if (known === undefined) return false;
  if (known.has(name)) return true;
  const wanted = name.toLowerCase();
  return [...known].some((one) => one.toLowerCase() === wanted);
}

function exampleSentence(services: Services): string {
  return `The registry has: ${fewOf([...services.values()].map(({ name }) => name).sort(), MOST_EXAMPLES)}.`;
}

/** Made once for each estate: it is asked what is unknown, and then what is near. */
const attributeValues = byIdentity((services: Services): ReadonlyMap<string, ReadonlySet<string>> => {
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
});
