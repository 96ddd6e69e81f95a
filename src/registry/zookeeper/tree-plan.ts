// SPDX-License-Identifier: Apache-2.0
// Which part of a ZooKeeper tree a kind of registry reads, and what it makes of it: the contract between the watched tree
// (watched-tree.ts, tree-registry.ts) and a kind (dubbo/, spring-cloud-zookeeper/). Everything on the kind's side is pure.
import type { Problem } from '../../model/problem.ts';
import type { Services } from '../identity.ts';
import type { Outside } from '../outside.ts';
import type { ZooKeeperFailure } from './failure.ts';

/** One path to read and watch. `role` is what the path is to the plan, so that no path is ever taken apart again. */
export interface Want<Role> {
  readonly path: string;
  readonly what: 'children' | 'data';
  readonly role: Role;
}

/** What is known of one wanted path. */
export interface TreeNode<Role> {
  readonly want: Want<Role>;
  /** Of the last good read; undefined while there was none. A read that fails leaves it as it is. */
  readonly content: NodeContent | undefined;
  /** Why the last read of this path failed, where it did: for people. */
  readonly obstacle: ZooKeeperFailure | undefined;
}

export type NodeContent =
  /** In code unit order, as ZooKeeper has them. */
  | { readonly kind: 'children'; readonly names: readonly string[] }
  | { readonly kind: 'data'; readonly data: Buffer }
  /** It is not there, and its parent confirms it. */
  | { readonly kind: 'missing' };

export interface TreePlan<Role> {
  /** Where reading begins. One of them that can be read is enough; none at all is no information. */
  readonly roots: readonly Want<Role>[];
  /**
   * What is to be read besides because of what `node` says. Asked anew whenever its content changed. Two nodes may want one path
   * (with equal roles); it is read and watched once, as long as one of them does. Wants must not form a circle.
   */
  expand(node: TreeNode<Role>): readonly Want<Role>[];
}

export type TreeChange<Role> =
  /** Its content or its obstacle is another one. */
  | { readonly kind: 'read'; readonly node: TreeNode<Role> }
  /** Nobody wants it any more; `node` is what was known last. */
  | { readonly kind: 'forgotten'; readonly node: TreeNode<Role> };

/** What a tree means as services. It has memory, and only to save work: the same nodes give the same answer in any order. */
export interface TreeProjection<Role> extends TreePlan<Role> {
  /** Takes all that changed since the last call. Costs what changed; unchanged services keep their objects. */
  project(changes: readonly TreeChange<Role>[]): Projected;
  /** What the scope leaves out of what was taken so far; absent where it cannot be told. */
  outside?(): Outside;
}

export interface Projected {
  /** Only what is in scope. */
  readonly services: Services;
  readonly problems: readonly Problem[];
  /** How many services there are, in scope and outside, as far as was read. */
  readonly ofServices: number;
}
