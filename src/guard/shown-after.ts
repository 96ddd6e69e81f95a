// SPDX-License-Identifier: Apache-2.0
// What a registry shows after a step: the look of each service that the step touched, and of all others as it was.
import { changedMap } from '../lib/changed-map.ts';
import type { Instance, Service, ServiceKey } from '../model/service.ts';
import { goneInstances } from './grace.ts';
import type { Missing } from './guarded.ts';
import type { RegistryMemory } from './memory.ts';
import { shownService } from './shown-service.ts';

/** What is shown once `touched` services look as `after` says; `emptied` are the last instances of those whose grace begins. */
export function shownAfter(
  before: Pick<RegistryMemory, 'shown'>,
  after: Pick<RegistryMemory, 'listed' | 'missing' | 'graces' | 'draining'>,
  touched: Iterable<ServiceKey>,
  emptied: ReadonlyMap<ServiceKey, readonly Missing[]>,
): ReadonlyMap<ServiceKey, Service> {
  const look = (key: ServiceKey): Service | undefined => {
    const shown = before.shown.get(key);
    const last = emptied.get(key);
    if (!after.graces.has(key)) {
      const kept = instancesOf(after.missing.get(key) ?? []);
      return shownService(shown, after.listed.get(key), kept, after.draining.get(key));
    }
    return last === undefined ? shown : shownService(shown, undefined, goneInstances(instancesOf(last)));
  };
  return changedMap(
    before.shown,
    [...touched].map((key) => [key, look(key)]),
  );
}

function instancesOf(missing: readonly Missing[]): readonly Instance[] {
  return missing.map(({ instance }) => instance);
}
