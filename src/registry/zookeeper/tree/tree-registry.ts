// SPDX-License-Identifier: Apache-2.0
// A watched tree and what a kind makes of it, as a Registry: readings, reports and problems are the same for every kind that
// lives in ZooKeeper. Which paths are read and what they mean is the kind's projection alone.
import type { Problem } from '../../../model/problem.ts';
import { keepIdentity, type Services } from '../../identity.ts';
import type { RegistryContext } from '../../kind.ts';
import { OUTSIDE_UNKNOWN, type Outside } from '../../outside.ts';
import type { ReadError, Reading, Registry, Slice } from '../../registry.ts';
import { sameProblems } from '../../same-problems.ts';
import type { ScopeOptions } from '../../scope.ts';
import type { RegistrySession } from '../../session.ts';
import { type ZooKeeperFailure, zooKeeperFailure } from '../failure.ts';
import type { ZooKeeperReader } from '../reader.ts';
import type { Projected, TreeChange, TreeProjection } from '../tree-plan.ts';
import { ObstacleProblems } from './obstacle-problems.ts';
import type { TreeMode, TreeUpdate } from './tree-update.ts';
import { WatchedTree } from './watched-tree.ts';

export interface TreeRegistryAbout {
  readonly name: string;
  readonly kind: string;
  readonly auditIntervalMs: number;
  /** As in Registry. */
  readonly scopesRecords?: true;
}

/** Owns `reader`: starts and closes it. Reads are reported with the modes of `TREE_MODES`. */
export function createTreeRegistry<Role>(
  about: TreeRegistryAbout,
  reader: ZooKeeperReader,
  projectionFor: (scope: ScopeOptions) => TreeProjection<Role>,
  scope: ScopeOptions,
  context: RegistryContext,
): Registry {
  return new TreeRegistry(about, reader, projectionFor, scope, context);
}

type GoodUpdate<Role> = Exclude<TreeUpdate<Role>, { kind: 'failed' }>;

class TreeRegistry<Role> implements Registry {
  readonly name: string;
  readonly scopesRecords?: true;
  readonly #kind: string;
  readonly #context: RegistryContext;
  readonly #projectionFor: (scope: ScopeOptions) => TreeProjection<Role>;
  readonly #tree: WatchedTree<Role>;
  readonly #obstacles: ObstacleProblems;
  #scope: ScopeOptions;
  #projection: TreeProjection<Role>;
  /** The one that made what is shown. */
  #shown: TreeProjection<Role>;
  /** What the projection knows of what the tree told: nothing, where the scope is another one or where it threw. */
  #knows: 'all' | 'nothing-of-new-scope' | 'nothing-reliable' = 'all';
  #projected: Projected = { services: new Map(), problems: [], ofServices: 0 };
  #services: Services = this.#projected.services;
  #problems: readonly Problem[] = [];
  /** Of the last full read or audit. */
  #readAtMs = 0;
  #scopeRevision = 0;
  /** Nothing was published for the present scope yet. */
  #isRescoped = false;
  #reading: Reading;
  #slices: readonly Slice[];
  #areRootsUnreadable = false;
  #onChange: () => void = () => {};

  constructor(
    about: TreeRegistryAbout,
    reader: ZooKeeperReader,
    projectionFor: (scope: ScopeOptions) => TreeProjection<Role>,
    scope: ScopeOptions,
    context: RegistryContext,
  ) {
    this.name = about.name;
    if (about.scopesRecords) this.scopesRecords = true;
    this.#kind = about.kind;
    this.#context = { ...context, log: context.log.child({ registry: about.name }) };
    this.#projectionFor = projectionFor;
    this.#scope = scope;
    this.#projection = projectionFor(scope);
    this.#shown = this.#projection;
    this.#obstacles = new ObstacleProblems(about.name);
    this.#tree = new WatchedTree(reader, this.#projection, about, context, (update) => this.#onUpdate(update));
    this.#reading = { kind: 'waiting', sinceMs: context.clock.now(), lastError: undefined };
    this.#slices = [this.#slice()];
  }

  slices(): readonly Slice[] {
    return this.#slices;
  }

  outside(): Outside {
    return this.#shown.outside?.() ?? OUTSIDE_UNKNOWN;
  }

  session(): RegistrySession {
    return this.#tree.session();
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
    this.#tree.start();
  }

  /** What is known already is not read again. Until what is new was read, the slice stays as it is. */
  setScope(scope: ScopeOptions): void {
    this.#scope = scope;
    this.#projection = this.#projectionFor(scope);
    this.#knows = 'nothing-of-new-scope';
    this.#isRescoped = true;
    this.#tree.replan(this.#projection);
  }

  /** All servers of an ensemble agree on what is gone, so it is the same one that is asked again. */
  readAnew(): void {
    this.#tree.auditNow();
  }

  close(): Promise<void> {
    return this.#tree.close();
  }

  #onUpdate(update: TreeUpdate<Role>): void {
    const before = this.#slices;
    if (update.kind === 'failed') this.#fail(update.failure, update.cause === 'roots');
    else this.#take(update);
    this.#report(update);
    if (this.#slices !== before) this.#onChange();
  }

  #take(update: GoodUpdate<Role>): void {
    if (update.kind !== 'change') this.#readAtMs = this.#context.clock.now();
    const isNewProjection = this.#knows !== 'all';
    const projected = this.#project(update.changes);
    if (projected === undefined) {
      this.#fail(zooKeeperFailure('ZOOKEEPER_UNEXPECTED', 'What was read could not be made into services'), false);
      return;
    }
    if (this.#areRootsUnreadable) this.#context.log.info('zookeeper.roots_readable');
    this.#areRootsUnreadable = false;
    this.#publish(projected, isNewProjection);
  }

  /** undefined: the projection threw, which is a defect. It must not end the process; the next update begins it anew. */
  #project(told: readonly TreeChange<Role>[]): Projected | undefined {
    if (this.#knows !== 'all') this.#obstacles.clear();
    if (this.#knows === 'nothing-reliable') this.#projection = this.#projectionFor(this.#scope);
    const changes = this.#knows === 'nothing-reliable' ? this.#everything() : told;
    this.#obstacles.take(changes);
    try {
      const projected = this.#projection.project(changes);
      // Where nothing else asks the scope, what it leaves out goes now, and is meant to.
      if (this.#isRescoped && this.scopesRecords) this.#scopeRevision++;
      this.#isRescoped = false;
      this.#knows = 'all';
      return projected;
    } catch (thrown) {
      this.#knows = 'nothing-reliable';
      const error = thrown instanceof Error ? thrown.name : typeof thrown;
      this.#context.log.error('zookeeper.projection_failed', { error });
      return undefined;
    }
  }

  #everything(): readonly TreeChange<Role>[] {
    return [...this.#tree.nodes()].map((node) => ({ kind: 'read', node }));
  }

  /** A projection keeps its own objects; one that begins anew does not know those of the former. */
  #publish(projected: Projected, isNewProjection: boolean): void {
    this.#services = isNewProjection ? keepIdentity(this.#services, projected.services) : projected.services;
    const problems = [...projected.problems, ...this.#obstacles.problems()];
    if (!sameProblems(this.#problems, problems)) this.#problems = problems;
    this.#projected = projected;
    this.#shown = this.#projection;
    const content = { services: this.#services, problems: this.#problems, readAtMs: this.#readAtMs };
    this.#show({ kind: 'live', content });
  }

  #fail({ code, message }: ZooKeeperFailure, areRootsUnreadable: boolean): void {
    if (areRootsUnreadable) this.#context.log.warn('zookeeper.roots_unreadable', { code, message });
    this.#areRootsUnreadable ||= areRootsUnreadable;
    this.#show(failedReading(this.#reading, { code, message, atMs: this.#context.clock.now() }));
  }

  #report(update: TreeUpdate<Role>): void {
    const { clock, onRead, onDrift } = this.#context;
    const mode: TreeMode = update.kind === 'failed' ? update.during : update.kind;
    const lastError = this.#reading.kind === 'live' ? undefined : this.#reading.lastError;
    const outcome = lastError === undefined ? 'ok' : 'error';
    const durationMs = Math.max(0, clock.now() - update.sinceMs);
    onRead({ registry: this.name, mode, outcome, code: lastError?.code ?? '', durationMs });
    if (update.kind !== 'audit' || update.drift === 0) return;
    this.#context.log.info('zookeeper.drift_found', { nodes: update.drift });
    onDrift(this.name, update.drift);
  }

  #show(reading: Reading): void {
    this.#reading = reading;
    const slice = this.#slice();
    if (!this.#slices.some((former) => sameSlice(former, slice))) this.#slices = [slice];
  }

  #slice(): Slice {
    const isWaiting = this.#reading.kind === 'waiting';
    const matched = {
      services: isWaiting ? 0 : this.#services.size,
      ofServices: isWaiting ? 0 : this.#projected.ofServices,
    };
    return {
      registry: this.name,
      kind: this.#kind,
      reading: this.#reading,
      scopeRevision: this.#scopeRevision,
      matched,
    };
  }
}

/** Failure keeps the content and its age. */
function failedReading(former: Reading, lastError: ReadError): Reading {
  if (former.kind === 'waiting') return { ...former, lastError };
  const sinceMs = former.kind === 'stale' ? former.sinceMs : lastError.atMs;
  return { kind: 'stale', content: former.content, sinceMs, lastError };
}

/** Of one registry; a reading that is not live is always news, for its error has a time. */
function sameSlice(a: Slice, b: Slice): boolean {
  if (a.reading.kind !== 'live' || b.reading.kind !== 'live') return false;
  const [left, right] = [a.reading.content, b.reading.content];
  return (
    left.services === right.services &&
    left.problems === right.problems &&
    left.readAtMs === right.readAtMs &&
    a.matched.ofServices === b.matched.ofServices &&
    a.scopeRevision === b.scopeRevision
  );
}
