// SPDX-License-Identifier: Apache-2.0
// A hold that a person ends: what it holds is gone, somebody knows it. It becomes an ordinary removal and no loss any more, so
// nothing holds it again. Being an ordinary removal it waits for its debounce, and for the registry if that cannot be read.
import { changedMap } from '../lib/changed-map.ts';
import type { ServiceKey } from '../model/service.ts';
import type { Missing } from './guarded.ts';
import { holdId, letGo } from './hold.ts';
import type { GuardMemory, RegistryMemory } from './memory.ts';
import { withoutConfirmed } from './window.ts';

/** The memory after the hold `id` was released by hand; the same object when there is no such hold (any more). */
export function releaseHold(memory: GuardMemory, id: string, nowMs: number): GuardMemory {
  const released = [...memory.registries].map(([name, registry]): [string, RegistryMemory] => {
    return [name, releasedIn(name, registry, id, nowMs)];
  });
  const registries = changedMap(memory.registries, released);
  return registries === memory.registries ? memory : { ...memory, registries };
}

function releasedIn(name: string, memory: RegistryMemory, id: string, nowMs: number): RegistryMemory {
  const { doubtedSinceMs } = memory;
  if (doubtedSinceMs !== undefined && id === holdId(name, 'empty-first-read', doubtedSinceMs))
    return { ...memory, doubtedSinceMs: undefined };
  const isOfHold = (one: Missing) => one.kind === 'held' && id === holdId(name, one.reason, one.sinceMs);
  const counts = new Map<ServiceKey, number>();
  for (const [key, list] of memory.missing) {
    const count = list.filter(isOfHold).length;
    if (count > 0) counts.set(key, count);
  }
  if (counts.size === 0) return memory;
  const missing = [...counts.keys()].map((key): [ServiceKey, readonly Missing[]] => {
    const list = memory.missing.get(key) ?? [];
    return [key, list.flatMap((one) => (isOfHold(one) ? letGo([one], nowMs) : [one]))];
  });
  const window = withoutConfirmed(memory.window, counts, memory.listed);
  return { ...memory, window, missing: changedMap(memory.missing, missing) };
}
