// SPDX-License-Identifier: Apache-2.0
// What the owner of a watched tree has not been told yet. A node that changed several times is told once, one that came and
// went in between not at all.
import type { TreeChange } from '../tree-plan.ts';
import type { WatchedNode } from './watched-node.ts';

export class PendingChanges<Role> {
  readonly #nodes = new Set<WatchedNode<Role>>();

  add(node: WatchedNode<Role>): void {
    this.#nodes.add(node);
  }

  /** The next owner knows nothing: all of `nodes` are news to it, and what it never heard of need not be taken back. */
  restart(nodes: Iterable<WatchedNode<Role>>): void {
    this.#nodes.clear();
    for (const node of nodes) {
      node.handedOn = undefined;
      this.#nodes.add(node);
    }
  }

  /** All of it, in the order in which it happened; after this the owner knows it. */
  take(): readonly TreeChange<Role>[] {
    const changes: TreeChange<Role>[] = [];
    for (const node of this.#nodes) {
      const change = changeOf(node);
      if (change !== undefined) changes.push(change);
      node.handedOn = change?.kind === 'read' ? change.node : undefined;
    }
    this.#nodes.clear();
    return changes;
  }
}

function changeOf<Role>({ known, handedOn, wantedBy }: WatchedNode<Role>): TreeChange<Role> | undefined {
  if (wantedBy > 0) return { kind: 'read', node: known };
  return handedOn === undefined ? undefined : { kind: 'forgotten', node: handedOn };
}
