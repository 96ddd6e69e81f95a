// Fail static, fault by fault: whatever a Eureka server answers, and whoever of bridge and istiod dies meanwhile, istiod keeps
// every entry to the byte, callers are served, the operator is told, and changes flow again by themselves.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig, eurekaRegistry } from './run/bridge.ts';
import { call, type Route } from './run/call.ts';
import { Envoy } from './run/envoy.ts';
import { EurekaInstances } from './run/eureka-instances.ts';
import { EUREKA_FAULTS, type Seen } from './run/eureka-misbehaviour.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { FaultProxy } from './run/fault-proxy.ts';
import { fleet } from './run/fleet.ts';
import { type RunningInstance, runInstance } from './run/instances-of.ts';
import { Istiod } from './run/istiod.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';
import { Watch } from './run/watch.ts';

const HOST = 'orders.payments.eureka';
const ESTATE = fleet(9, 2);
const [NOT_FOUND, EMPTY, HALF] = ['answers 404', 'answers an empty list', 'lacks half of the applications'].map(
  (name) => EUREKA_FAULTS.find((fault) => fault.name === name),
);
/** A stopped process is stopped for longer than the bridge waits for an answer. */
const STOPPED_MS = 5_000;

describe('35. No fault of Eureka deletes an entry', await needPeers('istiod', 'envoy', 'eureka'), () => {
  const teardown = new Teardown();
  let eureka: EurekaServer;
  let proxy: FaultProxy;
  let instances: EurekaInstances;
  let orders: readonly [RunningInstance, RunningInstance];
  let bridge: Bridge;
  let istiod: Istiod;
  let envoy: Envoy;

  before(async () => {
    eureka = await EurekaServer.start(teardown);
    proxy = await FaultProxy.start(teardown, eureka.port);
    instances = EurekaInstances.start(teardown, [eureka.url]);
    orders = [await runInstance(teardown, 'orders', 0), await runInstance(teardown, 'orders', 1)];
    await instances.register(orders[0].registration, ...ESTATE);
    await eureka.untilLists(ESTATE.length + 1);
    const scope = { exclude: [{ app: ['OTHER-*'] }] };
    // Whole reads alone: what the proxy makes of a list would not agree with the changes that the server tells.
    const registry = eurekaRegistry([proxy.url], { delta: false, holdFor: '10m', maxBytes: '8MiB', scope });
    const state = { file: join(scratchFolder(teardown, 'state'), 'state.json') };
    bridge = await Bridge.start(teardown, bridgeConfig([], { registries: { eureka: registry }, state }));
    istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await istiod.untilReady();
    envoy = await Envoy.start(teardown, istiod);
    await envoy.untilHosts(HOST, 80, [orders[0].endpoint]);
  });
  after(() => teardown.run());

  /** Whatever happens, no entry goes or changes, and each call is answered; afterwards a change arrives, and goes again. */
  async function survives(happening: () => Promise<void>): Promise<void> {
    const route: Route = { kind: 'proxy', port: istiod.ports.httpProxy };
    const before = await istiod.serviceEntriesText();
    const entries = Watch.start(teardown, 'the entries', () => istiod.serviceEntriesText());
    const traffic = Watch.start(teardown, 'the traffic', async () => {
      const { status, body } = await call(route, HOST);
      return status === 200 ? body : `status ${status}`;
    });
    await happening();
    proxy.setMode('pass');
    await untilHolds(async () => {
      assert.equal((await bridge.registries())[0]?.state, 'live');
      assert.deepEqual(await bridge.holds(), []);
    }, 'the registry is read again, and nothing is held');
    for (const seen of (await entries.end()).keys()) assertKept(before, seen);
    assert.deepEqual([...(await traffic.end()).keys()], ['orders-0'], 'every call was answered');
    await instances.register(orders[1].registration);
    await envoy.untilHosts(HOST, 80, [orders[0].endpoint, orders[1].endpoint]);
    await instances.deregister(orders[1].registration);
    await envoy.untilHosts(HOST, 80, [orders[0].endpoint]);
    await untilHolds(async () => assertSame(before, await istiod.serviceEntriesText()), 'all is as it was');
    assert.deepEqual(await istiod.complaints(), []);
  }

  /** The page, a metric and the log say it. */
  async function untilTold(seen: Seen): Promise<void> {
    await untilHolds(
      async () => {
        if (seen.kind === 'hold') return bridge.assertHolds(seen.reason);
        const [registry] = await bridge.registries();
        assert.deepEqual([registry?.state, registry?.lastError?.code], ['stale', seen.code]);
        assert.equal((await bridge.metrics()).sum('footbridge_registry_up'), 0);
        const isTold = bridge.process.lines.some(
          (line) => line.includes('eureka.read_failed') && line.includes(seen.code),
        );
        assert.ok(isTold, 'the log says it');
      },
      `the operator is told: ${seen.kind === 'error' ? seen.code : seen.reason}`,
    );
  }

  describe('whatever it answers', () => {
    for (const { name, misbehave, seen } of EUREKA_FAULTS) {
      test(`that ${name}`, () =>
        survives(async () => {
          proxy.setMode(misbehave);
          await untilTold(seen);
          await bridge.untilPolled(2);
        }));
    }
  });

  describe('and the bridge', () => {
    for (const fault of [NOT_FOUND, EMPTY, HALF]) {
      test(`is killed and started again while it ${fault?.name}`, () =>
        survives(async () => {
          assert.ok(fault !== undefined);
          proxy.setMode(fault.misbehave);
          await untilTold(fault.seen);
          await bridge.kill();
          await bridge.startAgain();
          await untilToldAgain(fault.seen);
          await bridge.untilPolled(2);
        }));
    }

    test('is stopped for a while, and goes on', () =>
      survives(async () => {
        bridge.process.freeze();
        await pause(STOPPED_MS);
        bridge.process.thaw();
        await bridge.untilPolled(2);
      }));
  });

  describe('and istiod', () => {
    test('is killed and started again in an outage: it has everything before it is ready', async () => {
      const before = await istiod.serviceEntriesText();
      proxy.setMode('refuse');
      await untilTold({ kind: 'error', code: 'EUREKA_SERVER_ERROR' });
      await istiod.process.kill();
      await istiod.restart();
      await istiod.untilReady();
      assertSame(before, await istiod.serviceEntriesText());
      await untilProxyIsBack();
      await survives(async () => {});
    });

    test('is started again together with the bridge, which was killed, in an outage', async () => {
      const before = await istiod.serviceEntriesText();
      proxy.setMode('refuse');
      await untilTold({ kind: 'error', code: 'EUREKA_SERVER_ERROR' });
      await Promise.all([bridge.kill(), istiod.process.kill()]);
      await bridge.startAgain();
      await istiod.restart();
      await istiod.untilReady();
      assertSame(before, await istiod.serviceEntriesText());
      await untilProxyIsBack();
      await survives(async () => {});
    });

    test('is stopped for a while, and is told what it missed', async () => {
      istiod.process.freeze();
      await instances.register(orders[1].registration);
      await bridge.untilPolled(2);
      istiod.process.thaw();
      await envoy.untilHosts(HOST, 80, [orders[0].endpoint, orders[1].endpoint]);
      await instances.deregister(orders[1].registration);
      await envoy.untilHosts(HOST, 80, [orders[0].endpoint]);
    });
  });

  /**
   * For a proxy that connects after a push of endpoints alone, this istiod counts domains twice (`pilot_vservice_dup_domain`) where two
   * services share a port of gRPC, whatever they are from.
   */
  async function untilProxyIsBack(): Promise<void> {
    await untilHolds(async () => assert.equal((await istiod.metrics()).sum('pilot_xds'), 1), 'the proxy is back');
  }

  /** The same of a bridge that was started meanwhile: what it has not read itself it cannot call gone, so it holds or fails. */
  async function untilToldAgain(seen: Seen): Promise<void> {
    if (seen.kind === 'hold') return untilTold(seen);
    await waitFor(async () => {
      const [registry] = await bridge.registries();
      return (
        registry?.lastError?.code === seen.code && (await bridge.metrics()).sum('footbridge_registry_restored') === 1
      );
    }, `it serves what a former process read: ${seen.code}`);
  }
});

/** Every entry that was there is there, the same to the byte. Others may have come. */
function assertKept(before: string, seen: string): void {
  const lines = new Set(seen.split('\n'));
  assert.deepEqual(
    before.split('\n').filter((line) => !lines.has(line)),
    [],
  );
}

function assertSame(before: string, now: string): void {
  assert.deepEqual(now.split('\n'), before.split('\n'));
}
