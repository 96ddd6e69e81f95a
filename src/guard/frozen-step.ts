// SPDX-License-Identifier: Apache-2.0
// What one reading does to a registry of which something is frozen. What is frozen stays exactly as it was remembered: nothing is
// added, changed or removed, and no time runs out. The rest is judged as if the frozen services were no part of the registry, so
// that a freeze neither makes a loss look small nor counts as one. When it ends, the next look finds the difference
// between what was remembered and what is listed, and takes it in as after an outage: debounced, or held where it is much.
import { changedMap } from '../lib/changed-map.ts';
import { sameEntries } from '../lib/same-objects.ts';
import type { ServiceKey } from '../model/service.ts';
import type { FrozenPart } from './freeze.ts';
import type { RegistryMemory } from './memory.ts';
import type { ObservedRegistry } from './observed.ts';
import type { GuardOptions } from './options.ts';
import { registryStep, registryWakeAtMs } from './registry-step.ts';

type Keys = ReadonlySet<ServiceKey>;

/**
 * As `registryStep`, around what is frozen. A registry that was never read, or whose first read is doubted, has nothing that could
 * be kept: it is frozen from its first believed read on. A change of scope waits for the end too, and is then taken in as if
 * the registry had made it: a scope is no reason to believe what went missing meanwhile.
 */
export function stepAround(
  frozen: FrozenPart,
  memory: RegistryMemory | undefined,
  observed: ObservedRegistry,
  nowMs: number,
  options: GuardOptions,
): RegistryMemory | undefined {
  if (memory === undefined || !isKeptBy(frozen, memory)) return registryStep(memory, observed, nowMs, options);
  const { scopeRevision } = observed;
  if (frozen.kind === 'everything')
    return memory.scopeRevision === scopeRevision ? memory : { ...memory, scopeRevision };
  const rest = without(memory, frozen.keys);
  const after = registryStep(rest, observedWithout(observed, frozen.keys, rest), nowMs, options);
  return after === undefined || after === rest ? memory : joined(memory, after, frozen.keys);
}

/** As `registryWakeAtMs`: no time of what is frozen runs out. */
export function wakeAroundAtMs(frozen: FrozenPart, memory: RegistryMemory, options: GuardOptions): number | undefined {
  if (!isKeptBy(frozen, memory)) return registryWakeAtMs(memory, options);
  return frozen.kind === 'everything' ? undefined : registryWakeAtMs(without(memory, frozen.keys), options);
}

function isKeptBy(frozen: FrozenPart, memory: RegistryMemory): frozen is Exclude<FrozenPart, { kind: 'nothing' }> {
  return frozen.kind !== 'nothing' && memory.doubtedSinceMs === undefined;
}

function without(memory: RegistryMemory, keys: Keys): RegistryMemory {
  const { window, listed, missing, graces, draining, shown } = memory;
  const restOf = <V extends object | number>(map: ReadonlyMap<ServiceKey, V>) => withoutKeys(map, keys);
  const rest = {
    listed: restOf(listed),
    missing: restOf(missing),
    graces: restOf(graces),
    draining: restOf(draining),
    shown: restOf(shown),
  };
  return { ...memory, ...rest, window: { ...window, start: restOf(window.start), next: restOf(window.next) } };
}

function observedWithout(observed: ObservedRegistry, keys: Keys, rest: RegistryMemory): ObservedRegistry {
  const { reading } = observed;
  if (reading.kind === 'waiting') return observed;
  const services = withoutKeys(reading.content.services, keys);
  // Made anew at each look; unchanged services are known by their map, too.
  const same = sameEntries(rest.listed, services) ? rest.listed : services;
  return { ...observed, reading: { ...reading, content: { ...reading.content, services: same } } };
}

function withoutKeys<V extends object | number>(
  map: ReadonlyMap<ServiceKey, V>,
  keys: Keys,
): ReadonlyMap<ServiceKey, V> {
  return changedMap(
    map,
    [...keys].map((key) => [key, undefined]),
  );
}

/** `memory` with what became of the rest of it; the frozen services as they are. */
function joined(memory: RegistryMemory, rest: RegistryMemory, frozen: Keys): RegistryMemory {
  const join = <V extends object | number>(former: ReadonlyMap<ServiceKey, V>, after: ReadonlyMap<ServiceKey, V>) => {
    const gone = [...former.keys()].filter((key) => !frozen.has(key) && !after.has(key));
    return changedMap<ServiceKey, V>(former, [...gone.map((key) => [key, undefined] as const), ...after]);
  };
  const { window } = memory;
  return {
    ...rest,
    listed: join(memory.listed, rest.listed),
    missing: join(memory.missing, rest.missing),
    graces: join(memory.graces, rest.graces),
    draining: join(memory.draining, rest.draining),
    shown: join(memory.shown, rest.shown),
    window: {
      countedAtMs: rest.window.countedAtMs,
      start: join(window.start, rest.window.start),
      next: join(window.next, rest.window.next),
    },
  };
}
