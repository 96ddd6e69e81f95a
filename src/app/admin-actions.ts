// SPDX-License-Identifier: Apache-2.0
// What is changed by hand over the admin port → the pipeline, and everybody who is told of it.
import type { AdminActions, FreezeOutcome, FreezeRequest } from '../admin/actions.ts';
import type { Config } from '../config/config.ts';
import { MOST_FREEZES_BY_HAND } from '../guard/freeze.ts';
import type { Clock } from '../lib/clock.ts';
import { type FreezeOrder, isReason, LONGEST_REASON, targetFrom, timeFrom } from '../model/freeze-order.ts';
import { freezeView } from './freeze-views.ts';
import type { Observation } from './observation.ts';
import type { Pipeline } from './pipeline.ts';

export interface AdminActionsDeps {
  readonly pipeline: Pick<Pipeline, 'release' | 'freeze' | 'thaw' | 'last'>;
  readonly config: () => Pick<Config, 'registries'>;
  readonly clock: Clock;
  readonly observer: Pick<Observation, 'onRelease' | 'onFreezeByHand'>;
}

export function createAdminActions({ pipeline, config, clock, observer }: AdminActionsDeps): AdminActions {
  return {
    release(holdId, by) {
      const isReleased = pipeline.release(holdId);
      if (isReleased) observer.onRelease(holdId, by);
      return isReleased;
    },
    freeze(request, by) {
      const order = orderOf(request, Object.keys(config().registries), clock.now());
      if (typeof order === 'string') return refused(order);
      const freeze = pipeline.freeze(order);
      if (freeze === undefined) return refused(`there are ${MOST_FREEZES_BY_HAND} freezes by hand already`);
      observer.onFreezeByHand('begun', freeze.id, by);
      return { kind: 'frozen', freeze: freezeView(freeze, pipeline.last()?.guarded.services ?? new Map()) };
    },
    thaw(freezeId, by) {
      if (pipeline.thaw(freezeId)) {
        observer.onFreezeByHand('ended', freezeId, by);
        return 'ended';
      }
      const isThere = pipeline.last()?.guarded.freezes.some(({ id, origin }) => id === freezeId && origin !== 'hand');
      return isThere === true ? 'configured' : 'unknown';
    },
  };
}

/** A text says why it is none. */
function orderOf(
  { target: text, reason, until }: FreezeRequest,
  registries: readonly string[],
  nowMs: number,
): FreezeOrder | string {
  const target = targetFrom(text);
  if (target === undefined) return '`target` must be `*`, the name of a registry, or `<registry>/<service>`';
  if (target.kind !== 'all' && !registries.includes(target.registry))
    return `there is no registry of that name; configured are: ${registries.join(', ')}`;
  if (!isReason(reason)) return `\`reason\` must be one line of at most ${LONGEST_REASON} characters`;
  const untilMs = until === undefined ? undefined : timeFrom(until);
  if (until !== undefined && untilMs === undefined) return '`until` must be a time such as `2026-12-01T12:00:00Z`';
  if (untilMs !== undefined && untilMs <= nowMs) return '`until` is over already by the clock of the bridge';
  return { target, reason, untilMs };
}

function refused(why: string): FreezeOutcome {
  return { kind: 'refused', why };
}
