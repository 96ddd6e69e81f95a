// SPDX-License-Identifier: Apache-2.0
// What one full set has that the one before it had not, had differently, or had no more.
import type { ProbedResource } from './decode-resource.ts';

export type Change =
  | { readonly kind: 'added'; readonly resource: ProbedResource }
  | { readonly kind: 'changed'; readonly resource: ProbedResource; readonly former: ProbedResource }
  | { readonly kind: 'removed'; readonly former: ProbedResource };

type Resources = ReadonlyMap<string, ProbedResource>;

/** Added and changed ones in the order of the new set, then the removed ones in the order of the former. */
export function changesBetween(former: Resources, now: Resources): readonly Change[] {
  const changes: Change[] = [];
  for (const [name, resource] of now) {
    const before = former.get(name);
    if (before === undefined) changes.push({ kind: 'added', resource });
    else if (Buffer.compare(before.bytes, resource.bytes) !== 0)
      changes.push({ kind: 'changed', resource, former: before });
  }
  for (const [name, before] of former) if (!now.has(name)) changes.push({ kind: 'removed', former: before });
  return changes;
}
