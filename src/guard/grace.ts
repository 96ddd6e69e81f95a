// SPDX-License-Identifier: Apache-2.0
// The grace of an emptied service: its name and ports outlive its last instances for a while, so that callers get an
// immediate 503 instead of a name that is gone. Decides when a grace ends; registry-step.ts decides when one begins.
import type { Instance, ServiceKey } from '../model/service.ts';
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

export function gracesOf(graces: ReadonlyMap<ServiceKey, number>, emptyGraceMs: number): readonly Grace[] {
  return [...graces].map(([key, sinceMs]) => ({ key, untilMs: sinceMs + emptyGraceMs }));
}
