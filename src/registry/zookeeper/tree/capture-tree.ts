// SPDX-License-Identifier: Apache-2.0
// All that a plan wants of a ZooKeeper tree, read once for a dump, level by level. What a lost connection left unanswered is
// asked again on the next one, with bounded patience; a path that cannot be read is recorded with the reason.
import type { Clock } from '../../../lib/clock.ts';
import type { OnMasked } from '../../decoding/mask-secrets.ts';
import type { Capture } from '../../dump.ts';
import { type ZooKeeperFailure, zooKeeperFailure } from '../failure.ts';
import type { ZooKeeperReader } from '../reader.ts';
import type { TreeNode, TreePlan, Want } from '../tree-plan.ts';
import { AwaitedConnection } from './awaited-connection.ts';
import { readNode } from './read-node.ts';
import { rootFailure } from './root-failure.ts';
import { recordTree, type TreeMask } from './tree-dump.ts';
import { nodeKey } from './watched-node.ts';

/** How often a connection may be lost while one level of the tree is read. */
const MOST_LOSSES = 4;

interface CaptureDeps {
  readonly clock: Clock;
  /** Told of each path that was read, with how many they are. */
  readonly onProgress?: (paths: number) => void;
}

/** Starts the reader and closes it. Never rejects. */
export async function captureTree<Role>(
  reader: ZooKeeperReader,
  plan: TreePlan<Role>,
  createMask: (onMasked: OnMasked) => TreeMask,
  { clock, onProgress = () => {} }: CaptureDeps,
): Promise<Capture> {
  let paths = 0;
  const onRead = () => onProgress(++paths);
  try {
    const read = await readTree(new AwaitedConnection(reader, clock), plan, onRead);
    if (read.kind === 'failed') return { kind: 'failed', ...read.failure };
    const masked: string[] = [];
    const mask = createMask((key) => void masked.push(key));
    const raw = recordTree(read.nodes, mask);
    const obstacles = Object.values(raw).flatMap(({ obstacle }) => obstacle ?? []);
    return { kind: 'captured', raw, masked, unread: obstacles.map(({ code, message }) => `${code}: ${message}`) };
  } finally {
    await reader.close();
  }
}

type TreeRead<Role> =
  | { readonly kind: 'read'; readonly nodes: readonly TreeNode<Role>[] }
  | { readonly kind: 'failed'; readonly failure: ZooKeeperFailure };

async function readTree<Role>(
  connection: AwaitedConnection,
  plan: TreePlan<Role>,
  onRead: () => void,
): Promise<TreeRead<Role>> {
  let nodes: readonly TreeNode<Role>[] = [];
  const seen = new Set<string>();
  for (let level = unseen(plan.roots, seen); level.length > 0; ) {
    const read = await readLevel(connection, level, onRead);
    if (read.kind === 'failed') return read;
    const failure = nodes.length === 0 ? rootFailure(read.nodes.map((known) => ({ known }))) : undefined;
    if (failure !== undefined) return { kind: 'failed', failure };
    nodes = [...nodes, ...read.nodes];
    const known = read.nodes.filter(({ content }) => content !== undefined);
    const wants = known.flatMap((node) => plan.expand(node));
    level = unseen(wants, seen);
  }
  return { kind: 'read', nodes };
}

function unseen<Role>(wants: readonly Want<Role>[], seen: Set<string>): readonly Want<Role>[] {
  return wants.filter(({ what, path }) => {
    const key = nodeKey(what, path);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

async function readLevel<Role>(
  connection: AwaitedConnection,
  level: readonly Want<Role>[],
  onRead: () => void,
): Promise<TreeRead<Role>> {
  let nodes: readonly TreeNode<Role>[] = [];
  let unanswered = level;
  for (let losses = 0; losses <= MOST_LOSSES; losses++) {
    const failure = await connection.wait();
    if (failure !== undefined) return { kind: 'failed', failure };
    const answers = await Promise.all(unanswered.map((want) => readWant(connection.reader, want, onRead)));
    nodes = [...nodes, ...answers.flatMap((node) => node ?? [])];
    unanswered = unanswered.filter((_want, index) => answers[index] === undefined);
    if (unanswered.length === 0) return { kind: 'read', nodes };
  }
  return { kind: 'failed', failure: zooKeeperFailure('ZOOKEEPER_CLOSED', 'The connection is lost again and again') };
}

/** Its watches end with the session, and nobody listens to them. */
async function readWant<Role>(
  reader: ZooKeeperReader,
  want: Want<Role>,
  onRead: () => void,
): Promise<TreeNode<Role> | undefined> {
  const question = { want, content: undefined, isListed: false, isRoot: () => false, onHint() {} };
  const reading = await readNode(reader, question);
  switch (reading.kind) {
    case 'content':
      onRead();
      return { want, content: reading.content, obstacle: undefined };
    case 'obstacle':
      return { want, content: undefined, obstacle: reading.failure };
    case 'doubtful':
    case 'disconnected':
      return undefined;
  }
}
