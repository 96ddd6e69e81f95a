// SPDX-License-Identifier: Apache-2.0
// What a registry lacks that is still shown, service by service: how a read adds to it and how removals leave it. Judges
// each read once, as a mass removal or an ordinary one; debounce.ts and hold.ts say how long either waits.

import { changedMap } from '../lib/changed-map.ts';
import type { Instance, Service, ServiceKey } from '../model/service.ts';
import { stillMissing, vanishedInstances } from './debounce.ts';
import type { HoldReason, Missing } from './guarded.ts';
import { beginningOfHold, holdTimeMs, isEverythingGone, joinHold, letGo } from './hold.ts';
import { isTooMuch, lossesOf, lostOf } from './loss.ts';
import type { RegistryMemory } from './memory.ts';
import type { GuardOptions } from './options.ts';

type Services = ReadonlyMap<ServiceKey, Service>;
type MissingByService = ReadonlyMap<ServiceKey, readonly Missing[]>;

const NOTHING_MISSING: readonly Missing[] = [];

/** Keys whose value is another object, or there at all, in only one of the two. */
export function changedKeys<Value extends object>(
  former: ReadonlyMap<ServiceKey, Value>,
  listed: ReadonlyMap<ServiceKey, Value>,
): readonly ServiceKey[] {
  if (former === listed) return [];
  const changed: ServiceKey[] = [];
  for (const [key, value] of listed) if (former.get(key) !== value) changed.push(key);
  for (const key of former.keys()) if (!listed.has(key)) changed.push(key);
  return changed;
}

/** All that is missing after a read, before anything of it is removed. */
export function missingAfter(
  memory: RegistryMemory,
  listed: Services,
  changed: readonly ServiceKey[],
  registry: string,
  nowMs: number,
  options: GuardOptions,
): MissingByService {
  if (changed.length === 0) return memory.missing;
  const read = changed.map((key): [ServiceKey, readonly Missing[] | undefined] => {
    const still = stillMissing(memory.missing.get(key) ?? NOTHING_MISSING, listed.get(key));
    const vanished = vanishedInstances(memory.listed.get(key), listed.get(key));
    const all = [...still, ...vanished.map((instance) => newlyMissing(instance, nowMs))];
    const left = isMadeUp(memory, listed, key) ? letGo(all, nowMs) : all;
    return [key, left.length === 0 ? undefined : left];
  });
  const missing = changedMap(memory.missing, read);
  const found = massRemoval(memory, listed, missing, options);
  if (found === undefined) return missing;
  const { reason, services } = found;
  const sinceMs = beginningOfHold(missing, reason, holdTimeMs(registry, options), nowMs);
  const held = services.map((key): [ServiceKey, readonly Missing[] | undefined] => {
    const list = missing.get(key);
    return [key, list && joinHold(list, { reason, sinceMs })];
  });
  return changedMap(missing, held);
}

/** Parts what is missing into what stays so and what is now removed, by service. */
export function withoutRemoved(
  missing: MissingByService,
  isRemoved: (one: Missing) => boolean,
): { readonly missing: MissingByService; readonly removed: MissingByService } {
  const removed = new Map<ServiceKey, readonly Missing[]>();
  const left: [ServiceKey, readonly Missing[] | undefined][] = [];
  for (const [key, list] of missing) {
    const gone: Missing[] = [];
    const stays: Missing[] = [];
    for (const one of list) (isRemoved(one) ? gone : stays).push(one);
    if (gone.length === 0) continue;
    removed.set(key, gone);
    left.push([key, stays.length === 0 ? undefined : stays]);
  }
  return { missing: changedMap(missing, left), removed };
}

function newlyMissing(instance: Instance, nowMs: number): Missing {
  return { kind: 'debounced', instance, sinceMs: nowMs, formerHold: undefined };
}

/** Whether this read shows a mass removal, and the services that it takes instances from without putting others in their place. */
function massRemoval(
  { listed: former, window }: RegistryMemory,
  listed: Services,
  missing: MissingByService,
  options: GuardOptions,
): { readonly reason: HoldReason; readonly services: readonly ServiceKey[] } | undefined {
  if (isEverythingGone(former, listed)) return { reason: 'everything-gone', services: [...missing.keys()] };
  if (!hasDebounced(missing)) return undefined;
  const losses = lossesOf(window, former, listed);
  if (!isTooMuch(losses, options)) return undefined;
  return { reason: 'many-gone', services: losses.filter((loss) => lostOf(loss) > 0).map(({ key }) => key) };
}

/** As many as at the start of the window: what is held of the service has been replaced. */
function isMadeUp({ window }: RegistryMemory, listed: Services, key: ServiceKey): boolean {
  const lists = listed.get(key)?.instances.length ?? 0;
  return lists > 0 && lists >= (window.start.get(key) ?? Number.POSITIVE_INFINITY);
}

function hasDebounced(missing: MissingByService): boolean {
  for (const list of missing.values()) if (list.some(({ kind }) => kind === 'debounced')) return true;
  return false;
}
