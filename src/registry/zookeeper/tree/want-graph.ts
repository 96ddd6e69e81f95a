// SPDX-License-Identifier: Apache-2.0
// Which nodes a plan wants, because of which others: every node counts who wants it and is forgotten with the last one. A
// change costs what its own node wants, never the size of the tree, and nothing here recurses. Reads nothing.
import { posix } from 'node:path';
import type { TreePlan, Want } from '../tree-plan.ts';
import { nodeKey, WatchedNode } from './watched-node.ts';

type Nodes<Role> = Map<string, WatchedNode<Role>>;

export interface GraphChange<Role> {
  readonly added: readonly WatchedNode<Role>[];
  readonly forgotten: readonly WatchedNode<Role>[];
  /** The plan threw for these, which is a defect: they want what they wanted before, of another plan nothing. */
  readonly notUnderstood: readonly WatchedNode<Role>[];
}

export class WantGraph<Role> {
  #plan: TreePlan<Role>;
  readonly #onHint: (node: WatchedNode<Role>) => void;
  #nodes: Nodes<Role> = new Map();
  #roots: readonly WatchedNode<Role>[] = [];
  #rootPaths: ReadonlySet<string> = new Set();

  constructor(plan: TreePlan<Role>, onHint: (node: WatchedNode<Role>) => void) {
    this.#plan = plan;
    this.#onHint = onHint;
    this.replan(plan);
  }

  get size(): number {
    return this.#nodes.size;
  }

  get roots(): readonly WatchedNode<Role>[] {
    return this.#roots;
  }

  /** In the order in which they came to be wanted: who wants a node stands before it, mostly. */
  nodes(): Iterable<WatchedNode<Role>> {
    return this.#nodes.values();
  }

  isRoot(path: string): boolean {
    return this.#rootPaths.has(path);
  }

  /** The list of the directory that names `node`, where the node is wanted because of that list. */
  listNaming(node: WatchedNode<Role>): WatchedNode<Role> | undefined {
    const { path } = node.known.want;
    const list = this.#nodes.get(nodeKey('children', posix.dirname(path)));
    return list?.wants.has(nodeKey('data', path)) || list?.wants.has(nodeKey('children', path)) ? list : undefined;
  }

  /** Asks the plan anew what `node` wants. */
  expand(node: WatchedNode<Role>): GraphChange<Role> {
    const wants = this.#wantsOf(node);
    if (wants === undefined) return { added: [], forgotten: [], notUnderstood: [node] };
    const added: WatchedNode<Role>[] = [];
    const former = node.wants;
    node.wants = this.#claim(wants, new Map(), added);
    // All of them are claimed before any is released: what moves from one to the other is not forgotten in between.
    const forgotten: WatchedNode<Role>[] = [];
    this.#release(former.values(), forgotten);
    return { added, forgotten, notUnderstood: [] };
  }

  /** Another plan over what is known already: nodes that both want keep their content and go on being watched. */
  replan(plan: TreePlan<Role>): GraphChange<Role> {
    const former = this.#nodes;
    this.#plan = plan;
    this.#nodes = new Map();
    for (const node of former.values()) {
      node.wantedBy = 0;
      node.wants = new Map();
    }
    const reached: WatchedNode<Role>[] = [];
    const notUnderstood: WatchedNode<Role>[] = [];
    this.#rootPaths = new Set(plan.roots.map(({ path }) => path));
    this.#roots = [...this.#claim(plan.roots, former, reached).values()];
    // The list grows while it is walked.
    for (const node of reached) {
      if (node.known.content === undefined) continue;
      const wants = this.#wantsOf(node);
      if (wants === undefined) notUnderstood.push(node);
      else node.wants = this.#claim(wants, former, reached);
    }
    return {
      added: reached.filter(({ key }) => !former.has(key)),
      forgotten: [...former.values()].filter(({ key }) => !this.#nodes.has(key)),
      notUnderstood,
    };
  }

  /** undefined: the plan threw. */
  #wantsOf({ known }: WatchedNode<Role>): readonly Want<Role>[] | undefined {
    try {
      return this.#plan.expand(known);
    } catch {
      return undefined;
    }
  }

  /** One node for each want, each counted once more. Those that nobody wanted so far come out of `former` or are new. */
  #claim(
    wants: readonly Want<Role>[],
    former: ReadonlyMap<string, WatchedNode<Role>>,
    reached: WatchedNode<Role>[],
  ): Nodes<Role> {
    const claimed: Nodes<Role> = new Map();
    for (const want of wants) {
      const key = nodeKey(want.what, want.path);
      if (claimed.has(key)) continue;
      let node = this.#nodes.get(key);
      if (node === undefined) {
        node = former.get(key) ?? new WatchedNode(want, this.#onHint);
        // Of another plan: what the path is to it may have changed.
        if (node.known.want !== want) node.known = { ...node.known, want };
        this.#nodes.set(key, node);
        reached.push(node);
      }
      node.wantedBy++;
      claimed.set(key, node);
    }
    return claimed;
  }

  #release(nodes: Iterable<WatchedNode<Role>>, forgotten: WatchedNode<Role>[]): void {
    for (const node of nodes) this.#unwant(node, forgotten);
    // The list grows while it is walked.
    for (const node of forgotten) for (const wanted of node.wants.values()) this.#unwant(wanted, forgotten);
  }

  #unwant(node: WatchedNode<Role>, forgotten: WatchedNode<Role>[]): void {
    node.wantedBy--;
    if (node.wantedBy > 0) return;
    this.#nodes.delete(node.key);
    forgotten.push(node);
  }
}
