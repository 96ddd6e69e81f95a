// SPDX-License-Identifier: Apache-2.0
// The doubt: a first read that lists nothing is not believed at once either. A bridge that starts cannot tell a registry that
// is empty from one that has just restarted and forgot everything, and an istiod that runs may hold what it forgot. While a
// registry is doubted the bridge is not complete: nobody is told what is missing, and what it lists meanwhile is not
// taken for all there is (clients of Eureka come back one by one, over the length of a lease).
import type { Service, ServiceKey } from '../model/service.ts';
import type { Hold } from './guarded.ts';
import { holdId, listsAnyInstance } from './hold.ts';

type Services = ReadonlyMap<ServiceKey, Service>;

/** Since when a registry is doubted whose first good read listed `services`; undefined: not at all. */
export function doubtAfterFirstRead(services: Services, nowMs: number): number | undefined {
  return listsAnyInstance(services) ? undefined : nowMs;
}

/** What is left of the doubt after a good read: none once the hold time has passed, whatever the read lists. */
export function doubtAfterRead(sinceMs: number | undefined, holdMs: number, readAtMs: number): number | undefined {
  return sinceMs === undefined || readAtMs >= sinceMs + holdMs ? undefined : sinceMs;
}

/** For people: what is doubted is held like a mass removal, though nobody knows of what. */
export function doubtHold(registry: string, sinceMs: number | undefined, holdMs: number): readonly Hold[] {
  if (sinceMs === undefined) return [];
  const reason = 'empty-first-read';
  const id = holdId(registry, reason, sinceMs);
  return [{ id, registry, reason, sinceMs, confirmableAtMs: sinceMs + holdMs, services: 0, instances: 0 }];
}
