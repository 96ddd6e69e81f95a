// SPDX-License-Identifier: Apache-2.0
// Whether the roots of a tree, once they were read, give any information about what is below them. Pure.
import { type ZooKeeperFailure, zooKeeperFailure } from '../failure.ts';
import type { TreeNode } from '../tree-plan.ts';

/**
 * Why nothing may be concluded; undefined when the tree is good. A root that is gone outweighs all others, because what was below
 * it did not leave by itself. A root that never was there, or that may not be read, is fine beside one that is read.
 */
export function rootFailure(roots: readonly { readonly known: TreeNode<unknown> }[]): ZooKeeperFailure | undefined {
  let isAnyRead = false;
  let missing: ZooKeeperFailure | undefined;
  let obstacle: ZooKeeperFailure | undefined;
  for (const { known } of roots) {
    if (known.obstacle?.code === 'ZOOKEEPER_NO_ROOT') return known.obstacle;
    if (known.obstacle !== undefined) obstacle ??= known.obstacle;
    else if (known.content?.kind === 'missing')
      missing ??= zooKeeperFailure('ZOOKEEPER_NO_ROOT', `Root ${known.want.path} does not exist`);
    else if (known.content !== undefined) isAnyRead = true;
  }
  return isAnyRead ? undefined : (obstacle ?? missing);
}
