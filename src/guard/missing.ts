// SPDX-License-Identifier: Apache-2.0
// What a registry lacks that is still shown, service by service: how a read adds to it and how removals leave it. Judges
// each read once, as a mass removal or an ordinary one; debounce.ts and hold.ts say how long either waits.

import { changedMap } from '../lib/changed-map.ts';
import type { Instance, Service, ServiceKey } from '../model/service.ts';
import { stillMissing, vanishedInstances } from './debounce.ts';
import type { Missing } from './guarded.ts';
import { isMassRemoval, joinHold } from './hold.ts';
import type { RegistryMemory } from './memory.ts';

type Services = ReadonlyMap<ServiceKey, Service>;
type MissingByService = ReadonlyMap<ServiceKey, readonly Missing[]>;

const NOTHING_MISSING: readonly Missing[] = [];

/** Keys whose service is another object, or there at all, in only one of the two. */
export function changedKeys(former: Services, listed: Services): readonly ServiceKey[] {
  if (former === listed) return [];
  const changed: ServiceKey[] = [];
  for (const [key, service] of listed) if (former.get(key) !== service) changed.push(key);
  for (const key of former.keys()) if (!listed.has(key)) changed.push(key);
  return changed;
}

/** All that is missing after a read, before anything of it is removed. */
export function missingAfter(
  memory: RegistryMemory,
  listed: Services,
  changed: readonly ServiceKey[],
  nowMs: number,
): MissingByService {
  const read = changed.map((key): [ServiceKey, readonly Missing[] | undefined] => {
    const still = stillMissing(memory.missing.get(key) ?? NOTHING_MISSING, listed.get(key));
    const vanished = vanishedInstances(memory.listed.get(key), listed.get(key));
    const all = [...still, ...vanished.map((instance): Missing => ({ kind: 'debounced', instance, sinceMs: nowMs }))];
    return [key, all.length === 0 ? undefined : all];
  });
  const missing = changedMap(memory.missing, read);
  if (!isMassRemoval(memory.listed, listed)) return missing;
  const held = [...missing].map(([key, list]): [ServiceKey, readonly Missing[]] => [key, joinHold(list, nowMs)]);
  return changedMap(missing, held);
}

/** Parts what is missing into what stays so and what is now removed, by service. */
export function withoutRemoved(
  missing: MissingByService,
  isRemoved: (one: Missing) => boolean,
): { readonly missing: MissingByService; readonly removed: ReadonlyMap<ServiceKey, readonly Instance[]> } {
  const removed = new Map<ServiceKey, readonly Instance[]>();
  const left: [ServiceKey, readonly Missing[] | undefined][] = [];
  for (const [key, list] of missing) {
    const gone: Instance[] = [];
    const stays: Missing[] = [];
    for (const one of list) {
      if (isRemoved(one)) gone.push(one.instance);
      else stays.push(one);
    }
    if (gone.length === 0) continue;
    removed.set(key, gone);
    left.push([key, stays.length === 0 ? undefined : stays]);
  }
  return { missing: changedMap(missing, left), removed };
}
