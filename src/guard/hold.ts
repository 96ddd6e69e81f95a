// SPDX-License-Identifier: Apache-2.0
// The hold: a mass removal is not believed until the registry has said the same for a time and a fresh read says it
// again. A registry that restarted empty answers exactly as one whose services all left (Spring Cloud's Eureka server opens
// at once with an empty list and fills as clients renew, within 30 s), and istiod deletes what we leave out.
//
// A hold is the set of instances that went missing at one moment; it has no record of its own beside them. So its
// beginning cannot move: a registry that loses much again starts a second hold for what it lost the second time, and
// neither prolongs the first nor lets the second end with it.
import type { Service, ServiceKey } from '../model/service.ts';
import type { Held, Hold, HoldBeginning, HoldReason, Missing } from './guarded.ts';
import type { GuardOptions } from './options.ts';

type Services = ReadonlyMap<ServiceKey, Service>;
type MissingByService = ReadonlyMap<ServiceKey, readonly Missing[]>;

/** Holds of one registry and reason begin at least this part of the hold time apart, so there are never many of them. */
const HOLDS_AT_ONCE = 10;

/** The former read listed an instance, this one lists none at all. */
export function isEverythingGone(former: Services, listed: Services): boolean {
  return listsAnyInstance(former) && !listsAnyInstance(listed);
}

/** What is missing when a hold begins: a removal that waited for its debounce joins it, what is held stays in its hold. */
export function joinHold(missing: readonly Missing[], hold: HoldBeginning): readonly Missing[] {
  return missing.map((one) => {
    if (one.kind === 'held') return one;
    const { reason, sinceMs } = one.formerHold ?? hold;
    return { kind: 'held', reason, sinceMs, instance: one.instance };
  });
}

/** Held instances as ordinary removals from now on. */
export function letGo(missing: readonly Missing[], nowMs: number): readonly Missing[] {
  return missing.map((one) => {
    if (one.kind === 'debounced') return one;
    const { reason, sinceMs, instance } = one;
    return { kind: 'debounced', instance, sinceMs: nowMs, formerHold: { reason, sinceMs } };
  });
}

/**
 * When the hold begins of what is found missing now: at once, or, shortly after another one for the same reason, up to a tenth
 * of the hold time later, together with all that goes missing until then. Until it begins it is held all the same.
 */
export function beginningOfHold(missing: MissingByService, reason: HoldReason, holdMs: number, nowMs: number): number {
  let youngestMs = Number.NEGATIVE_INFINITY;
  for (const list of missing.values()) {
    for (const one of list) {
      if (one.kind === 'held' && one.reason === reason) youngestMs = Math.max(youngestMs, one.sinceMs);
    }
  }
  if (youngestMs >= nowMs) return youngestMs;
  const nextMs = youngestMs + holdMs / HOLDS_AT_ONCE;
  return Number.isFinite(nextMs) ? Math.max(nowMs, Math.ceil(nextMs)) : nowMs;
}

/** How long a mass removal of a registry is held; never shorter than an ordinary removal waits, also with holds turned off. */
export function holdTimeMs(registry: string, options: GuardOptions): number {
  return Math.max(options.holdForMs(registry), options.removalDebounceMs);
}

/**
 * True when a good read made after the hold time confirms that an instance is gone that is held, or was let go of meanwhile. Time
 * alone confirms nothing.
 */
export function isHoldConfirmed(missing: Missing, holdMs: number, readAtMs: number): boolean {
  const hold = missing.kind === 'held' ? missing : missing.formerHold;
  return hold !== undefined && readAtMs >= hold.sinceMs + holdMs;
}

export function hasHeld(missing: MissingByService): boolean {
  for (const list of missing.values()) if (list.some(({ kind }) => kind === 'held')) return true;
  return false;
}

/** The name of a hold for as long as it lasts, also over a restart that restores it. Letters, digits and dashes. */
export function holdId(registry: string, reason: Hold['reason'], sinceMs: number): string {
  const time = new Date(sinceMs).toISOString().replace(/[-:.]/g, '');
  return `${registry}-${reason}-${time}`;
}

/** The holds of one registry, the oldest first. */
export function holdsOf(registry: string, missing: MissingByService, holdMs: number): readonly Hold[] {
  const held = new Map<string, { readonly first: Held; instances: number; readonly services: Set<ServiceKey> }>();
  for (const [key, list] of missing) {
    for (const one of list) {
      if (one.kind !== 'held') continue;
      const id = holdId(registry, one.reason, one.sinceMs);
      const hold = held.get(id) ?? { first: one, instances: 0, services: new Set() };
      hold.instances += 1;
      hold.services.add(key);
      held.set(id, hold);
    }
  }
  return [...held]
    .sort(([, a], [, b]) => a.first.sinceMs - b.first.sinceMs)
    .map(([id, { first, instances, services }]) => ({
      id,
      registry,
      reason: first.reason,
      sinceMs: first.sinceMs,
      confirmableAtMs: first.sinceMs + holdMs,
      services: services.size,
      instances,
    }));
}

export function listsAnyInstance(services: Services): boolean {
  for (const service of services.values()) if (service.instances.length > 0) return true;
  return false;
}
