// A ZooKeeper tree in memory, read as a plan wants it: what the watched tree knows once everything was read, and what it tells a
// projection when the tree has changed. Trees have the form of the recorded ones.
import type { NodeContent, TreeChange, TreeNode, TreePlan, Want } from '../../src/registry/zookeeper/tree-plan.ts';

export interface FakeNode {
  readonly children?: readonly string[];
  readonly data?: string | Buffer;
}

/** By path. */
export type FakeTree = Readonly<Record<string, FakeNode>>;

/** By kind of read and path. */
export type Reading<Role> = ReadonlyMap<string, TreeNode<Role>>;

/** A tree with these nodes and all that is above them. */
export function treeOf(data: Readonly<Record<string, string | Buffer>>): FakeTree {
  const nodes = new Map<string, { children: Set<string>; data: string | Buffer }>();
  const nodeAt = (path: string) => {
    const known = nodes.get(path) ?? { children: new Set(), data: '' };
    nodes.set(path, known);
    return known;
  };
  for (const [path, text] of Object.entries(data)) {
    nodeAt(path).data = text;
    for (let below = path; below !== '/'; ) {
      const slash = below.lastIndexOf('/');
      const parent = slash === 0 ? '/' : below.slice(0, slash);
      nodeAt(parent).children.add(below.slice(slash + 1));
      below = parent;
    }
  }
  return Object.fromEntries([...nodes].map(([path, node]) => [path, { ...node, children: [...node.children].sort() }]));
}

/** All that `plan` wants of the tree. */
export function readTree<Role>(plan: TreePlan<Role>, tree: FakeTree): Reading<Role> {
  const reading = new Map<string, TreeNode<Role>>();
  const read = (want: Want<Role>): void => {
    const key = `${want.what} ${want.path}`;
    if (reading.has(key)) return;
    const node = { want, content: contentOf(tree[want.path], want.what), obstacle: undefined };
    reading.set(key, node);
    for (const next of plan.expand(node)) read(next);
  };
  for (const root of plan.roots) read(root);
  return reading;
}

/** What a projection is told on the way from one reading to the next. */
export function treeChanges<Role>(before: Reading<Role>, after: Reading<Role>): readonly TreeChange<Role>[] {
  const changes: TreeChange<Role>[] = [];
  for (const [key, node] of after) {
    const former = before.get(key);
    if (former === undefined || !sameContent(former.content, node.content)) changes.push({ kind: 'read', node });
  }
  for (const [key, node] of before) if (!after.has(key)) changes.push({ kind: 'forgotten', node });
  return changes;
}

function contentOf(node: FakeNode | undefined, what: Want<unknown>['what']): NodeContent {
  if (node === undefined) return { kind: 'missing' };
  if (what === 'children') return { kind: 'children', names: [...(node.children ?? [])].sort() };
  return { kind: 'data', data: Buffer.from(node.data ?? '') };
}

function sameContent(a: NodeContent | undefined, b: NodeContent | undefined): boolean {
  if (a?.kind === 'data' && b?.kind === 'data') return a.data.equals(b.data);
  return JSON.stringify(a) === JSON.stringify(b);
}
