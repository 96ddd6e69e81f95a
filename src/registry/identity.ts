// SPDX-License-Identifier: Apache-2.0
// Where a fresh reading meets the former one: whatever says the same keeps its object, because every later stage caches
// by object identity. This is the only deep comparison in the program.
import { sameEntries } from '../lib/same-objects.ts';
import { sameInstance, sameService } from '../model/equality.ts';
import type { Instance, Service, ServiceKey } from '../model/service.ts';

export type Services = ReadonlyMap<ServiceKey, Service>;

/**
 * `next` with the objects of `previous` wherever they are equal: the whole map when nothing changed, else each unchanged
 * service, and within a changed service each unchanged instance (matched by id).
 */
export function keepIdentity(previous: Services | undefined, next: Services): Services {
  if (previous === undefined) return next;
  const kept = new Map<ServiceKey, Service>();
  for (const [key, service] of next) kept.set(key, keepService(previous.get(key), service));
  return sameEntries(previous, kept) ? previous : kept;
}

/** `fresh` with the objects of `former` wherever they are equal: the whole service, else each unchanged instance. */
export function keepService(former: Service | undefined, fresh: Service): Service {
  if (former === undefined) return fresh;
  if (sameService(former, fresh)) return former;
  const byId = new Map(former.instances.map((instance) => [instance.id, instance]));
  return { ...fresh, instances: fresh.instances.map((instance) => keepInstance(byId.get(instance.id), instance)) };
}

function keepInstance(former: Instance | undefined, fresh: Instance): Instance {
  return former !== undefined && sameInstance(former, fresh) ? former : fresh;
}
