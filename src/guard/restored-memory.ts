// SPDX-License-Identifier: Apache-2.0
// The memory that a process starts with which restores what a former one wrote down. The clock of the machine may have been set
// back since: nothing that is remembered may lie in the future, or a hold would never end.
import type { Service, ServiceKey } from '../model/service.ts';
import type { Freeze, Missing, Seniority } from './guarded.ts';
import type { GuardMemory, RegistryMemory } from './memory.ts';
import { shownTogether } from './shown-together.ts';

/**
 * `registries` as they were, with the seniority of all names, and the freezes. A name that is not among what they show (its registry left the
 * configuration, or is not restored) is one that departed, after those that had.
 */
export function restoredMemory(
  registries: ReadonlyMap<string, RegistryMemory>,
  seniority: ReadonlyMap<ServiceKey, Seniority>,
  freezes: readonly Freeze[],
  nowMs: number,
): GuardMemory {
  const past = new Map([...registries].map(([name, memory]) => [name, inThePast(memory, nowMs)]));
  const services = shownTogether(past);
  return {
    registries: past,
    services,
    seniority: presentNames(seniority, services, nowMs),
    freezes: freezes.map((freeze) => ({ ...freeze, sinceMs: Math.min(freeze.sinceMs, nowMs) })),
  };
}

/**
 * `current` with what is restored beside it while it runs: registries that it knows nothing of yet. Of names that both know the
 * running process knows better.
 */
export function withRestored(current: GuardMemory, restored: GuardMemory): GuardMemory {
  if (current.registries.size === 0 && current.freezes.length === 0) return restored;
  const added = [...restored.registries].filter(([name]) => !current.registries.has(name));
  const registries = new Map([...current.registries, ...added]);
  const seniority = new Map([...restored.seniority, ...current.seniority]);
  const freezes = current.freezes.length > 0 ? current.freezes : restored.freezes;
  return { registries, services: shownTogether(registries), seniority, freezes };
}

function presentNames(
  seniority: ReadonlyMap<ServiceKey, Seniority>,
  services: ReadonlyMap<ServiceKey, Service>,
  nowMs: number,
): ReadonlyMap<ServiceKey, Seniority> {
  const known = [...seniority].map(([key, { sinceMs, presentSinceMs, present }]): [ServiceKey, Seniority] => [
    key,
    { sinceMs: Math.min(sinceMs, nowMs), presentSinceMs: Math.min(presentSinceMs, nowMs), present },
  ]);
  const departsNow = ([key, { present }]: [ServiceKey, Seniority]) => present && !services.has(key);
  const departed = known
    .filter(departsNow)
    .map(([key, one]): [ServiceKey, Seniority] => [key, { ...one, present: false }]);
  return new Map([...known.filter((one) => !departsNow(one)), ...departed]);
}

function inThePast(memory: RegistryMemory, nowMs: number): RegistryMemory {
  const { doubtedSinceMs, window, missing, graces, draining } = memory;
  const past = (atMs: number) => Math.min(atMs, nowMs);
  const missingSince = (one: Missing): Missing => {
    const sinceMs = past(one.sinceMs);
    if (one.kind === 'held' || one.formerHold === undefined) return { ...one, sinceMs };
    return { ...one, sinceMs, formerHold: { ...one.formerHold, sinceMs: past(one.formerHold.sinceMs) } };
  };
  return {
    ...memory,
    doubtedSinceMs: doubtedSinceMs === undefined ? undefined : past(doubtedSinceMs),
    window: { ...window, countedAtMs: past(window.countedAtMs) },
    missing: new Map([...missing].map(([key, list]) => [key, list.map(missingSince)])),
    graces: new Map([...graces].map(([key, sinceMs]) => [key, past(sinceMs)])),
    draining: new Map(
      [...draining].map(([key, list]) => [key, list.map((one) => ({ ...one, sinceMs: past(one.sinceMs) }))]),
    ),
  };
}
