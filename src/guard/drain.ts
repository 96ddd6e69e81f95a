// SPDX-License-Identifier: Apache-2.0
// The drain: an instance that was up and that its registry now calls something else may keep its traffic for a time, status by
// status. Only for what is still listed: who leaves the registry has said more than any status does.
import { byIdentity } from '../lib/by-identity.ts';
import { changedMap } from '../lib/changed-map.ts';
import { sameItems } from '../lib/same-objects.ts';
import type { Instance, Service, ServiceKey, Status } from '../model/service.ts';
import type { Draining, DrainStatus } from './guarded.ts';
import type { RegistryMemory } from './memory.ts';
import type { GuardOptions } from './options.ts';

type Services = ReadonlyMap<ServiceKey, Service>;
type DrainingByService = ReadonlyMap<ServiceKey, readonly Draining[]>;

export const DRAIN_STATUSES: readonly DrainStatus[] = ['out-of-service', 'down', 'starting'];

const NOTHING_DRAINS: readonly Draining[] = [];

/**
 * What drains after a good read. A drain begins when an instance that was listed as up is listed with another status, and goes on
 * from there whatever other status it gets; it ends with its time, when the instance is up again, or when it is listed no more.
 */
export function drainingAfter(
  { draining, listed: former }: Pick<RegistryMemory, 'draining' | 'listed'>,
  listed: Services,
  changed: readonly ServiceKey[],
  nowMs: number,
  { drainMs }: GuardOptions,
): DrainingByService {
  const looked = new Set([...changed, ...draining.keys()]);
  const after = [...looked].map((key): [ServiceKey, readonly Draining[] | undefined] => {
    const before = draining.get(key) ?? NOTHING_DRAINS;
    const known = new Map(before.map((one) => [one.id, one]));
    const isFormerlyUp = upIn(former.get(key));
    const now = (listed.get(key)?.instances ?? []).flatMap(({ id, status }): readonly Draining[] => {
      if (!isDrainStatus(status)) return [];
      const one = known.get(id);
      const sinceMs = one?.sinceMs ?? (isFormerlyUp(id) ? nowMs : undefined);
      if (sinceMs === undefined || nowMs >= sinceMs + drainMs[status]) return [];
      return [one?.status === status ? one : { id, status, sinceMs }];
    });
    if (now.length === 0) return [key, undefined];
    return [key, sameItems(before, now) ? before : now];
  });
  return changedMap(draining, after);
}

/** What of it still drains when the registry is listed otherwise than by a read: who is listed no more, or up, does not. */
export function stillDraining(draining: DrainingByService, listed: Services): DrainingByService {
  return changedMap(
    draining,
    [...draining].map(([key, list]): [ServiceKey, readonly Draining[] | undefined] => {
      const instances = listed.get(key)?.instances ?? [];
      const ids = new Set(instances.flatMap(({ id, status }) => (isDrainStatus(status) ? [id] : [])));
      const left = list.filter(({ id }) => ids.has(id));
      if (left.length === 0) return [key, undefined];
      return [key, left.length === list.length ? list : left];
    }),
  );
}

/** The instances as they are listed, with what drains as up. */
export function withDraining(listed: readonly Instance[], draining: readonly Draining[]): readonly Instance[] {
  if (draining.length === 0) return listed;
  const ids = new Set(draining.map(({ id }) => id));
  return listed.map((one) => (ids.has(one.id) ? asUp(one) : one));
}

export function drainEndMs({ status, sinceMs }: Draining, { drainMs }: Pick<GuardOptions, 'drainMs'>): number {
  return sinceMs + drainMs[status];
}

const asUp = byIdentity((instance: Instance): Instance => ({ ...instance, status: 'up' }));

function upIn(service: Service | undefined): (id: string) => boolean {
  let ids: ReadonlySet<string> | undefined;
  return (id) => {
    ids ??= new Set(service?.instances.flatMap((one) => (one.status === 'up' ? [one.id] : [])));
    return ids.has(id);
  };
}

function isDrainStatus(status: Status): status is DrainStatus {
  return DRAIN_STATUSES.some((one) => one === status);
}
