// An estate in a real Eureka, the bridge that reads it, an istiod that reads the bridge, and an Envoy through which one
// application is called: what all of them have before, during and after whatever happens to the registry.
import assert from 'node:assert/strict';
import { Bridge, type BridgeConfig, bridgeConfig, eurekaRegistry } from './bridge.ts';
import { Envoy } from './envoy.ts';
import { EurekaInstances, type Registration } from './eureka-instances.ts';
import type { Seen } from './eureka-misbehaviour.ts';
import type { EurekaServer } from './eureka-server.ts';
import { type RunningInstance, runInstance } from './instances-of.ts';
import { Istiod } from './istiod.ts';
import type { Teardown } from './teardown.ts';
import { answersDuring } from './traffic.ts';
import { untilHolds } from './wait-for.ts';
import type { WallClock } from './wall-clock.ts';
import { Watch } from './watch.ts';

/** Of the application that is called. */
const HOST = 'orders.payments.eureka';

export interface EurekaSceneOptions {
  /** Nobody calls these. */
  readonly estate: readonly Registration[];
  /** Where the bridge reads. */
  readonly urls: readonly string[];
  /** Keys of the registry. */
  readonly registry?: BridgeConfig;
  /** Other keys of the bridge. */
  readonly keys?: BridgeConfig;
  /** The bridge has this clock. */
  readonly clock?: WallClock;
}

export class EurekaScene {
  readonly instances: EurekaInstances;
  readonly bridge: Bridge;
  readonly istiod: Istiod;
  readonly #teardown: Teardown;
  readonly #envoy: Envoy;
  /** The first is registered, and answers every call; the second comes and goes. */
  readonly #orders: readonly [RunningInstance, RunningInstance];

  private constructor(
    teardown: Teardown,
    instances: EurekaInstances,
    orders: readonly [RunningInstance, RunningInstance],
    programs: { readonly bridge: Bridge; readonly istiod: Istiod; readonly envoy: Envoy },
  ) {
    this.#teardown = teardown;
    this.instances = instances;
    this.#orders = orders;
    this.bridge = programs.bridge;
    this.istiod = programs.istiod;
    this.#envoy = programs.envoy;
  }

  /** Registers all with `eureka`, and starts the others one after the other until calls are answered. */
  static async start(teardown: Teardown, eureka: EurekaServer, options: EurekaSceneOptions): Promise<EurekaScene> {
    const { estate, urls, registry = {}, keys = {}, clock } = options;
    const instances = EurekaInstances.start(teardown, [eureka.url]);
    const orders = [await runInstance(teardown, 'orders', 0), await runInstance(teardown, 'orders', 1)] as const;
    await instances.register(orders[0].registration, ...estate);
    await eureka.untilLists(estate.length + 1);
    const registries = { eureka: eurekaRegistry(urls, { holdFor: '10m', ...registry }) };
    const bridge = await Bridge.start(teardown, bridgeConfig([], { registries, ...keys }), clock?.env);
    const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await istiod.untilReady();
    const envoy = await Envoy.start(teardown, istiod);
    const scene = new EurekaScene(teardown, instances, orders, { bridge, istiod, envoy });
    await scene.#untilCalled(orders[0]);
    return scene;
  }

  /** The instance that answers every call, as it is registered. */
  get first(): Registration {
    return this.#orders[0].registration;
  }

  /** Whatever happens, no entry goes or changes, and each call is answered; afterwards a change arrives, and goes again. */
  async survives(happening: () => Promise<void>): Promise<void> {
    const before = await this.istiod.serviceEntriesText();
    const entries = Watch.start(this.#teardown, 'the entries', () => this.istiod.serviceEntriesText());
    await this.answersDuring(async () => {
      await happening();
      await this.untilRecovered();
    });
    for (const seen of (await entries.end()).keys()) assertKept(before, seen);
    await this.secondComesAndGoes();
    await untilHolds(async () => assertSame(before, await this.istiod.serviceEntriesText()), 'all is as it was');
    assert.deepEqual(await this.istiod.complaints(), []);
  }

  /** Every call during `happening` is answered. */
  answersDuring(happening: () => Promise<void>): Promise<void> {
    return answersDuring(
      this.#teardown,
      { istiod: this.istiod, host: HOST, answering: [this.#orders[0].backend.name] },
      happening,
    );
  }

  /** The registry is read, and nothing is held any more. */
  async untilRecovered(): Promise<void> {
    await untilHolds(async () => {
      assert.equal((await this.bridge.registries())[0]?.state, 'live');
      assert.deepEqual(await this.bridge.holds(), []);
    }, 'the registry is read again, and nothing is held');
  }

  /** The second instance is called as soon as it is registered and something `happening` then is over, and no longer. */
  async secondComesAndGoes(happening = async (): Promise<void> => {}): Promise<void> {
    const [first, second] = this.#orders;
    await this.instances.register(second.registration);
    await happening();
    await this.#untilCalled(first, second);
    await this.instances.deregister(second.registration);
    await this.#untilCalled(first);
  }

  /** The page, a metric and the log say it. */
  async untilTold(seen: Seen): Promise<void> {
    await untilHolds(
      async () => {
        if (seen.kind === 'hold') return this.bridge.assertHolds(seen.reason);
        const [registry] = await this.bridge.registries();
        assert.deepEqual([registry?.state, registry?.lastError?.code], ['stale', seen.code]);
        assert.equal((await this.bridge.metrics()).sum('footbridge_registry_up'), 0);
        const { lines } = this.bridge.process;
        const isTold = lines.some((line) => line.includes('eureka.read_failed') && line.includes(seen.code));
        assert.ok(isTold, 'the log says it');
      },
      `the operator is told: ${seen.kind === 'error' ? seen.code : seen.reason}`,
    );
  }

  async #untilCalled(...instances: readonly RunningInstance[]): Promise<void> {
    const endpoints = instances.map(({ endpoint }) => endpoint);
    await this.#envoy.untilHosts(HOST, 80, endpoints);
  }
}

/** Every entry that was there is there, the same to the byte. Others may have come. */
function assertKept(before: string, seen: string): void {
  const lines = new Set(seen.split('\n'));
  assert.deepEqual(
    before.split('\n').filter((line) => !lines.has(line)),
    [],
  );
}

/** All entries are the same to the byte. */
export function assertSame(before: string, now: string): void {
  assert.deepEqual(now.split('\n'), before.split('\n'));
}
