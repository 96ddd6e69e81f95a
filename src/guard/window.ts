// SPDX-License-Identifier: Apache-2.0
// The window: how many instances each service of a registry had some minutes ago, which is what a loss is measured against.
// Measured against the read before, a registry that loses a little with every read could lose everything in a minute.
import { changedMap } from '../lib/changed-map.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import type { Missing } from './guarded.ts';

type Services = ReadonlyMap<ServiceKey, Service>;
type Counts = ReadonlyMap<ServiceKey, number>;

export interface Window {
  /** Epoch ms at which `next` was counted. */
  readonly countedAtMs: number;
  /**
   * What a loss is measured against, by service: the instances of between one and two window lengths ago. A service that is
   * new since then counts from its first sight. No count is 0.
   */
  readonly start: Counts;
  /** What will be measured against next. */
  readonly next: Counts;
}

/** A window that begins now: at the first good read, and where the operator said what is to be there. */
export function windowFrom(counts: Counts, nowMs: number): Window {
  return { countedAtMs: nowMs, start: counts, next: counts };
}

/** What is there now: what is listed, and what is held. A removal that waits for its debounce is as good as gone. */
export function countsOf(listed: Services, missing: ReadonlyMap<ServiceKey, readonly Missing[]>): Counts {
  const counts = new Map<ServiceKey, number>();
  const add = (key: ServiceKey, count: number) => {
    if (count > 0) counts.set(key, (counts.get(key) ?? 0) + count);
  };
  for (const [key, { instances }] of listed) add(key, instances.length);
  for (const [key, list] of missing) add(key, list.filter(({ kind }) => kind === 'held').length);
  return counts;
}

/** The window for a look at `nowMs`. `counts` gives what was there until then; it is asked once for a window length at most. */
export function windowAt(window: Window, counts: () => Counts, nowMs: number, windowMs: number): Window {
  const ageMs = nowMs - window.countedAtMs;
  if (ageMs < windowMs) return window;
  const now = counts();
  // Nothing changed since the last look, so what is there now was there a window length ago as well.
  return ageMs >= 2 * windowMs ? windowFrom(now, nowMs) : { countedAtMs: nowMs, start: window.next, next: now };
}

/** With the services among `changed` that are seen for the first time. */
export function withArrivals(window: Window, listed: Services, changed: readonly ServiceKey[]): Window {
  const arrived = (counts: Counts) => {
    const fresh = changed.flatMap((key): [ServiceKey, number][] => {
      const count = listed.get(key)?.instances.length ?? 0;
      return count === 0 || counts.has(key) ? [] : [[key, count]];
    });
    return changedMap(counts, fresh);
  };
  return sameOr(window, arrived(window.start), arrived(window.next));
}

/** Without removals that were confirmed, or released by hand: what is meant is no loss. */
export function withoutConfirmed(window: Window, confirmed: Counts, listed: Services): Window {
  const less = (counts: Counts) => {
    const left = [...confirmed].map(([key, count]): [ServiceKey, number | undefined] => {
      const had = counts.get(key) ?? 0;
      const has = Math.max(had - count, Math.min(had, listed.get(key)?.instances.length ?? 0));
      return [key, has === 0 ? undefined : has];
    });
    return changedMap(counts, left);
  };
  return sameOr(window, less(window.start), less(window.next));
}

function sameOr(window: Window, start: Counts, next: Counts): Window {
  return start === window.start && next === window.next ? window : { ...window, start, next };
}
