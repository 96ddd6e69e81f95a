import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pipelineOptions } from '../../../src/app/options.ts';
import { Pipeline } from '../../../src/app/pipeline.ts';
import { createTurnStages, type Turn } from '../../../src/app/turn.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { silentLog } from '../../../src/observe/log.ts';
import type { Saving } from '../../../src/persist/state-writer.ts';
import { compileSecrets } from '../../../src/registry/decoding/secrets.ts';
import { decodeFull } from '../../../src/registry/eureka/decode.ts';
import { applyFull, EMPTY_ESTATE, type Estate } from '../../../src/registry/eureka/estate.ts';
import { NOTHING_PUBLISHED, type Published, publish } from '../../../src/registry/eureka/published.ts';
import type { Registry, Slice } from '../../../src/registry/registry.ts';
import { SelectedRegistry } from '../../../src/registry/wrap/select.ts';
import { createSnapshot, type Snapshot } from '../../../src/snapshot/snapshot.ts';
import { SnapshotStore } from '../../../src/snapshot/store.ts';
import { eurekaOptions } from '../../fakes/eureka-options.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FakeEurekaRegistry } from '../../fakes/fake-eureka-registry.ts';

const CONFIG = `namespace: shop
instance: test
registries: { eureka: { kind: eureka, urls: ['http://registry.invalid/eureka'], scope: { exclude: [{ app: [NOISE] }] } } }
`;

/** Eureka's full answers, decoded and published as the living registry does, without a network. */
class PolledRegistry implements Registry {
  readonly name = 'eureka';
  readonly eureka = new FakeEurekaRegistry();
  readonly #clock: FakeClock;
  #estate: Estate = EMPTY_ESTATE;
  #published: Published = NOTHING_PUBLISHED;
  #slices: readonly Slice[] = [];
  #onChange: () => void = () => {};

  constructor(clock: FakeClock) {
    this.#clock = clock;
    const reading = { kind: 'waiting', sinceMs: 0, lastError: undefined } as const;
    this.#slices = [
      { registry: 'eureka', kind: 'eureka', reading, scopeRevision: 0, matched: { services: 0, ofServices: 0 } },
    ];
  }

  slices(): readonly Slice[] {
    return this.#slices;
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  readFull(): void {
    const listing = decodeFull(JSON.parse(JSON.stringify(this.eureka.full())), compileSecrets([]));
    assert.equal(listing.kind, 'listing');
    if (listing.kind !== 'listing') return;
    this.#estate = applyFull(this.#estate, listing, { ...eurekaOptions(), registry: 'eureka' });
    this.#published = publish(this.#estate, 'eureka', this.#published);
    const { services, problems } = this.#published;
    const matched = { services: services.size, ofServices: services.size };
    const reading = { kind: 'live', content: { services, problems, readAtMs: this.#clock.now() } } as const;
    this.#slices = [{ registry: 'eureka', kind: 'eureka', reading, scopeRevision: 0, matched }];
    this.#onChange();
  }
}

function bridge(save?: (turn: Turn) => Promise<Saving> | undefined) {
  const clock = new FakeClock();
  const loaded = loadConfig({ file: { path: 'test', text: CONFIG }, env: {}, flags: {} });
  if (loaded.kind === 'invalid') throw new Error(JSON.stringify(loaded.problems));
  const work = { converted: 0, encoded: 0 };
  const stages = createTurnStages(pipelineOptions(loaded.config), {
    onConvert: () => void work.converted++,
    onEncode: () => void work.encoded++,
  });
  const registry = new PolledRegistry(clock);
  const scope = loaded.config.registries['eureka']?.scope ?? { include: [], exclude: [] };
  const published: Snapshot[] = [];
  const store = new SnapshotStore(createSnapshot([], { serial: 0, complete: false, createdAtMs: clock.now() }));
  const observer = { onTurn() {}, onPublish: (snapshot: Snapshot) => void published.push(snapshot) };
  const selected = new SelectedRegistry(registry, scope, silentLog);
  const readAnew: string[] = [];
  const pipeline = new Pipeline({
    registry: selected,
    readAnew: (name) => void readAnew.push(name),
    stages,
    store,
    clock,
    quietPeriodMs: 100,
    ceilingMs: 1000,
    observer,
    ...(save === undefined ? {} : { save }),
  });
  pipeline.start();
  const resources = () => [...(store.current().kinds.get('networking.istio.io/ServiceEntry')?.resources.keys() ?? [])];
  return { clock, registry, eureka: registry.eureka, work, published, store, pipeline, resources, readAnew };
}

describe('the pipeline', () => {
  test('a full read of 100 services with one changed instance converts and encodes one service', () => {
    const { clock, registry, eureka, work, published } = bridge();
    for (let app = 0; app < 100; app++) {
      for (let vm = 0; vm < 10; vm++)
        eureka.register(`app-${app}`, `vm-${app}-${vm}`, { ipAddr: `10.0.${app}.${vm + 1}` });
    }
    registry.readFull();
    clock.advance(100);
    assert.deepEqual(work, { converted: 100, encoded: 100 });
    eureka.register('app-7', 'vm-7-3', { ipAddr: '10.0.7.200' });
    registry.readFull();
    clock.advance(100);
    assert.deepEqual(work, { converted: 101, encoded: 101 });
    assert.equal(published.length, 2);
  });

  test('what the last turn made is what is served, whether it was published by it or before', () => {
    const { clock, registry, eureka, store, pipeline } = bridge();
    const served = () => [...store.current().kinds.values()].flatMap(({ resources }) => [...resources.values()]);
    for (const address of ['10.0.0.1', '10.0.0.1', '10.0.0.2']) {
      eureka.register('orders', 'vm-1', { ipAddr: address });
      registry.readFull();
      clock.advance(100);
      assert.deepEqual(pipeline.last()?.resources, served());
      assert.equal(served().length, 1);
    }
  });

  test('a read that changes nothing, and a change outside the scope, convert and publish nothing', () => {
    const { clock, registry, eureka, work, published } = bridge();
    eureka.register('orders', 'vm-1');
    eureka.register('noise', 'vm-2');
    registry.readFull();
    clock.advance(100);
    registry.readFull();
    clock.advance(100);
    eureka.register('noise', 'vm-2', { ipAddr: '10.20.0.99' });
    registry.readFull();
    clock.advance(100);
    assert.deepEqual(work, { converted: 1, encoded: 1 });
    assert.equal(published.length, 1);
  });

  test('changes are published together after a quiet period, and under constant change at the ceiling', () => {
    const { clock, registry, eureka, published } = bridge();
    for (let change = 0; change < 30; change++) {
      eureka.register('orders', 'vm-1', { ipAddr: `10.20.1.${change + 1}` });
      registry.readFull();
      clock.advance(50);
    }
    assert.equal(published.length, 1);
    clock.advance(100);
    assert.equal(published.length, 2);
  });

  test('a removal shows when its debounce is over, although no further read says anything new', () => {
    const { clock, registry, eureka, resources } = bridge();
    eureka.register('orders', 'vm-1', { ipAddr: '10.0.0.1' });
    eureka.register('bills', 'vm-2', { ipAddr: '10.0.0.2' });
    registry.readFull();
    clock.advance(100);
    eureka.cancel('bills', 'vm-2');
    registry.readFull();
    clock.advance(4_000);
    assert.equal(resources().length, 2);
    clock.advance(2_000);
    assert.equal(resources().length, 2, 'the emptied service is in its grace');
    clock.advance(10 * 60_000);
    assert.deepEqual(resources(), ['shop/test.eureka.orders']);
  });

  test('an empty answer of the registry takes nothing away', () => {
    const { clock, registry, eureka, published, resources } = bridge();
    eureka.register('orders', 'vm-1');
    registry.readFull();
    clock.advance(100);
    eureka.cancel('orders', 'vm-1');
    registry.readFull();
    clock.advance(60_000);
    assert.deepEqual(resources(), ['shop/test.eureka.orders']);
    assert.equal(published.length, 1, 'not a byte changed');
  });

  test('a hold asks for a fresh read when it begins and when its time is over, and the read that follows ends it', () => {
    const { clock, registry, eureka, readAnew, pipeline } = bridge();
    eureka.register('orders', 'vm-1');
    registry.readFull();
    clock.advance(100);
    eureka.cancel('orders', 'vm-1');
    registry.readFull();
    clock.advance(100);
    assert.deepEqual(readAnew, ['eureka']);
    clock.advance(10);
    registry.readFull();
    clock.advance(5 * 60_000 - 110);
    assert.deepEqual(readAnew, ['eureka']);
    clock.advance(200);
    assert.deepEqual(readAnew, ['eureka', 'eureka']);
    assert.equal(pipeline.last()?.guarded.holds.length, 1);
    registry.readFull();
    clock.advance(100);
    assert.deepEqual(pipeline.last()?.guarded.holds, []);
  });

  test('a hold that is released by hand ends with the turn after it; of one that is not there nothing is told', () => {
    const { clock, registry, eureka, pipeline, published } = bridge();
    eureka.register('orders', 'vm-1', { ipAddr: '10.0.0.1' });
    registry.readFull();
    clock.advance(100);
    eureka.cancel('orders', 'vm-1');
    registry.readFull();
    clock.advance(100);
    const [hold] = pipeline.last()?.guarded.holds ?? [];
    assert.equal(pipeline.release('eureka-many-gone-20260101T000000000Z'), false);
    assert.equal(pipeline.release(hold?.id ?? ''), true);
    assert.equal(pipeline.release(hold?.id ?? ''), false);
    clock.advance(100);
    assert.deepEqual(pipeline.last()?.guarded.holds, []);
    assert.equal(published.length, 1);
    clock.advance(5_100);
    assert.equal(published.length, 2, 'gone after the debounce');
  });

  test('is not complete before the first good read', () => {
    const { clock, store, pipeline } = bridge();
    pipeline.changed();
    clock.advance(1_000);
    assert.equal(store.current().complete, false);
  });
});

describe('what is published', () => {
  /** A state file whose writes end when the test says so. */
  function saved() {
    const turns: Turn[] = [];
    const ends: ((saving: Saving) => void)[] = [];
    const disk = { isFailing: false };
    const save = (turn: Turn) => {
      turns.push(turn);
      return disk.isFailing ? undefined : new Promise<Saving>((resolve) => ends.push(resolve));
    };
    const end = async (write: number, saving: Saving = 'settled') => {
      ends[write]?.(saving);
      await new Promise((resolve) => setImmediate(resolve));
    };
    return { turns, end, disk, ...bridge(save) };
  }

  function register(run: ReturnType<typeof saved>, app: string): void {
    run.eureka.register(app, 'vm-1', { ipAddr: '10.0.0.1' });
    run.registry.readFull();
    run.clock.advance(100);
  }

  test('is written down before: a process that is killed comes back with no less than istiod was told', async () => {
    const run = saved();
    register(run, 'orders');
    assert.equal(run.turns.length, 1);
    assert.deepEqual([...(run.turns[0]?.memory.registries.keys() ?? [])], ['eureka']);
    assert.equal(run.published.length, 0);
    assert.equal(run.pipeline.last(), undefined, 'the pages tell of what is served');
    await run.end(0);
    assert.equal(run.published.length, 1);
    assert.equal(run.pipeline.last(), run.turns[0]);
  });

  test('never goes back, in whatever order writes end, and leaves out what was overtaken', async () => {
    const run = saved();
    for (const app of ['a', 'b', 'c']) register(run, app);
    await run.end(1, 'superseded');
    assert.equal(run.published.length, 0);
    await run.end(2);
    assert.equal(run.resources().length, 3);
    await run.end(0);
    assert.equal(run.resources().length, 3);
    assert.equal(run.published.length, 1);
  });

  test('waits for no file that cannot be written', async () => {
    const run = saved();
    register(run, 'a');
    run.disk.isFailing = true;
    register(run, 'b');
    assert.equal(run.resources().length, 2);
    await run.end(0);
    assert.equal(run.resources().length, 2);
  });

  test('is nothing more after the end', async () => {
    const run = saved();
    register(run, 'a');
    await run.pipeline.close();
    await run.end(0);
    assert.equal(run.published.length, 0);
  });

  /** What the guard remembers of a process that read these. */
  function formerProcess(...apps: readonly string[]) {
    const former = bridge();
    for (const app of apps) former.eureka.register(app, 'vm-1', { ipAddr: '10.0.0.1' });
    former.registry.readFull();
    former.clock.advance(100);
    const memory = former.pipeline.last()?.memory;
    assert.ok(memory !== undefined);
    return { memory, fingerprint: former.store.current().fingerprint };
  }

  test('is what a former process remembered, at once, and replaced without a gap when the registry is read', () => {
    const { memory, fingerprint } = formerProcess('a', 'b');
    const run = bridge();
    run.pipeline.restore(memory);
    assert.equal(run.store.current().complete, true);
    assert.equal(run.store.current().fingerprint, fingerprint);
    for (const app of ['a', 'b']) run.eureka.register(app, 'vm-1', { ipAddr: '10.0.0.1' });
    run.registry.readFull();
    run.clock.advance(100);
    assert.equal(run.published.length, 1, 'the same bytes are not sent again');
  });

  test('is held against a registry that restarted empty together with the bridge', () => {
    const { memory, fingerprint } = formerProcess('a');
    const run = bridge();
    run.pipeline.restore(memory);
    run.registry.readFull();
    run.clock.advance(60_000);
    assert.deepEqual(
      run.pipeline.last()?.guarded.holds.map(({ reason, instances }) => [reason, instances]),
      [['everything-gone', 1]],
    );
    assert.equal(run.store.current().fingerprint, fingerprint);
  });
});
