// SPDX-License-Identifier: Apache-2.0
// Reads what a plan wants, again whenever something is signalled, and never one path twice at a time. Says what changed and
// what was read; whether that is enough to be told to anyone is watched-tree.ts's.
import type { RegistryContext } from '../../kind.ts';
import { type ZooKeeperFailure, zooKeeperFailure } from '../failure.ts';
import type { ZooKeeperReader } from '../reader.ts';
import type { NodeContent, TreePlan } from '../tree-plan.ts';
import { contradiction, type NodeReading, readNode, unconfirmed } from './read-node.ts';
import { type Lane, ReadQueue } from './read-queue.ts';
import { RetrySchedule } from './retry-schedule.ts';
import { sameContent } from './same-content.ts';
import { type GraphChange, WantGraph } from './want-graph.ts';
import type { WatchedNode } from './watched-node.ts';

/** Called from I/O callbacks and timers, and `changed` and `forgotten` also from `replan`. */
export interface TreeReaderEvents<Role> {
  /** Its content or its obstacle is another one. `isDrift`: and a watch should have said so. */
  changed(node: WatchedNode<Role>, isDrift: boolean): void;
  forgotten(node: WatchedNode<Role>): void;
  /** Well or not. All that follows from it is already known: what is wanted besides, what is not wanted any more. */
  read(node: WatchedNode<Role>): void;
}

/** How often in a row a listed node may answer that it is not there before that is an obstacle; mostly it was just replaced. */
const MOST_CONTRADICTIONS = 3;
/** A defect of the plan costs the node that it concerns, and not the process. */
const NOT_UNDERSTOOD = 'ZOOKEEPER_UNEXPECTED';

export class TreeReader<Role> {
  readonly #reader: ZooKeeperReader;
  readonly #events: TreeReaderEvents<Role>;
  readonly #graph: WantGraph<Role>;
  readonly #queue: ReadQueue<WatchedNode<Role>>;
  readonly #retries: RetrySchedule<WatchedNode<Role>>;
  /** Wanted, and not read since `readAll`. */
  readonly #unread = new Set<WatchedNode<Role>>();
  /** Who waits for which list. */
  readonly #doubted = new Map<WatchedNode<Role>, Set<WatchedNode<Role>>>();
  #isReading = false;
  /** Rises when the answers of reads under way do not count any more. */
  #round = 0;

  constructor(
    reader: ZooKeeperReader,
    plan: TreePlan<Role>,
    longestRetryMs: number,
    deps: Pick<RegistryContext, 'clock' | 'random'>,
    events: TreeReaderEvents<Role>,
  ) {
    this.#reader = reader;
    this.#events = events;
    this.#graph = new WantGraph(plan, (node) => this.#hinted(node));
    this.#queue = new ReadQueue((node) => this.#read(node));
    this.#retries = new RetrySchedule(longestRetryMs, deps, (node) => this.#lookAgain(node));
  }

  nodes(): Iterable<WatchedNode<Role>> {
    return this.#graph.nodes();
  }

  roots(): readonly WatchedNode<Role>[] {
    return this.#graph.roots;
  }

  /** How many reads left a watch that has not fired. One of a connection that has ended will not fire. */
  watches(): number {
    if (!this.#isReading) return 0;
    let watches = 0;
    for (const { isWatched } of this.nodes()) if (isWatched) watches++;
    return watches;
  }

  /** Whether everything that is wanted now was read since `readAll`. */
  isAllRead(): boolean {
    return this.#unread.size === 0;
  }

  /** Everything anew: answers to earlier reads do not count any more, and no earlier watch lives. */
  readAll(): void {
    this.stop();
    this.#isReading = true;
    for (const node of this.nodes()) {
      node.isWatched = false;
      this.#unread.add(node);
      this.#enqueue(node, 'whole');
    }
  }

  /** Everything once more, while watches live. Who is about to be read anyway is not read twice. */
  readOnceMore(): void {
    for (const node of this.nodes()) if (node.work === 'idle') this.#enqueue(node, 'whole');
  }

  /** Another plan from here on. What is known is not read again. */
  replan(plan: TreePlan<Role>): void {
    this.#apply(this.#graph.replan(plan));
  }

  /** Until `readAll` nothing is read and no event comes. */
  stop(): void {
    this.#isReading = false;
    this.#round++;
    this.#queue.clear();
    this.#retries.pause();
    this.#doubted.clear();
  }

  #hinted(node: WatchedNode<Role>): void {
    node.isWatched = false;
    this.#lookAgain(node);
  }

  #lookAgain(node: WatchedNode<Role>): void {
    if (node.work === 'reading') node.isHinted = true;
    // Of a doubted one nothing more can be learned before its list was read.
    else if (node.work !== 'doubted') this.#enqueue(node, 'change');
  }

  #enqueue(node: WatchedNode<Role>, lane: Lane): void {
    if (!this.#isReading) return;
    node.work = 'queued';
    this.#queue.push(node, lane);
  }

  #read(node: WatchedNode<Role>): Promise<void> | undefined {
    return node.work === 'queued' && node.wantedBy > 0 ? this.#readNow(node, this.#round) : undefined;
  }

  async #readNow(node: WatchedNode<Role>, round: number): Promise<void> {
    node.work = 'reading';
    node.isHinted = false;
    const wasWatched = node.isWatched;
    const reading = await readNode(this.#reader, {
      want: node.known.want,
      content: node.known.content,
      isListed: this.#graph.listNaming(node) !== undefined,
      isRoot: (path) => this.#graph.isRoot(path),
      onHint: node.onHint,
    });
    if (round !== this.#round || node.wantedBy === 0) return;
    node.work = 'idle';
    // Servers send the signal before an answer that shows the change.
    this.#take(node, reading, wasWatched && !node.isHinted);
  }

  #take(node: WatchedNode<Role>, reading: NodeReading, isUnannounced: boolean): void {
    switch (reading.kind) {
      case 'content':
        this.#learn(node, reading.content, isUnannounced);
        this.#end(node);
        break;
      case 'obstacle':
        this.#block(node, reading.failure);
        this.#end(node);
        break;
      case 'doubtful':
        this.#doubt(node);
        break;
      case 'disconnected':
        // The state of the session says so too, and then everything is read again.
        break;
    }
  }

  #learn(node: WatchedNode<Role>, content: NodeContent, isUnannounced: boolean): void {
    this.#retries.forget(node);
    node.contradictions = 0;
    node.isWatched = true;
    const { want, content: former, obstacle } = node.known;
    const isSame = former !== undefined && sameContent(former, content);
    if (isSame && (obstacle === undefined || obstacle.code === NOT_UNDERSTOOD)) return;
    node.known = { want, content, obstacle: undefined };
    this.#events.changed(node, isUnannounced && !isSame);
    if (!isSame) this.#apply(this.#graph.expand(node));
  }

  #block(node: WatchedNode<Role>, failure: ZooKeeperFailure): void {
    this.#retries.failed(node);
    this.#showObstacle(node, failure);
  }

  #showObstacle(node: WatchedNode<Role>, failure: ZooKeeperFailure): void {
    if (node.known.obstacle?.message === failure.message) return;
    node.known = { ...node.known, obstacle: failure };
    this.#events.changed(node, false);
  }

  #apply({ added, forgotten, notUnderstood }: GraphChange<Role>): void {
    // Not tried again: it will be understood no better before it is another content.
    for (const node of notUnderstood) {
      const what = `What path ${node.known.want.path} holds was not understood`;
      this.#showObstacle(node, zooKeeperFailure(NOT_UNDERSTOOD, what));
    }
    for (const node of forgotten) {
      this.#unread.delete(node);
      this.#retries.forget(node);
      this.#events.forgotten(node);
    }
    for (const node of forgotten) this.#decideDoubts(node);
    for (const node of added) {
      this.#unread.add(node);
      this.#enqueue(node, 'change');
    }
  }

  /** It is listed and answers that it is not there: its list is read first. Then it is forgotten, or asked once more. */
  #doubt(node: WatchedNode<Role>): void {
    const list = this.#graph.listNaming(node);
    node.contradictions++;
    if (list === undefined) this.#enqueue(node, 'change');
    else if (node.contradictions > MOST_CONTRADICTIONS) {
      this.#block(node, contradiction(node.known.want.path));
      this.#end(node);
    } else {
      node.work = 'doubted';
      this.#doubted.set(list, (this.#doubted.get(list) ?? new Set()).add(node));
      // One that is being read may have been asked before the node went: if it still names it, the node is asked and doubted anew.
      if (list.work === 'idle') this.#enqueue(list, 'change');
    }
  }

  /** `list` was read, or is not wanted any more. */
  #decideDoubts(list: WatchedNode<Role>): void {
    const doubted = this.#doubted.get(list) ?? [];
    this.#doubted.delete(list);
    for (const node of doubted) {
      if (node.wantedBy === 0) continue;
      if (list.known.obstacle === undefined) this.#enqueue(node, 'change');
      else {
        node.work = 'idle';
        this.#block(node, unconfirmed(node.known.want.path, list.known.obstacle));
        this.#end(node);
      }
    }
  }

  /** Recurses, by way of those who wait for it, as deep as paths do. */
  #end(node: WatchedNode<Role>): void {
    this.#unread.delete(node);
    if (node.isHinted) this.#enqueue(node, 'change');
    this.#decideDoubts(node);
    this.#events.read(node);
  }
}
