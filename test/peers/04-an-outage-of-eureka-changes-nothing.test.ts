// Fail static: whatever becomes of Eureka, istiod keeps every entry to the byte and callers are served; when Eureka is back,
// changes flow again by themselves.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig, eurekaRegistry } from './run/bridge.ts';
import { changedLines } from './run/comparable.ts';
import { Envoy } from './run/envoy.ts';
import { EurekaInstances } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { FaultProxy } from './run/fault-proxy.ts';
import { fleet } from './run/fleet.ts';
import { type RunningInstance, runInstance } from './run/instances-of.ts';
import { Istiod } from './run/istiod.ts';
import { Teardown } from './run/teardown.ts';
import { answersDuring } from './run/traffic.ts';
import { Watch } from './run/watch.ts';

const HOST = 'orders.payments.eureka';
const ESTATE = fleet(6, 2);

interface Scene {
  readonly bridge: Bridge;
  readonly istiod: Istiod;
  readonly envoy: Envoy;
  readonly instances: EurekaInstances;
  readonly running: readonly [RunningInstance, RunningInstance, RunningInstance];
}

describe('4. An outage of Eureka changes nothing', await needPeers('istiod', 'envoy', 'eureka'), () => {
  describe('of the only server', () => {
    const teardown = new Teardown();
    let eureka: EurekaServer;
    let proxy: FaultProxy;
    let scene: Scene;
    before(async () => {
      eureka = await EurekaServer.start(teardown);
      proxy = await FaultProxy.start(teardown, eureka.port);
      // Clients renew every 30 s, as they do by default, so that a restarted server fills over that time.
      scene = await setUp(teardown, [eureka], [proxy.url], 30_000);
    });
    after(() => teardown.run());

    test('stopped, and started again empty, filling over 30 s', async () => {
      await unchangedDuring(teardown, scene, async () => {
        await eureka.stop();
        await scene.bridge.untilPolled(3);
        // Nobody renews before the bridge has read the empty list three times.
        scene.instances.suspendHeartbeats();
        eureka.startAgain();
        await eureka.untilReady();
        await scene.bridge.untilPolled(3);
        scene.instances.resumeHeartbeats();
        await eureka.untilLists(ESTATE.length + 2);
        await scene.bridge.untilPolled(3);
      });
      await changesFlow(scene);
    });

    test('frozen: connections open, no answer comes', async () => {
      await unchangedDuring(teardown, scene, async () => {
        eureka.process.freeze();
        await scene.bridge.untilPolled(3);
        eureka.process.thaw();
      });
      await changesFlow(scene);
    });

    test('answering 503 to everything', async () => {
      await unchangedDuring(teardown, scene, async () => {
        proxy.setMode('refuse');
        await scene.bridge.untilPolled(3);
        proxy.setMode('pass');
      });
      await changesFlow(scene);
    });
  });

  describe('of one of two servers', () => {
    const teardown = new Teardown();
    after(() => teardown.run());

    test('whichever of them is killed, the bridge goes on with the other inside one poll', async () => {
      const servers = await EurekaServer.startPair(teardown);
      const urls = servers.map(({ url }) => url);
      const scene = await setUp(teardown, servers, urls, 3_000);
      const { running, instances, envoy } = scene;
      const [first, second, third] = running;
      // The bridge stays with one of them; which one is its own choice, so each has its turn. What changed while a server was down must stay until
      // the other's turn is over: the one that stayed up replays every change to the other, even one that it has taken back since, for a
      // moment or, where a renewal is among them, for the length of a lease.
      const changes = [
        async () => {
          await instances.register(third.registration);
          await envoy.untilHosts(HOST, 80, [first.endpoint, second.endpoint, third.endpoint]);
        },
        async () => {
          await instances.deregister(third.registration);
          await envoy.untilHosts(HOST, 80, [first.endpoint, second.endpoint]);
        },
      ];
      for (const [turn, server] of servers.entries()) {
        const answering = ['orders-0', 'orders-1', 'orders-2'].slice(0, 2 + turn);
        const states = Watch.start(
          teardown,
          'the reading',
          async () => (await scene.bridge.registries())[0]?.state ?? '',
        );
        const outage = async () => {
          await server.process.kill();
          await scene.bridge.untilPolled(3);
        };
        await unchangedDuring(teardown, scene, outage, answering);
        assert.deepEqual([...(await states.end()).keys()], ['live'], 'no poll went without an answer');
        await changes[turn]?.();
        server.startAgain();
        for (const each of servers) await each.untilLists(ESTATE.length + 3 - turn);
      }
    });
  });
});

/** Two instances of `orders` with traffic, a third that may come, and an estate that nobody calls. */
async function setUp(
  teardown: Teardown,
  servers: readonly EurekaServer[],
  bridgeUrls: readonly string[],
  heartbeatMs: number,
): Promise<Scene> {
  const instances = EurekaInstances.start(
    teardown,
    servers.map(({ url }) => url),
    heartbeatMs,
  );
  const running = [
    await runInstance(teardown, 'orders', 0),
    await runInstance(teardown, 'orders', 1),
    await runInstance(teardown, 'orders', 2),
  ] as const;
  await instances.register(running[0].registration, running[1].registration, ...ESTATE);
  for (const server of servers) await server.untilLists(ESTATE.length + 2);
  // Servers that replicate to each other register themselves too.
  const scope = { exclude: [{ app: ['eureka-server'] }] };
  const registries = { eureka: eurekaRegistry(bridgeUrls, { scope }) };
  const bridge = await Bridge.start(teardown, bridgeConfig(bridgeUrls, { registries }));
  const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
  await istiod.untilReady();
  const envoy = await Envoy.start(teardown, istiod);
  await envoy.untilHosts(HOST, 80, [running[0].endpoint, running[1].endpoint]);
  return { bridge, istiod, envoy, instances, running };
}

/** istiod's entries and the answers to callers, asked all the time while `happening` goes on; `answering` are all who answer. */
async function unchangedDuring(
  teardown: Teardown,
  scene: Scene,
  happening: () => Promise<void>,
  answering: readonly string[] = ['orders-0', 'orders-1'],
): Promise<void> {
  const { istiod } = scene;
  const entriesBefore = await istiod.serviceEntriesText();
  const entries = Watch.start(teardown, 'the entries', () => istiod.serviceEntriesText());
  await answersDuring(teardown, { istiod, host: HOST, answering }, happening);
  for (const seen of (await entries.end()).keys()) assert.deepEqual(changedLines(entriesBefore, seen), []);
}

/** After the outage, without a restart of anything: a third instance joins and leaves. */
async function changesFlow({ envoy, instances, running: [first, second, third] }: Scene): Promise<void> {
  await instances.register(third.registration);
  await envoy.untilHosts(HOST, 80, [first.endpoint, second.endpoint, third.endpoint]);
  await instances.deregister(third.registration);
  await envoy.untilHosts(HOST, 80, [first.endpoint, second.endpoint]);
}
