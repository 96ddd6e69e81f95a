// Fail static with ZooKeeper: whatever becomes of it or of the network before it, istiod loses no entry and gets no wrong one,
// and the session of the bridge goes through exactly the states that such a fault brings about.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { needPeers } from './build/peers.ts';
import { estateAt } from './run/dubbo-estate.ts';
import { DubboScene, LONG_SESSION, LONG_SESSIONS } from './run/dubbo-scene.ts';
import { scenes } from './run/scenes.ts';
import { connectedServer, sessionEvents } from './run/session-events.ts';
import { TcpFaultProxy } from './run/tcp-fault-proxy.ts';
import { waitFor } from './run/wait-for.ts';
import { ZooKeeperEnsemble } from './run/zookeeper-ensemble.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';
import { ZooKeeperWire } from './run/zookeeper-wire.ts';
import { endSession } from './run/zookeeper-writer.ts';

/** Bytes that end within the answer for one directory, behind the event that led to the question. */
const MIDDLE_OF_AN_ANSWER = 600;

const need = await needPeers('istiod', 'zookeeper', 'zookeeper35', 'zookeeper34');

describe('16. No fault of ZooKeeper loses an entry', { ...need, concurrency: 4 }, () => {
  scenes('a network that lets nothing through', (teardown) => {
    let proxy: TcpFaultProxy;
    let scene: DubboScene;
    before(async () => {
      const zookeeper = await ZooKeeperServer.start(teardown);
      proxy = await TcpFaultProxy.start(teardown, zookeeper.port);
      scene = await DubboScene.start(teardown, await estateAt(zookeeper.address), [proxy.address]);
    });

    for (const seconds of [10, 60])
      test(`for ${seconds} seconds`, () =>
        scene.survives(['lost', 'connected'], async () => {
          proxy.setFault({ kind: 'black-hole' });
          await scene.estate.replaceInstances(2);
          await pause(seconds * 1000);
          proxy.setFault({ kind: 'pass' });
        }));
  });

  scenes('a server that is paused', (teardown) => {
    let zookeeper: ZooKeeperServer;
    let scene: DubboScene;
    before(async () => {
      zookeeper = await ZooKeeperServer.start(teardown);
      scene = await DubboScene.start(teardown, await estateAt(zookeeper.address), [zookeeper.address]);
    });

    for (const seconds of [10, 60])
      test(`for ${seconds} seconds`, () =>
        scene.survives(['lost', 'connected'], async () => {
          await scene.estate.replaceInstances(2);
          zookeeper.process.freeze();
          await pause(seconds * 1000);
          zookeeper.process.thaw();
          await zookeeper.untilServing();
        }));
  });

  scenes('a connection', (teardown) => {
    let zookeeper: ZooKeeperServer;
    let proxies: readonly TcpFaultProxy[];
    let wires: readonly ZooKeeperWire[];
    let scene: DubboScene;
    before(async () => {
      zookeeper = await ZooKeeperServer.start(teardown, LONG_SESSIONS);
      proxies = [
        await TcpFaultProxy.start(teardown, zookeeper.port),
        await TcpFaultProxy.start(teardown, zookeeper.port),
      ];
      wires = proxies.map((proxy) => new ZooKeeperWire(proxy));
      const addresses = proxies.map(({ address }) => address);
      scene = await DubboScene.start(teardown, await estateAt(zookeeper.address), addresses, LONG_SESSION);
    });

    /** Which of the two ways the bridge has taken. */
    function taken(): number {
      return proxies.findIndex(({ address }) => address === connectedServer(scene.bridge.process.lines));
    }

    test('is cut in the middle of an answer', async () => {
      await scene.survives(['suspended', 'reconnected'], async () => {
        proxies[taken()]?.cutAfter(MIDDLE_OF_AN_ANSWER);
        await scene.estate.replaceInstances(2);
        await waitFor(() => scene.states.at(-1) === 'reconnected', 'the session is back');
      });
      const ended = sessionEvents(scene.bridge.process.lines).find(({ event }) => event === 'zookeeper.suspended');
      assert.equal(ended?.code, 'ZOOKEEPER_BROKEN_ANSWER');
    });

    test('is cut, and the other server takes connections without a word', async () => {
      await scene.survives(['suspended', 'reconnected'], async () => {
        const [former, silent] = [taken(), 1 - taken()];
        proxies[silent]?.setFault({ kind: 'black-hole' });
        proxies[former]?.cut();
        await scene.estate.replaceInstances(2);
        await waitFor(() => scene.states.at(-1) === 'reconnected', 'the session is back');
        assert.equal(taken(), former);
        proxies[silent]?.setFault({ kind: 'pass' });
      });
      const failed = sessionEvents(scene.bridge.process.lines).find(
        ({ event }) => event === 'zookeeper.connect_failed',
      );
      assert.equal(failed?.code, 'ZOOKEEPER_TIMEOUT', 'it was left when its time was over');
    });

    test('outlives its session, which the server ends', () =>
      scene.survives(['suspended', 'lost', 'connected'], async () => {
        const session = await waitFor(() => wires[taken()]?.session, 'its session is known');
        await endSession(zookeeper.address, session);
        await scene.estate.replaceInstances(2);
      }));

    test('ends because the server is restarted', () =>
      scene.survives(['suspended', 'reconnected'], async () => {
        await zookeeper.stop();
        await zookeeper.startAgain();
        await scene.estate.replaceInstances(2);
      }));

    test('never carried a request that writes', () => {
      assert.deepEqual(
        wires.flatMap(({ writes }) => writes),
        [],
      );
    });
  });

  scenes('an ensemble', (teardown) => {
    let ensemble: ZooKeeperEnsemble;
    let scene: DubboScene;
    before(async () => {
      ensemble = await ZooKeeperEnsemble.start(teardown, 3, LONG_SESSIONS);
      const leader = await ensemble.leader();
      // Of the followers alone, so that its own server and the leader can be lost one at a time.
      const followers = ensemble.addresses.filter((address) => address !== leader.address);
      scene = await DubboScene.start(teardown, await estateAt(ensemble.addresses.join()), followers, LONG_SESSION);
    });

    test('loses the follower that is connected', () =>
      scene.survives(['suspended', 'reconnected'], async () => {
        const address = connectedServer(scene.bridge.process.lines);
        const follower = ensemble.members.find((member) => member.address === address);
        assert.equal(await follower?.mode(), 'follower');
        await follower?.kill();
        await scene.estate.replaceInstances(2);
        await waitFor(() => scene.states.at(-1) === 'reconnected', 'the session is back');
        await follower?.startAgain();
      }));

    test('loses its leader', () =>
      scene.survives(['suspended', 'reconnected'], async () => {
        await ensemble.killLeader();
        await scene.estate.replaceInstances(2);
      }));
  });

  scenes('an older server', (teardown) => {
    test('3.5: reading, changes, a reconnect', async () => {
      const zookeeper = await ZooKeeperServer.start(teardown, { line: '3.5', ...LONG_SESSIONS });
      const proxy = await TcpFaultProxy.start(teardown, zookeeper.port);
      const scene = await DubboScene.start(teardown, await estateAt(zookeeper.address), [proxy.address], LONG_SESSION);
      await scene.survives([], () => scene.estate.replaceInstances(2));
      await scene.survives(['suspended', 'reconnected'], async () => {
        proxy.cut();
        await scene.estate.replaceInstances(2);
      });
    });

    test('3.4: reading', async () => {
      const zookeeper = await ZooKeeperServer.start(teardown, { line: '3.4' });
      const scene = await DubboScene.start(teardown, await estateAt(zookeeper.address), [zookeeper.address]);
      await scene.untilSettled();
      assert.deepEqual(scene.states, ['connected']);
    });
  });
});
