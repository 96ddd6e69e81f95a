// SPDX-License-Identifier: Apache-2.0
// Keeps what a plan wants of a ZooKeeper tree as the servers have it, and decides when its owner is told: after everything was
// read over a new connection, then of changes as they come, never of half a read. What is read when is tree-reader.ts's.
import type { Cancel } from '../../../lib/clock.ts';
import { jittered } from '../../../lib/jittered.ts';
import type { RegistryContext } from '../../kind.ts';
import type { RegistrySession } from '../../session.ts';
import { type ZooKeeperFailure, zooKeeperFailure } from '../failure.ts';
import type { SessionState, ZooKeeperReader } from '../reader.ts';
import type { TreeChange, TreeNode, TreePlan } from '../tree-plan.ts';
import { PendingChanges } from './pending-changes.ts';
import { rootFailure } from './root-failure.ts';
import { TreeReader } from './tree-reader.ts';
import type { TreeMode, TreeUpdate } from './tree-update.ts';
import type { WatchedNode } from './watched-node.ts';

/**
 *     away ──▶ reading ──▶ live        every phase becomes `away` when the connection ends
 *                 ▲ │       │
 *                 │ ▼       ▼
 *               rootless ◀──┘
 */
type Phase =
  /** There is no connection. */
  | { readonly kind: 'away' }
  /** Nothing is told until everything that is wanted was read. `change`: only what another plan wants besides. */
  | { readonly kind: 'reading'; readonly mode: 'full' | 'change'; readonly sinceMs: number }
  /** The owner is told what changes. */
  | { readonly kind: 'live' }
  /** There is a connection, but the roots give no information: they are watched and tried again, and nothing is told. */
  | { readonly kind: 'rootless' };

interface Audit<Role> {
  readonly sinceMs: number;
  readonly waiting: Set<WatchedNode<Role>>;
  drift: number;
}

/** What changes within this time is told together. Later changes do not put it off. */
const GATHER_MS = 50;
/**
 * Up to this, nodes that are newly wanted because of a change are waited for: what was replaced by something else is not to be
 * seen missing in between.
 */
const LONGEST_GATHER_MS = 1_000;

export class WatchedTree<Role> {
  readonly #reader: ZooKeeperReader;
  readonly #auditIntervalMs: number;
  readonly #deps: Pick<RegistryContext, 'clock' | 'random'>;
  readonly #onUpdate: (update: TreeUpdate<Role>) => void;
  readonly #tree: TreeReader<Role>;
  readonly #pending = new PendingChanges<Role>();
  #phase: Phase = { kind: 'away' };
  #gatheringSinceMs: number | undefined;
  #cancelGathering: Cancel = () => {};
  #audit: Audit<Role> | undefined;
  #cancelAudit: Cancel = () => {};
  #closed = false;

  /** `onUpdate` is called from timers and I/O callbacks alone. */
  constructor(
    reader: ZooKeeperReader,
    plan: TreePlan<Role>,
    options: { readonly auditIntervalMs: number },
    deps: Pick<RegistryContext, 'clock' | 'random'>,
    onUpdate: (update: TreeUpdate<Role>) => void,
  ) {
    this.#reader = reader;
    this.#auditIntervalMs = options.auditIntervalMs;
    this.#deps = deps;
    this.#onUpdate = onUpdate;
    this.#tree = new TreeReader(reader, plan, options.auditIntervalMs, deps, {
      changed: (node, isDrift) => this.#changed(node, isDrift),
      forgotten: (node) => this.#forgotten(node),
      read: (node) => this.#wasRead(node),
    });
  }

  /** Connects, and goes on until `close()`. */
  start(): void {
    this.#reader.start((state) => this.#onState(state));
  }

  /** All that is known. Right after an update that is not `failed`, it is what the owner was told so far. */
  *nodes(): Iterable<TreeNode<Role>> {
    for (const { known } of this.#tree.nodes())
      if (known.content !== undefined || known.obstacle !== undefined) yield known;
  }

  session(): RegistrySession {
    const { kind, sinceMs } = this.#reader.state();
    return { state: kind, sinceMs, watches: this.#tree.watches() };
  }

  /**
   * Another plan from here on. What is known is not read again. The next update that is not `failed` comes when everything new
   * was read, and tells of every node: it is for an owner that knows nothing.
   */
  replan(plan: TreePlan<Role>): void {
    this.#endLive();
    if (this.#phase.kind === 'live') this.#phase = { kind: 'reading', mode: 'change', sinceMs: this.#deps.clock.now() };
    this.#tree.replan(plan);
    this.#pending.restart(this.#tree.nodes());
    if (this.#phase.kind === 'rootless') this.#readAll();
    // Where nothing new is wanted no read will end; and the owner is never told from inside a call of its own.
    if (this.#phase.kind === 'reading') this.#cancelGathering = this.#deps.clock.after(0, () => this.#goOn());
  }

  /** Everything is read once more, unless that is happening, or there is no connection: then it will be anyway. */
  auditNow(): void {
    if (this.#phase.kind !== 'live' || this.#audit !== undefined) return;
    this.#cancelAudit();
    this.#beginAudit();
  }

  /** After it resolves nothing is called any more, and no timer is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#leave();
    await this.#reader.close();
  }

  #onState(state: SessionState): void {
    if (this.#closed) return;
    if (!('failure' in state)) {
      this.#readAll();
      return;
    }
    const failure = state.failure ?? zooKeeperFailure('ZOOKEEPER_CLOSED', 'There is no connection');
    const interrupted = this.#readUnderWay();
    this.#leave();
    this.#onUpdate({ kind: 'failed', cause: 'connection', ...interrupted, failure });
  }

  /** Where nothing is being read: the full read that is due next. */
  #readUnderWay(): { readonly during: TreeMode; readonly sinceMs: number } {
    if (this.#audit !== undefined) return { during: 'audit', sinceMs: this.#audit.sinceMs };
    if (this.#phase.kind === 'reading') return { during: this.#phase.mode, sinceMs: this.#phase.sinceMs };
    return { during: 'full', sinceMs: this.#deps.clock.now() };
  }

  #readAll(): void {
    this.#endLive();
    this.#phase = { kind: 'reading', mode: 'full', sinceMs: this.#deps.clock.now() };
    this.#tree.readAll();
  }

  #leave(): void {
    this.#endLive();
    this.#phase = { kind: 'away' };
    this.#tree.stop();
  }

  #endLive(): void {
    this.#cancelGathering();
    this.#gatheringSinceMs = undefined;
    this.#cancelAudit();
    this.#audit = undefined;
  }

  #changed(node: WatchedNode<Role>, isDrift: boolean): void {
    this.#pending.add(node);
    if (isDrift && this.#audit !== undefined) this.#audit.drift++;
    if (this.#phase.kind !== 'live' || this.#gatheringSinceMs !== undefined) return;
    this.#gatheringSinceMs = this.#deps.clock.now();
    this.#gather(this.#gatheringSinceMs);
  }

  #forgotten(node: WatchedNode<Role>): void {
    this.#pending.add(node);
    this.#audit?.waiting.delete(node);
  }

  #wasRead(node: WatchedNode<Role>): void {
    this.#audit?.waiting.delete(node);
    this.#goOn();
  }

  /** What follows from what was read so far. */
  #goOn(): void {
    const failure = rootFailure(this.#tree.roots());
    const isAllRead = this.#tree.isAllRead();
    switch (this.#phase.kind) {
      case 'reading':
        if (isAllRead) this.#settle(this.#phase.mode, this.#phase.sinceMs, failure);
        break;
      case 'live':
        if (failure !== undefined) this.#loseRoots('change', this.#deps.clock.now(), failure);
        else if (isAllRead && this.#audit?.waiting.size === 0) this.#endAudit(this.#audit);
        break;
      case 'rootless':
        // What is below a root that came back is not watched any more.
        if (failure === undefined) this.#readAll();
        break;
      case 'away':
        break;
    }
  }

  #settle(kind: 'full' | 'change', sinceMs: number, failure: ZooKeeperFailure | undefined): void {
    if (failure !== undefined) {
      this.#loseRoots(kind, sinceMs, failure);
      return;
    }
    this.#phase = { kind: 'live' };
    this.#awaitAudit();
    this.#onUpdate({ kind, sinceMs, changes: this.#takeChanges() });
  }

  #loseRoots(during: 'full' | 'change', sinceMs: number, failure: ZooKeeperFailure): void {
    this.#endLive();
    this.#phase = { kind: 'rootless' };
    this.#awaitAudit();
    this.#onUpdate({ kind: 'failed', cause: 'roots', during, sinceMs, failure });
  }

  #gather(sinceMs: number): void {
    this.#cancelGathering = this.#deps.clock.after(GATHER_MS, () => {
      const isOverdue = this.#deps.clock.now() - sinceMs >= LONGEST_GATHER_MS;
      if (this.#tree.isAllRead() || isOverdue)
        this.#onUpdate({ kind: 'change', sinceMs, changes: this.#takeChanges() });
      else this.#gather(sinceMs);
    });
  }

  #takeChanges(): readonly TreeChange<Role>[] {
    this.#cancelGathering();
    this.#gatheringSinceMs = undefined;
    return this.#pending.take();
  }

  /** Signals can be lost, also those that a root is there again. */
  #awaitAudit(): void {
    const delayMs = jittered(this.#auditIntervalMs, this.#deps.random());
    this.#cancelAudit = this.#deps.clock.after(delayMs, () => {
      if (this.#phase.kind === 'live') this.#beginAudit();
      else this.#readAll();
    });
  }

  #beginAudit(): void {
    this.#audit = { sinceMs: this.#deps.clock.now(), waiting: new Set(this.#tree.nodes()), drift: 0 };
    this.#tree.readOnceMore();
  }

  #endAudit({ sinceMs, drift }: Audit<Role>): void {
    this.#audit = undefined;
    this.#awaitAudit();
    this.#onUpdate({ kind: 'audit', sinceMs, drift, changes: this.#takeChanges() });
  }
}
