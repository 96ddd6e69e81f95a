// An estate of Dubbo in a real ZooKeeper, the bridge that reads it and an istiod that reads the bridge: what istiod holds
// before, during and after whatever happens to the registry.
import assert from 'node:assert/strict';
import { BACKEND_RANGE } from './backend.ts';
import { Bridge, type BridgeConfig, bridgeConfig, dubboRegistry } from './bridge.ts';
import { changedLines } from './comparable.ts';
import { type DubboEstate, type Endpoints, ESTATE_RANGE } from './dubbo-estate.ts';
import { Envoy } from './envoy.ts';
import type { EstatePeriod } from './estate-period.ts';
import { Istiod, type StoredConfig } from './istiod.ts';
import { sessionStates } from './session-events.ts';
import type { Teardown } from './teardown.ts';
import { answersDuring } from './traffic.ts';
import { untilHolds } from './wait-for.ts';
import { Watch } from './watch.ts';

const NAME = /^payments\/bridge\.rpc\.(.+)$/;

/** Where a session is to outlive a fault, however slow the machine is: for the bridge, and for the server that must grant it. */
export const LONG_SESSION = { sessionTimeout: '40s' };
export const LONG_SESSIONS = { maxSessionTimeoutMs: 40_000 };

export class DubboScene {
  readonly estate: DubboEstate;
  readonly bridge: Bridge;
  readonly istiod: Istiod;
  readonly #teardown: Teardown;
  /** Of the application that is called. */
  #host: string | undefined;

  private constructor(teardown: Teardown, estate: DubboEstate, bridge: Bridge, istiod: Istiod) {
    this.#teardown = teardown;
    this.estate = estate;
    this.bridge = bridge;
    this.istiod = istiod;
  }

  /** Starts bridge and istiod and does not wait for what they hold: see `untilSettled`. */
  static async start(
    teardown: Teardown,
    estate: DubboEstate,
    servers: readonly string[],
    registry: BridgeConfig = {},
    changes: BridgeConfig = {},
  ): Promise<DubboScene> {
    const config = bridgeConfig([], {
      registries: { rpc: dubboRegistry(servers, registry) },
      admit: { addresses: [ESTATE_RANGE, BACKEND_RANGE] },
      ...changes,
    });
    const bridge = await Bridge.start(teardown, config);
    const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    return new DubboScene(teardown, estate, bridge, istiod);
  }

  /** Starts an Envoy, through which the application that is called is reached from now on. */
  async startTraffic(): Promise<void> {
    const called = this.estate.called ?? assert.fail('nobody in this estate can be called');
    const envoy = await Envoy.start(this.#teardown, this.istiod);
    this.#host = `${called.name}.payments.rpc`;
    await envoy.untilHosts(this.#host, 80, [`${called.address}:${called.port}`]);
  }

  /** Every call during `happening` is answered, where there is traffic. */
  async answersDuring(happening: () => Promise<void>): Promise<void> {
    const { called } = this.estate;
    if (this.#host === undefined || called === undefined) return happening();
    const { istiod } = this;
    await answersDuring(this.#teardown, { istiod, host: this.#host, answering: [called.name] }, happening);
  }

  /** The states of the session so far. */
  get states(): readonly string[] {
    return sessionStates(this.bridge.process.lines);
  }

  /** Waits until istiod holds exactly what the estate is. */
  async untilSettled(): Promise<void> {
    await this.istiod.untilReady();
    await untilHolds(async () => {
      const now = held(await this.istiod.serviceEntriesText());
      assert.deepEqual(changedLines(told(this.estate.expected()), told(now)).slice(0, 6), []);
    }, 'istiod holds the estate');
  }

  /** Waits until istiod holds of one application what the estate has, whatever it holds of the others. */
  async untilShown(application: number): Promise<void> {
    const name = this.estate.name(application);
    await untilHolds(async () => {
      const shown = held(await this.istiod.serviceEntriesText()).get(name);
      assert.deepEqual(shown, this.estate.expected().get(name));
    }, `istiod holds ${name}`);
  }

  /** Waits until the bridge has nothing but what it knew, and says why by this code. */
  async untilStale(code: string): Promise<void> {
    await untilHolds(async () => {
      const [registry] = await this.bridge.registries();
      assert.deepEqual([registry?.state, registry?.lastError?.code], ['stale', code]);
    }, `the registry is stale: ${code}`);
  }

  /**
   * After `happening` the estate arrives by itself, a change after it too, and all the time no entry was lost or wrong; the
   * session, of the process that runs at the end, went through `states` alone.
   */
  async survives(states: readonly string[], happening: () => Promise<void>): Promise<void> {
    await this.untilSettled();
    const former = this.bridge.process;
    const toldBefore = former.lines.length;
    const before = await this.istiod.serviceEntriesText();
    const period = this.estate.beginPeriod();
    const watch = Watch.start(this.#teardown, 'the entries', () => this.istiod.serviceEntriesText());
    await this.answersDuring(async () => {
      await happening();
      await this.untilSettled();
      await this.estate.replaceInstances();
      await this.untilSettled();
    });
    for (const seen of (await watch.end()).keys()) assertUnharmed(period, before, seen);
    assert.deepEqual(
      sessionStates(this.bridge.process.lines.slice(this.bridge.process === former ? toldBefore : 0)),
      states,
      this.bridge.process.describe(),
    );
    assert.deepEqual(await this.istiod.complaints(), []);
  }
}

function assertUnharmed(period: EstatePeriod, before: string, seen: string): void {
  const [linesBefore, lines] = [linesOf(before), linesOf(seen)];
  const endpoints = held(seen);
  assert.deepEqual([...endpoints.keys()], [...held(before).keys()], 'every entry is there, and no other');
  for (const [application, now] of held(before)) {
    const shown = endpoints.get(application) ?? [];
    assert.deepEqual(
      shown.filter((one) => !period.ever(one)),
      [],
      `${application} has no wrong endpoint`,
    );
    const lost = now.filter((one) => period.always(one) && !shown.includes(one));
    assert.deepEqual(lost, [], `${application} has lost no endpoint`);
    if (!now.every((one) => period.always(one))) continue;
    assert.equal(lines.get(application), linesBefore.get(application), `${application} is the same to the byte`);
  }
}

/** A line for each endpoint. */
function told(endpoints: Endpoints): string {
  return [...endpoints].flatMap(([application, all]) => all.map((one) => `${application} ${one}`)).join('\n');
}

/** By application. */
function linesOf(entries: string): ReadonlyMap<string, string> {
  const lines = entries === '' ? [] : entries.split('\n');
  return new Map(
    lines.map((line) => {
      const name = line.slice(0, line.indexOf(' '));
      return [NAME.exec(name)?.[1] ?? name, line];
    }),
  );
}

function held(entries: string): Endpoints {
  const endpoints = [...linesOf(entries)].map(([application, line]) => {
    const { spec } = JSON.parse(line.slice(line.indexOf(' '))) as StoredConfig;
    const listed = (spec['endpoints'] ?? []) as { readonly address: string; readonly ports: Record<string, number> }[];
    return [
      application,
      listed.map(({ address, ports }) => `${address}:${Object.values(ports).join()}`).sort(),
    ] as const;
  });
  return new Map(endpoints);
}
