// SPDX-License-Identifier: Apache-2.0
// The guard: which services may be published, who may leave and when. A pure reducer over what the registries say; it sets
// no timer, it says when it wants to be asked again. It knows nothing of hosts, entries or clients.
import { sameEntries } from '../lib/same-objects.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import { doubtHold } from './doubt.ts';
import { freezesAfter, frozenPartOf, nextThawAtMs } from './freeze.ts';
import { nextFreshReadAtMs, wantsFreshRead } from './fresh-read.ts';
import { stepAround, wakeAroundAtMs } from './frozen-step.ts';
import { gracesOf } from './grace.ts';
import type { Freeze, Guarded, Hold } from './guarded.ts';
import { holdsOf, holdTimeMs } from './hold.ts';
import type { GuardMemory, RegistryMemory } from './memory.ts';
import type { ObservedRegistry } from './observed.ts';
import type { GuardOptions } from './options.ts';
import { seniorityAfter } from './seniority.ts';
import { shownTogether } from './shown-together.ts';

export { emptyGuardMemory, type GuardMemory } from './memory.ts';

type Registries = ReadonlyMap<string, RegistryMemory>;
type Services = ReadonlyMap<ServiceKey, Service>;

/**
 * One look at all registries at `nowMs` (epoch ms, never earlier than in the step before). What becomes of each registry
 * is tabled at `registryStep`, but for what is frozen, which stays as it is (frozen-step.ts). A registry that is not among `observed` left the configuration and is forgotten at once,
 * its names keep their seniority. The same history gives the same output; a step that finds nothing new returns the same
 * memory, and equal parts of `guarded` keep their identity.
 */
export function guardStep(
  memory: GuardMemory,
  observed: readonly ObservedRegistry[],
  nowMs: number,
  options: GuardOptions,
): { readonly memory: GuardMemory; readonly guarded: Guarded } {
  const freezes = freezesAfter(memory.freezes, options.freezes, nowMs);
  const registries = registriesAfter(memory.registries, observed, freezes, nowMs, options);
  const firstRead = new Set([...registries.keys()].filter((name) => !memory.registries.has(name)));
  const services = registries === memory.registries ? memory.services : servicesAfter(memory.services, registries);
  const seniority = seniorityAfter(memory.seniority, memory.services, services, firstRead, nowMs);
  const isSame = registries === memory.registries && services === memory.services && seniority === memory.seniority;
  const after = isSame && freezes === memory.freezes ? memory : { registries, services, seniority, freezes };
  return { memory: after, guarded: guardedOf(after, observed, nowMs, options) };
}

function registriesAfter(
  before: Registries,
  observed: readonly ObservedRegistry[],
  freezes: readonly Freeze[],
  nowMs: number,
  options: GuardOptions,
): Registries {
  const after = new Map<string, RegistryMemory>();
  for (const one of observed) {
    const frozen = frozenPartOf(freezes, one.registry);
    const registry = stepAround(frozen, before.get(one.registry), one, nowMs, options);
    if (registry !== undefined) after.set(one.registry, registry);
  }
  return sameEntries(before, after) ? before : after;
}

function servicesAfter(before: Services, registries: Registries): Services {
  const after = shownTogether(registries);
  return sameEntries(before, after) ? before : after;
}

function guardedOf(
  memory: GuardMemory,
  observed: readonly ObservedRegistry[],
  nowMs: number,
  options: GuardOptions,
): Guarded {
  const registries = [...memory.registries];
  const holds = new Map(registries.map(([name, registry]) => [name, allHoldsOf(name, registry, options)]));
  const live = observed.flatMap(({ registry, reading }) => {
    const remembered = memory.registries.get(registry);
    if (remembered === undefined || reading.kind !== 'live') return [];
    const { readAtMs } = reading.content;
    return { registry, memory: remembered, holds: holds.get(registry) ?? [], readAtMs };
  });
  return {
    services: memory.services,
    seniority: memory.seniority,
    // No registry at all is no information, not an empty mesh.
    complete: observed.length > 0 && observed.every(({ registry }) => isBelieved(memory.registries.get(registry))),
    missing: partOf(memory.registries, ({ missing }) => missing),
    draining: partOf(memory.registries, ({ draining }) => draining),
    holds: [...holds.values()].flat(),
    freezes: memory.freezes,
    graces: registries.flatMap(([, { graces }]) => gracesOf(graces, options.emptyGraceMs)),
    pendingRemovals: registries.reduce((sum, [, { missing }]) => sum + debouncedIn(missing), 0),
    toReadAnew: live.filter((one) => wantsFreshRead(one.holds, one.readAtMs, nowMs)).map(({ registry }) => registry),
    wakeAtMs: earliest([
      nextThawAtMs(memory.freezes),
      ...live.flatMap(({ registry, memory: remembered, holds: held }) => [
        wakeAroundAtMs(frozenPartOf(memory.freezes, registry), remembered, options),
        nextFreshReadAtMs(held, nowMs),
      ]),
    ]),
  };
}

/** Its maps keep their identity while nothing in them changed. */
function partOf<Part>(registries: Registries, part: (memory: RegistryMemory) => Part): ReadonlyMap<string, Part> {
  return new Map([...registries].map(([name, memory]) => [name, part(memory)]));
}

function isBelieved(registry: RegistryMemory | undefined): boolean {
  return registry !== undefined && registry.doubtedSinceMs === undefined;
}

function allHoldsOf(name: string, memory: RegistryMemory, options: GuardOptions): readonly Hold[] {
  const holdMs = holdTimeMs(name, options);
  return [...doubtHold(name, memory.doubtedSinceMs, holdMs), ...holdsOf(name, memory.missing, holdMs)];
}

function debouncedIn(missing: RegistryMemory['missing']): number {
  let count = 0;
  for (const list of missing.values()) count += list.filter(({ kind }) => kind === 'debounced').length;
  return count;
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
