// SPDX-License-Identifier: Apache-2.0
// The times and limits that the guard works with. They may change from step to step (a reload): what waits is judged by the
// new ones, except a grace, which keeps the end that it was given. What is held stays held until its hold ends.
import type { FreezeOrder } from '../model/freeze-order.ts';
import type { DrainStatus } from './guarded.ts';

export interface GuardOptions {
  /** How long an instance that vanished stays, in case it comes back (delete-then-create flaps). Default 5 s. */
  readonly removalDebounceMs: number;
  /** How many of a hundred services, or instances, of one registry may be gone before it is too much (loss.ts). Default 30. */
  readonly removalSharePercent: number;
  /** Fewer services, or instances, than this are never too much, unless they are all there is. Default 3. */
  readonly removalMinimum: number;
  /** How long ago it is that what is gone is measured against: between once and twice this (window.ts). Default 5 min. */
  readonly removalWindowMs: number;
  /** How long a mass removal must last, by registry, before a fresh read may confirm it. Default 5 min. Less than the debounce
   * counts as the debounce. */
  readonly holdForMs: (registry: string) => number;
  /** How long a service whose last instance left keeps its entry, with no endpoint. Default 10 min. */
  readonly emptyGraceMs: number;
  /** How long an instance that was up keeps its traffic once its registry calls it something else. Default 0 for each. */
  readonly drainMs: Readonly<Record<DrainStatus, number>>;
  /** What the configuration freezes; at most one for a target. */
  readonly freezes: readonly FreezeOrder[];
}
