// A watched tree over a ZooKeeper in memory, with its time in the hands of the test, and what its owner was told.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { TreeUpdate } from '../../src/registry/zookeeper/tree/tree-update.ts';
import { WatchedTree } from '../../src/registry/zookeeper/tree/watched-tree.ts';
import type { NodeContent, TreeNode, TreePlan, Want } from '../../src/registry/zookeeper/tree-plan.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeZooKeeper } from './fake-zookeeper.ts';

export const AUDIT_MS = 300_000;

export type Role = 'root' | 'service' | 'instance' | 'meta';

/**
 * A root lists services, a service lists instances, an instance is its data. Beside that a service wants the data of
 * `/meta/<service>`, which no list names, and of `/meta/shared`, which all services want and which itself can want an instance.
 */
export function servicePlan(
  roots: readonly string[] = ['/r'],
  isInScope: (service: string) => boolean = () => true,
): TreePlan<Role> {
  return {
    roots: roots.map((path) => ({ path, what: 'children', role: 'root' })),
    expand({ want: { path, role }, content }) {
      if (path === '/meta/shared' && show(content) === ' = see a') return [data(`${roots[0]}/a/1`, 'instance')];
      if (content?.kind !== 'children') return [];
      if (role === 'service') return content.names.map((name) => data(`${path}/${name}`, 'instance'));
      return content.names
        .filter(isInScope)
        .flatMap((name) => [
          { path: `${path}/${name}`, what: 'children', role: 'service' },
          data(`/meta/${name}`, 'meta'),
          data('/meta/shared', 'meta'),
        ]);
    },
  };
}

function data(path: string, role: Role): Want<Role> {
  return { path, what: 'data', role };
}

export class TreeRun {
  readonly zk = new FakeZooKeeper();
  readonly clock = new FakeClock();
  readonly updates: TreeUpdate<Role>[] = [];
  /** What the owner knows, by kind of read and path. */
  readonly told = new Map<string, TreeNode<Role>>();
  readonly tree: WatchedTree<Role>;
  /** Sees every update before the owner knows of it. */
  onUpdate: (update: TreeUpdate<Role>) => void = () => {};
  #isNewOwner = false;

  constructor(t: TestContext | undefined, plan: TreePlan<Role> = servicePlan(), auditIntervalMs = AUDIT_MS) {
    const deps = { clock: this.clock, random: () => 0.5 };
    this.tree = new WatchedTree(this.zk, plan, { auditIntervalMs }, deps, (update) => this.#take(update));
    t?.after(() => this.tree.close());
    this.tree.start();
  }

  /** Connects, and lets everything be read. */
  async connect(): Promise<void> {
    this.zk.connect();
    await this.read();
  }

  /** Another plan, and an owner that knows nothing; the former one keeps what it knows until the next good update. */
  replan(plan: TreePlan<Role>): void {
    this.tree.replan(plan);
    this.#isNewOwner = true;
  }

  /** Lets all reads that can be answered be answered. */
  async read(): Promise<void> {
    await new Promise(setImmediate);
  }

  /** Lets what was signalled be read and told. */
  async gather(): Promise<void> {
    await this.pass(50);
  }

  async pass(ms: number): Promise<void> {
    await this.read();
    this.clock.advance(ms);
    await this.read();
  }

  get kinds(): readonly string[] {
    return this.updates.map(({ kind }) => kind);
  }

  get last(): TreeUpdate<Role> {
    const update = this.updates.at(-1);
    assert.ok(update !== undefined, 'nothing was told');
    return update;
  }

  /** Code of the last failure; '' where the last update is none. */
  get failure(): string {
    return this.last.kind === 'failed' ? this.last.failure.code : '';
  }

  /** What the owner knows, as texts: `/r/a: x y` for lists, `/r/a/x = data`, `/r/b is missing`. */
  get shown(): readonly string[] {
    return [...this.told.values()].map(({ want, content }) => `${want.path}${show(content)}`).sort();
  }

  get obstacles(): readonly string[] {
    return [...this.told.values()].flatMap(({ want, obstacle }) =>
      obstacle === undefined ? [] : [`${want.path} ${obstacle.code}`],
    );
  }

  #take(update: TreeUpdate<Role>): void {
    this.updates.push(update);
    this.onUpdate(update);
    if (update.kind === 'failed') return;
    if (this.#isNewOwner) this.told.clear();
    this.#isNewOwner = false;
    for (const { kind, node } of update.changes) {
      const key = `${node.want.what} ${node.want.path}`;
      if (kind === 'read') this.told.set(key, node);
      else assert.ok(this.told.delete(key), `${key} is forgotten, and nobody ever heard of it`);
    }
  }
}

export function show(content: NodeContent | undefined): string {
  switch (content?.kind) {
    case undefined:
      return ' is unknown';
    case 'children':
      return [':', ...content.names].join(' ');
    case 'data':
      return ` = ${content.data.toString()}`;
    case 'missing':
      return ' is missing';
  }
}
