// SPDX-License-Identifier: Apache-2.0
// When a hold asks for a fresh read: when it has begun, because another server may know better and then nothing has to wait, and
// when its time is over, because only a read ends it and the registry's own rhythm may be slow.
import type { Hold } from './guarded.ts';

/** True when one of a live registry's holds has reached one of its moments, and the last good read is not of after it. */
export function wantsFreshRead(holds: readonly Hold[], readAtMs: number, nowMs: number): boolean {
  return momentsOf(holds).some((atMs) => atMs <= nowMs && readAtMs <= atMs);
}

/** The next such moment after `nowMs`; undefined: none. */
export function nextFreshReadAtMs(holds: readonly Hold[], nowMs: number): number | undefined {
  const coming = momentsOf(holds).filter((atMs) => atMs > nowMs && Number.isFinite(atMs));
  return coming.length === 0 ? undefined : Math.min(...coming);
}

function momentsOf(holds: readonly Hold[]): readonly number[] {
  return holds.flatMap(({ sinceMs, confirmableAtMs }) => [sinceMs, confirmableAtMs]);
}
