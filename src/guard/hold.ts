// SPDX-License-Identifier: Apache-2.0
// The hold: a mass removal is not believed until the registry has said the same for a time and a fresh read says it
// again. A registry that restarted empty answers exactly as one whose services all left (Spring Cloud's Eureka server opens
// at once with an empty list and fills as clients renew, within 30 s), and istiod deletes what we leave out.
//
// A hold is the set of instances that went missing at one moment; it has no record of its own beside them. So its
// beginning cannot move: a registry that empties again starts a second hold for what it lost the second time, and
// neither prolongs the first nor lets the second end with it.
import type { Service, ServiceKey } from '../model/service.ts';
import type { Hold, Missing } from './guarded.ts';
import type { GuardOptions } from './options.ts';

type Services = ReadonlyMap<ServiceKey, Service>;

/**
 * The start condition of a hold: what this read would take away is too much to be believed at once. Today: the former
 * read listed an instance, this one lists none at all. Services that were replaced by others are not a mass removal.
 */
export function isMassRemoval(former: Services, listed: Services): boolean {
  return listsAnyInstance(former) && !listsAnyInstance(listed);
}

/** What is missing when a hold begins: a removal that waited for its debounce joins it, what is held stays in its hold. */
export function joinHold(missing: readonly Missing[], nowMs: number): readonly Missing[] {
  return missing.map((one) => (one.kind === 'held' ? one : { ...one, kind: 'held', sinceMs: nowMs }));
}

/** How long a mass removal of a registry is held; never shorter than an ordinary removal waits, also with holds turned off. */
export function holdTimeMs(registry: string, options: GuardOptions): number {
  return Math.max(options.holdForMs(registry), options.removalDebounceMs);
}

/** True when a good read made after the hold time confirms that a held instance is gone. Time alone confirms nothing. */
export function isHoldConfirmed(missing: Missing, holdMs: number, readAtMs: number): boolean {
  return missing.kind === 'held' && readAtMs >= missing.sinceMs + holdMs;
}

export function hasHeld(missing: ReadonlyMap<ServiceKey, readonly Missing[]>): boolean {
  for (const list of missing.values()) if (list.some(({ kind }) => kind === 'held')) return true;
  return false;
}

/** The holds of one registry, the oldest first. */
export function holdsOf(
  registry: string,
  missing: ReadonlyMap<ServiceKey, readonly Missing[]>,
  holdMs: number,
): readonly Hold[] {
  const held = new Map<number, { instances: number; readonly services: Set<ServiceKey> }>();
  for (const [key, list] of missing) {
    for (const { kind, sinceMs } of list) {
      if (kind !== 'held') continue;
      const hold = held.get(sinceMs) ?? { instances: 0, services: new Set() };
      hold.instances += 1;
      hold.services.add(key);
      held.set(sinceMs, hold);
    }
  }
  return [...held]
    .sort(([a], [b]) => a - b)
    .map(([sinceMs, { instances, services }]) => ({
      registry,
      reason: 'everything-gone',
      sinceMs,
      confirmableAtMs: sinceMs + holdMs,
      services: services.size,
      instances,
    }));
}

export function listsAnyInstance(services: Services): boolean {
  for (const service of services.values()) if (service.instances.length > 0) return true;
  return false;
}
