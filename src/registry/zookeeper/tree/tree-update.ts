// SPDX-License-Identifier: Apache-2.0
// What a watched tree tells its owner. Each change is told once.
import type { ZooKeeperFailure } from '../failure.ts';
import type { TreeChange } from '../tree-plan.ts';

/** The reads that are told of, and reported. */
export const TREE_MODES = ['full', 'audit', 'change'] as const;

export type TreeMode = (typeof TREE_MODES)[number];

export type TreeUpdate<Role> =
  /** Everything that is wanted was read since the connection began. The first one is the first that is known at all. */
  | { readonly kind: 'full'; readonly sinceMs: number; readonly changes: readonly TreeChange<Role>[] }
  /** What was signalled since `sinceMs`; or, after a change of plan, all that is known. */
  | { readonly kind: 'change'; readonly sinceMs: number; readonly changes: readonly TreeChange<Role>[] }
  /** Everything was read once more; `drift` nodes had changed without a signal. */
  | {
      readonly kind: 'audit';
      readonly sinceMs: number;
      readonly changes: readonly TreeChange<Role>[];
      readonly drift: number;
    }
  /** There is no information until an update of another kind: what the owner has stays. `during`: what was to be read. */
  | {
      readonly kind: 'failed';
      readonly cause: 'connection' | 'roots';
      readonly during: TreeMode;
      readonly sinceMs: number;
      readonly failure: ZooKeeperFailure;
    };
