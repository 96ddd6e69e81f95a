// SPDX-License-Identifier: Apache-2.0
// The drain: an instance that was up and that its registry now calls something else may keep its traffic for a time, status by
// status. Only for what is still listed, or held: who is believed to have left has said more than any status does.
import { byIdentity } from '../lib/by-identity.ts';
import { changedMap } from '../lib/changed-map.ts';
import { sameItems } from '../lib/same-objects.ts';
import type { Instance, ServiceKey, Status } from '../model/service.ts';
import type { Draining, DrainStatus } from './guarded.ts';
import type { RegistryMemory } from './memory.ts';
import type { GuardOptions } from './options.ts';

type DrainingByService = ReadonlyMap<ServiceKey, readonly Draining[]>;

export const DRAIN_STATUSES: readonly DrainStatus[] = ['out-of-service', 'down', 'starting'];

const NOTHING_DRAINS: readonly Draining[] = [];

/**
 * What drains after a good read. A drain begins when an instance that was listed as up is listed with another status at the same
 * address and ports, and goes on from there whatever other status it gets; it ends with its time, when the instance is up again or
 * elsewhere, or when it is listed no more. A removal that is held is not believed, so what it holds drains on, and what it gives back
 * was as it was.
 */
export function drainingAfter(
  former: Pick<RegistryMemory, 'draining' | 'listed' | 'missing'>,
  now: Pick<RegistryMemory, 'listed' | 'missing'>,
  changed: readonly ServiceKey[],
  nowMs: number,
  options: GuardOptions,
): DrainingByService {
  const looked = new Set([...changed, ...former.draining.keys()]);
  const after = [...looked].map((key): [ServiceKey, readonly Draining[] | undefined] => {
    const timed = drainable(now, key).filter(({ status }) => options.drainMs[status] > 0);
    if (timed.length === 0) return [key, undefined];
    const before = former.draining.get(key) ?? NOTHING_DRAINS;
    const known = new Map(before.map((one) => [one.id, one]));
    const seen = lastSeen(former, key);
    const drained = timed.flatMap(({ status, instance }): readonly Draining[] => {
      const one = known.get(instance.id);
      const last = seen.get(instance.id);
      if (last === undefined || !isSamePlace(last, instance)) return [];
      const sinceMs = one?.sinceMs ?? (last.status === 'up' ? nowMs : undefined);
      if (sinceMs === undefined || nowMs >= drainEndMs({ status, sinceMs }, options)) return [];
      return [one?.status === status ? one : { id: instance.id, status, sinceMs }];
    });
    if (drained.length === 0) return [key, undefined];
    return [key, sameItems(before, drained) ? before : drained];
  });
  return changedMap(former.draining, after);
}

/** What of it still drains when the registry is listed otherwise than by a read: who is listed no more, or up, does not. */
export function stillDraining(
  draining: DrainingByService,
  now: Pick<RegistryMemory, 'listed' | 'missing'>,
): DrainingByService {
  return changedMap(
    draining,
    [...draining].map(([key, list]): [ServiceKey, readonly Draining[] | undefined] => {
      const ids = new Set(drainable(now, key).map(({ instance }) => instance.id));
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

export function drainEndMs({ status, sinceMs }: Omit<Draining, 'id'>, { drainMs }: GuardOptions): number {
  return sinceMs + drainMs[status];
}

const asUp = byIdentity((instance: Instance): Instance => ({ ...instance, status: 'up' }));

interface Drainable {
  readonly status: DrainStatus;
  readonly instance: Instance;
}

/** What is listed, or held, with a status that drains. */
function drainable(
  { listed, missing }: Pick<RegistryMemory, 'listed' | 'missing'>,
  key: ServiceKey,
): readonly Drainable[] {
  const held = (missing.get(key) ?? []).flatMap((one) => (one.kind === 'held' ? [one.instance] : []));
  return [...(listed.get(key)?.instances ?? []), ...held].flatMap((instance) => {
    const { status } = instance;
    return isDrainStatus(status) ? [{ status, instance }] : [];
  });
}

/** By id; what is listed counts before what is missing. */
function lastSeen(
  { listed, missing }: Pick<RegistryMemory, 'listed' | 'missing'>,
  key: ServiceKey,
): ReadonlyMap<string, Instance> {
  const gone = (missing.get(key) ?? []).map(({ instance }) => instance);
  return new Map([...gone, ...(listed.get(key)?.instances ?? [])].map((instance) => [instance.id, instance]));
}

/** Else it is another process, which was never up. */
function isSamePlace(a: Instance, b: Instance): boolean {
  const numbers = ({ ports }: Instance) => ports.map(({ number }) => number);
  return a.address === b.address && sameItems(numbers(a), numbers(b));
}

function isDrainStatus(status: Status): status is DrainStatus {
  return DRAIN_STATUSES.some((one) => one === status);
}
