// SPDX-License-Identifier: Apache-2.0
// One node of a watched tree: what is known of it, who wants it, and where the next read of it stands. Only the tree and its
// graph of wants change it.
import type { Hint } from '../reader.ts';
import type { TreeNode, Want } from '../tree-plan.ts';

/**
 * `idle`: nothing to do until something is signalled. `queued`: a read is due. `reading`: one read is under way, and there is never a
 * second one. `doubted`: it answered that it is not there, and the list of its directory, which names it, is read first.
 */
export type Work = 'idle' | 'queued' | 'reading' | 'doubted';

export class WatchedNode<Role> {
  readonly key: string;
  /** One function for as long as the node lives, so that re-reads never pile up watchers on a path. */
  readonly onHint: Hint;
  known: TreeNode<Role>;
  /** What the owner of the tree was told last; undefined while it knows nothing of this node. */
  handedOn: TreeNode<Role> | undefined;
  wants: ReadonlyMap<string, WatchedNode<Role>> = new Map();
  /** How many nodes want it; a root counts as wanted by one more. 0: forgotten, and never used again. */
  wantedBy = 0;
  work: Work = 'idle';
  /** Something was signalled during the read that is under way: one more follows. */
  isHinted = false;
  /** The last read left a watch that has not fired: a change that is found nevertheless was not announced. */
  isWatched = false;
  /** How often in a row its directory listed it although it answered that it is not there. */
  contradictions = 0;

  constructor(want: Want<Role>, onHint: (node: WatchedNode<Role>) => void) {
    this.key = nodeKey(want.what, want.path);
    this.known = { want, content: undefined, obstacle: undefined };
    this.onHint = () => onHint(this);
  }
}

/** Two wants of one path are one node only where both are about its children, or both about its data. */
export function nodeKey(what: Want<unknown>['what'], path: string): string {
  return `${what} ${path}`;
}
