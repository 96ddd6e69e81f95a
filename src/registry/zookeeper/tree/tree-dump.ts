// SPDX-License-Identifier: Apache-2.0
// A ZooKeeper tree as it is saved, `{"<path>": {"children": […], "data": "…"}, …}`, and what a projection makes of it without
// any network. It holds what a plan wanted, no more: a path that is not in it was not there.
import { compareTexts } from '../../../lib/compare-texts.ts';
import { objectOf, parsedJson } from '../../../lib/json-value.ts';
import type { DumpContent } from '../../dump.ts';
import { OUTSIDE_UNKNOWN } from '../../outside.ts';
import type { ZooKeeperFailure, ZooKeeperFailureCode } from '../failure.ts';
import type { NodeContent, TreeChange, TreeNode, TreePlan, TreeProjection, Want } from '../tree-plan.ts';
import { ObstacleProblems } from './obstacle-problems.ts';
import { rootFailure } from './root-failure.ts';
import { nodeKey } from './watched-node.ts';

/** What was read of one path; a plan may want both, or one of them. */
export interface RecordedNode {
  readonly children?: readonly string[];
  readonly data?: string;
  /** Why it could not be read. */
  readonly obstacle?: ZooKeeperFailure;
}

export type RecordedTree = Readonly<Record<string, RecordedNode>>;

/** How a kind masks the secrets of its tree. What holds none stays as it is. */
export interface TreeMask {
  /** The name of a node, wherever it stands: in the list of its directory and in paths. */
  readonly name: (name: string) => string;
  readonly data: (text: string) => string;
}

/**
 * Sorted by path. Data is text, as every decoder takes it: of bytes that are no UTF-8 nobody could tell whether they hold a
 * secret, so they are replaced as Node replaces them.
 */
export function recordTree(nodes: Iterable<TreeNode<unknown>>, mask: TreeMask): RecordedTree {
  const names = new Map<string, string>();
  const maskName = (name: string): string => {
    const masked = names.get(name) ?? mask.name(name);
    names.set(name, masked);
    return masked;
  };
  const recorded = new Map<string, RecordedNode>();
  for (const { want, content, obstacle } of nodes) {
    if (content?.kind === 'missing') continue;
    const path = want.path.split('/').map(maskName).join('/');
    const told = content === undefined ? {} : recordContent(content, maskName, mask);
    const failure = obstacle === undefined ? {} : { obstacle: withPath(obstacle, want.path, path) };
    recorded.set(path, { ...recorded.get(path), ...told, ...failure });
  }
  return Object.fromEntries([...recorded].sort(([a], [b]) => compareTexts(a, b)));
}

type Told = Exclude<NodeContent, { readonly kind: 'missing' }>;

function recordContent(content: Told, maskName: (name: string) => string, mask: TreeMask): RecordedNode {
  if (content.kind === 'data') return { data: mask.data(content.data.toString('utf8')) };
  // Two names can differ in a secret alone.
  return { children: [...new Set(content.names.map(maskName))].sort(compareTexts) };
}

function withPath({ code, message }: ZooKeeperFailure, path: string, masked: string): ZooKeeperFailure {
  return { code, message: message.replaceAll(path, masked) };
}

/**
 * What `projection` makes of a recorded tree, as of the living one: paths that could not be read are problems of `registry` here
 * too. A recording that somebody changed or cut gives a sentence, never an exception. `raw` is a RecordedTree as JSON.
 */
export function replayTree<Role>(raw: string, registry: string, projection: TreeProjection<Role>): DumpContent {
  const tree = readRecording(parsedJson(raw));
  if (typeof tree === 'string') return { kind: 'unreadable', message: tree };
  const nodes = walk(tree, projection);
  const roots = nodes.filter(({ want }) => projection.roots.some(({ path }) => path === want.path));
  const failure = rootFailure(roots.map((known) => ({ known })));
  if (failure !== undefined) return { kind: 'unreadable', message: failure.message };
  const changes = nodes.map((node): TreeChange<Role> => ({ kind: 'read', node }));
  const { services, problems } = projection.project(changes);
  const obstacles = new ObstacleProblems(registry);
  obstacles.take(changes);
  const outside = projection.outside?.() ?? OUTSIDE_UNKNOWN;
  return { kind: 'content', services, problems: [...problems, ...obstacles.problems()], scopesRecords: true, outside };
}

function walk<Role>(tree: ReadonlyMap<string, RecordedNode>, plan: TreePlan<Role>): readonly TreeNode<Role>[] {
  const nodes = new Map<string, TreeNode<Role>>();
  const wants = [...plan.roots];
  // The list grows while it is walked.
  for (const want of wants) {
    const key = nodeKey(want.what, want.path);
    if (nodes.has(key)) continue;
    const node = replayNode(want, tree.get(want.path));
    nodes.set(key, node);
    if (node.content !== undefined) for (const next of plan.expand(node)) wants.push(next);
  }
  return [...nodes.values()];
}

function replayNode<Role>(want: Want<Role>, recorded: RecordedNode = {}): TreeNode<Role> {
  const { children, data, obstacle } = recorded;
  const content = contentOf(want, children, data, obstacle);
  return { want, content, obstacle: content === undefined ? obstacle : undefined };
}

function contentOf(
  { what }: Want<unknown>,
  children: readonly string[] | undefined,
  data: string | undefined,
  obstacle: ZooKeeperFailure | undefined,
): NodeContent | undefined {
  if (what === 'children' && children !== undefined)
    return { kind: 'children', names: [...children].sort(compareTexts) };
  if (what === 'data' && data !== undefined) return { kind: 'data', data: Buffer.from(data, 'utf8') };
  return obstacle === undefined ? { kind: 'missing' } : undefined;
}

/** A sentence where it is no recording. */
function readRecording(document: unknown): ReadonlyMap<string, RecordedNode> | string {
  const object = objectOf(document);
  if (object === undefined) return 'The dump holds no tree: it must map paths to what was read of them.';
  const tree = new Map<string, RecordedNode>();
  for (const [path, value] of Object.entries(object)) {
    const node = readNode(value);
    if (typeof node === 'string') return `The dump is damaged: of \`${path}\` ${node}.`;
    tree.set(path, node);
  }
  return tree;
}

/** The end of a sentence about a path where it is none. */
function readNode(value: unknown): RecordedNode | string {
  const object = objectOf(value);
  if (object === undefined) return 'there is no map';
  const { children, data, obstacle } = object;
  if (children !== undefined && !isTexts(children)) return '`children` is no list of texts';
  if (data !== undefined && typeof data !== 'string') return '`data` is no text';
  const failure = obstacle === undefined ? undefined : readObstacle(obstacle);
  if (obstacle !== undefined && failure === undefined) return '`obstacle` has no code and message';
  return {
    ...(children === undefined ? {} : { children }),
    ...(data === undefined ? {} : { data }),
    ...(failure === undefined ? {} : { obstacle: failure }),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function readObstacle(value: unknown): ZooKeeperFailure | undefined {
  const { code, message } = objectOf(value) ?? {};
  if (typeof code !== 'string' || !/^ZOOKEEPER_[A-Z_]{1,40}$/.test(code) || typeof message !== 'string')
    return undefined;
  return { code: code as ZooKeeperFailureCode, message };
}
