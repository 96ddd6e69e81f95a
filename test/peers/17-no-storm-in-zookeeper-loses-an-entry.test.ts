// What only large or restless registries do to their readers: floods of changes, thousands of watches over a reconnect, one huge
// directory. istiod loses no entry and gets no wrong one. Figures of a large estate are told on the way.
import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { systemClock } from '../../src/lib/clock.ts';
import { readConfigSource, SERVICE_ENTRY_TYPE_URL } from '../../src/probe/config-source.ts';
import { needPeers } from './build/peers.ts';
import { Bridge, type BridgeConfig, bridgeConfig, dubboRegistry } from './run/bridge.ts';
import { DubboEstate, ESTATE_RANGE, type EstateOptions, SMALL_ESTATE } from './run/dubbo-estate.ts';
import { DubboScene, LONG_SESSION, LONG_SESSIONS } from './run/dubbo-scene.ts';
import { TcpFaultProxy } from './run/tcp-fault-proxy.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';
import { ZooKeeperWire } from './run/zookeeper-wire.ts';

/** Where nothing that the machine is slow with may end a session. */
const PATIENT = { ...LONG_SESSION, requestTimeout: '20s' };
const EXISTS = 3;
/** Ten times as many as pass in a good run. */
const MOST_CHANGES = 1_000_000;

const need = await needPeers('istiod', 'zookeeper');

/** A large estate, and the proxy before its server. */
interface Registry {
  readonly zookeeper: ZooKeeperServer;
  readonly estate: DubboEstate;
  readonly proxy: TcpFaultProxy;
  readonly wire: ZooKeeperWire;
}

describe('17. No storm in ZooKeeper loses an entry', need, () => {
  describe('a flood of changes that mean nothing', () => {
    const teardown = new Teardown();
    after(() => teardown.run());

    test('longer than the session timeout', async (t) => {
      const { estate, proxy, wire } = await start(teardown, SMALL_ESTATE);
      const scene = await DubboScene.start(teardown, estate, [proxy.address], { sessionTimeout: '6s' });
      const heartbeats = (): number => wire.operations.get(EXISTS) ?? 0;
      let changes = 0;
      await scene.survives([], async () => {
        const before = heartbeats();
        // A heartbeat goes out each third of the session timeout.
        while (heartbeats() < before + 4) {
          changes += await estate.flicker();
          assert.ok(changes < MOST_CHANGES, 'heartbeats go out');
        }
      });
      t.diagnostic(`${changes} changes`);
    });
  });

  describe('2,000 interfaces with 5 providers each', () => {
    const teardown = new Teardown();
    let registry: Registry;
    let scene: DubboScene;
    before(async () => {
      registry = await start(teardown, { applications: 200, interfaces: 10, instancesEach: 5 });
    });
    after(() => teardown.run());

    test('what is read and watched follows the scope', async (t) => {
      const whole = await firstRead(t, registry, 'everything', {});
      const scope = { include: [{ interface: ['com.acme.area07.*'] }] };
      const part = await firstRead(t, registry, 'a scope of 1 %', { scope });
      assert.equal(whole.entries, 200);
      assert.equal(part.entries, 2);
      assert.ok(whole.watched >= 6_000, `${whole.watched} paths are watched`);
      assert.ok(part.watched <= whole.watched / 80, `${part.watched} paths are watched`);
      assert.ok(part.requests <= whole.requests / 80, `${part.requests} requests`);
    });

    test('all of them change at once', async () => {
      scene = await DubboScene.start(teardown, registry.estate, [registry.proxy.address], PATIENT);
      await scene.survives([], () => registry.estate.replaceInstances(200));
    });

    test('all of them change at once while the session reconnects', () =>
      scene.survives(['suspended', 'reconnected'], async () => {
        const replaced = registry.estate.replaceInstances(200);
        registry.proxy.cut();
        await replaced;
      }));

    test('all of them change at once, and the connection is cut again in the middle of reading everything anew', () =>
      scene.survives(['suspended', 'reconnected', 'suspended', 'reconnected'], async () => {
        const replaced = registry.estate.replaceInstances(200);
        registry.proxy.cut();
        registry.proxy.cutAfter(2_000_000);
        await replaced;
      }));
  });

  describe('11,000 watched paths', () => {
    const teardown = new Teardown();
    after(() => teardown.run());

    test('are watched again after a reconnect', async (t) => {
      const registry = await start(teardown, { applications: 370, interfaces: 10, instancesEach: 2 });
      const { zookeeper, estate, proxy, wire } = registry;
      const scene = await DubboScene.start(teardown, estate, [proxy.address], PATIENT);
      await scene.survives(['suspended', 'reconnected'], async () => {
        assert.ok((await watches(zookeeper)) >= 11_000);
        proxy.cut();
        await estate.replaceInstances(5);
      });
      const watched = await watches(zookeeper);
      t.diagnostic(`${watched} paths, longest request ${wire.longestRequest} bytes`);
      assert.ok(watched >= 11_000, `${watched} paths are watched again`);
      assert.deepEqual(wire.writes, [], 'no request writes, and none sends watches again');
      assert.ok(wire.longestRequest < 1_000, `the longest request has ${wire.longestRequest} bytes`);
    });
  });

  describe('a directory with 20,000 children', () => {
    const teardown = new Teardown();
    let registry: Registry;
    let scene: DubboScene;
    before(async () => {
      registry = await start(teardown, { applications: 20, interfaces: 'one for all', instancesEach: 1_000 });
      scene = await DubboScene.start(teardown, registry.estate, [registry.proxy.address], PATIENT);
    });
    after(() => teardown.run());

    test('is read, and read again when it changes', () =>
      scene.survives([], () => registry.estate.replaceInstances(20)));

    test('is read again when its answer was cut off in the middle', () =>
      scene.survives(['suspended', 'reconnected'], async () => {
        registry.proxy.cutAfter(5_000_000);
        await registry.estate.replaceInstances(20);
        await waitFor(() => scene.states.at(-1) === 'reconnected', 'the session is back');
      }));
  });
});

async function start(teardown: Teardown, shape: Omit<EstateOptions, 'servers'>): Promise<Registry> {
  const zookeeper = await ZooKeeperServer.start(teardown, LONG_SESSIONS);
  const estate = new DubboEstate({ servers: zookeeper.address, ...shape });
  await estate.create();
  const proxy = await TcpFaultProxy.start(teardown, zookeeper.port);
  return { zookeeper, estate, proxy, wire: new ZooKeeperWire(proxy) };
}

/** A bridge of its own, from its launch to its first complete answer, as a client sees it. */
async function firstRead(
  t: TestContext,
  { zookeeper, proxy, wire }: Registry,
  what: string,
  changes: BridgeConfig,
): Promise<{ readonly entries: number; readonly watched: number; readonly requests: number }> {
  const teardown = new Teardown();
  try {
    wire.operations.clear();
    const launchedAtMs = Date.now();
    const registries = { rpc: dubboRegistry([proxy.address], { ...PATIENT, ...changes }) };
    const config = { registries, admit: { addresses: [ESTATE_RANGE] }, coldStart: { bound: 'never' } };
    const bridge = await Bridge.start(teardown, bridgeConfig([], config));
    const deps = { clock: systemClock, random: Math.random };
    const answers = await readConfigSource({ address: bridge.hostPort, name: 'first-read' }, 120_000, deps);
    const tookMs = Date.now() - launchedAtMs;
    const entries = answers.get(SERVICE_ENTRY_TYPE_URL)?.resources.size ?? 0;
    const watched = await watches(zookeeper);
    const requests = [...wire.operations.values()].reduce((sum, count) => sum + count, 0);
    const residentBytes = (await bridge.metrics()).sum('process_resident_memory_bytes');
    const megabytes = Math.round(residentBytes / 2 ** 20);
    t.diagnostic(
      `${what}: ${tookMs} ms from the launch to ${entries} entries, ${requests} requests, ${watched} watches, ${megabytes} MiB resident`,
    );
    return { entries, watched, requests };
  } finally {
    await teardown.run();
  }
}

/** As the server counts them, over all sessions; `wchs` would leave out those of children. */
async function watches(zookeeper: ZooKeeperServer): Promise<number> {
  const answer = await zookeeper.ask('mntr');
  return Number(/^zk_watch_count\t(\d+)$/m.exec(answer)?.[1]);
}
