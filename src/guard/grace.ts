// SPDX-License-Identifier: Apache-2.0
// The grace of an emptied service: its name and ports outlive its last instances for a while, so that callers get an
// immediate 503 instead of a name that is gone. Decides when a grace ends; registry-step.ts decides when one begins.
import { changedMap } from '../lib/changed-map.ts';
import type { Instance, Service, ServiceKey } from '../model/service.ts';
import type { Grace } from './guarded.ts';

/** The last instances of a service as they are shown during its grace: nothing is routed to them. */
export function goneInstances(last: readonly Instance[]): readonly Instance[] {
  return last.map((instance) => ({ ...instance, status: 'gone' }));
}

/**
 * True when the grace may end: its time is over, and nothing of its registry is held. A registry that forgot everything
 * cannot say that a service did not come back.
 */
export function isGraceOver(sinceMs: number, emptyGraceMs: number, holding: boolean, nowMs: number): boolean {
  return !holding && nowMs >= sinceMs + emptyGraceMs;
}

/** The graces after a good read: those of services `emptied` by it begin, and those that are over end. */
export function gracesAfter(
  graces: ReadonlyMap<ServiceKey, number>,
  listed: ReadonlyMap<ServiceKey, Service>,
  emptied: Iterable<ServiceKey>,
  holding: boolean,
  nowMs: number,
  emptyGraceMs: number,
): ReadonlyMap<ServiceKey, number> {
  const begun = changedMap(
    graces,
    [...emptied].map((key) => [key, nowMs]),
  );
  const ended = [...begun].filter(
    ([key, sinceMs]) =>
      (listed.get(key)?.instances.length ?? 0) > 0 || isGraceOver(sinceMs, emptyGraceMs, holding, nowMs),
  );
  return changedMap(
    begun,
    ended.map(([key]) => [key, undefined]),
  );
}

export function gracesOf(graces: ReadonlyMap<ServiceKey, number>, emptyGraceMs: number): readonly Grace[] {
  return [...graces].map(([key, sinceMs]) => ({ key, untilMs: sinceMs + emptyGraceMs }));
}
