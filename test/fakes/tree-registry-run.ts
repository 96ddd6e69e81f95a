// A registry over a ZooKeeper in memory, with its time, its log and its reports in the hands of the test.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type Service, type ServiceKey, serviceKey } from '../../src/model/service.ts';
import type { ReadReport } from '../../src/registry/kind.ts';
import { NOTHING_OUTSIDE, type Outside } from '../../src/registry/outside.ts';
import type { Content, Reading, Slice } from '../../src/registry/registry.ts';
import type { ScopeOptions } from '../../src/registry/scope.ts';
import { createTreeRegistry, type TreeRegistryAbout } from '../../src/registry/zookeeper/tree/tree-registry.ts';
import type { TreeChange, TreeProjection } from '../../src/registry/zookeeper/tree-plan.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeZooKeeper } from './fake-zookeeper.ts';
import { anInstance } from './model-values.ts';
import { type LogLine, recordingLog } from './recording-log.ts';
import { AUDIT_MS, type Role, servicePlan } from './tree-run.ts';

export const EVERYTHING: ScopeOptions = { include: [], exclude: [] };

export function only(...services: readonly string[]): ScopeOptions {
  return { include: [{ attributes: { service: services }, metadata: {} }], exclude: [] };
}

/** Services by directory, an instance for each datum; one that says `throw` is a defect waiting to happen. */
class FakeProjection implements TreeProjection<Role> {
  readonly roots = servicePlan().roots;
  readonly expand: TreeProjection<Role>['expand'];
  readonly outside: () => Outside;
  readonly #data = new Map<string, string>();
  #services: ReadonlyMap<ServiceKey, Service> = new Map();
  readonly #listed = new Set<string>();

  constructor(scope: ScopeOptions) {
    const { include } = scope;
    this.outside = () => ({ ...NOTHING_OUTSIDE, scope });
    const wanted = include.flatMap(({ attributes }) => attributes['service'] ?? []);
    this.expand = servicePlan(['/r'], (name) => wanted.length === 0 || wanted.includes(name)).expand;
  }

  project(changes: readonly TreeChange<Role>[]) {
    for (const change of changes) this.#take(change);
    const names = new Set([...this.#data.keys()].map((path) => path.split('/')[2] ?? ''));
    const services = new Map([...names].map((name) => this.#service(name)).map((service) => [service.key, service]));
    const isSame = JSON.stringify([...services]) === JSON.stringify([...this.#services]);
    if (!isSame) this.#services = services;
    return { services: this.#services, problems: [], ofServices: this.#listed.size };
  }

  #take({ kind, node: { want, content } }: TreeChange<Role>): void {
    if (want.role === 'root' && content?.kind === 'children') {
      this.#listed.clear();
      for (const name of content.names) this.#listed.add(name);
    }
    if (want.role !== 'instance') return;
    if (kind === 'forgotten') this.#data.delete(want.path);
    else if (content?.kind === 'data') this.#data.set(want.path, content.data.toString());
  }

  #service(name: string): Service {
    const data = [...this.#data].filter(([path]) => path.split('/')[2] === name);
    if (data.some(([, text]) => text === 'throw')) throw new TypeError('of the projection');
    const key = serviceKey('zk', name);
    const instances = data.map(([path, address]) => anInstance({ id: path, address }));
    const former = this.#services.get(key);
    const fresh = { key, registry: 'zk', name, instances };
    return former !== undefined && JSON.stringify(former) === JSON.stringify(fresh) ? former : fresh;
  }
}

/** There are two services of one instance each. */
export class RegistryRun {
  readonly zk = new FakeZooKeeper();
  readonly clock = new FakeClock();
  readonly reads: ReadReport[] = [];
  readonly lines: LogLine[] = [];
  readonly drift: number[] = [];
  readonly registry;
  changes = 0;

  constructor(t: TestContext, scope: ScopeOptions = EVERYTHING, about: Partial<TreeRegistryAbout> = {}) {
    const whole = { name: 'zk', kind: 'fake', auditIntervalMs: AUDIT_MS, ...about };
    this.registry = createTreeRegistry(whole, this.zk, (wanted) => new FakeProjection(wanted), scope, {
      clock: this.clock,
      log: recordingLog(this.lines),
      random: () => 0.5,
      onRead: (read) => void this.reads.push(read),
      onDrift: (registry, nodes) => {
        assert.equal(registry, 'zk');
        this.drift.push(nodes);
      },
    });
    t.after(() => this.registry.close());
    this.registry.start(() => void this.changes++);
    this.zk.create('/r/a/1', '10.0.0.1');
    this.zk.create('/r/b/1', '10.0.0.2');
  }

  async connect(): Promise<void> {
    this.zk.connect();
    await this.pass(0);
  }

  async pass(ms: number): Promise<void> {
    await new Promise(setImmediate);
    this.clock.advance(ms);
    await new Promise(setImmediate);
  }

  get slice(): Slice {
    const [slice] = this.registry.slices();
    assert.ok(slice !== undefined);
    return slice;
  }

  get reading(): Reading {
    return this.slice.reading;
  }

  get content(): Content {
    assert.ok(this.reading.kind !== 'waiting');
    return this.reading.content;
  }

  get error(): Extract<Reading, { kind: 'stale' }>['lastError'] {
    assert.ok(this.reading.kind !== 'live' && this.reading.lastError !== undefined);
    return this.reading.lastError;
  }

  get services(): readonly string[] {
    return [...this.content.services.values()].map(
      ({ name, instances }) => `${name}: ${instances.map(({ address }) => address).join(' ')}`,
    );
  }

  get reported(): readonly string[] {
    return this.reads.map(({ mode, outcome, code }) => `${mode} ${outcome} ${code}`.trim());
  }
}
