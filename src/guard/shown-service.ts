// SPDX-License-Identifier: Apache-2.0
// How one service looks outside the guard. Keeps object identity wherever the look did not change, because every later
// stage caches by it: the registry's own object where nothing is kept back, the object shown before where it still fits.
import { compareTexts } from '../lib/compare-texts.ts';
import { sameItems } from '../lib/same-objects.ts';
import type { Instance, Service } from '../model/service.ts';
import { withDraining } from './drain.ts';
import type { Draining } from './guarded.ts';

/**
 * `listed` as it is when nothing of it drains and nothing is `kept` beside it, else a service with the instances of both, ordered by
 * id; undefined when there is no instance at all. `before` is what was shown last.
 */
export function shownService(
  before: Service | undefined,
  listed: Service | undefined,
  kept: readonly Instance[],
  draining: readonly Draining[] = [],
): Service | undefined {
  const instances = listed?.instances ?? [];
  if (kept.length === 0 && draining.length === 0) return instances.length === 0 ? undefined : listed;
  const both = [...withDraining([...instances, ...kept], draining)].sort((a, b) => compareTexts(a.id, b.id));
  const origin = listed ?? before;
  if (before !== undefined && before.inventory === origin?.inventory && sameItems(before.instances, both))
    return before;
  return origin === undefined ? undefined : { ...origin, instances: both };
}
