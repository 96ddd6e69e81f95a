// What a reader is not given is not taken for gone: rights that are taken away, a chroot and a root that are missing or deleted, a
// server that is down when the bridge starts.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { DubboEstate, estateAt, SMALL_ESTATE } from './run/dubbo-estate.ts';
import { DubboScene, LONG_SESSION, LONG_SESSIONS } from './run/dubbo-scene.ts';
import { scenes } from './run/scenes.ts';
import { scratchFolder } from './run/scratch.ts';
import { TcpFaultProxy } from './run/tcp-fault-proxy.ts';
import { untilHolds } from './run/wait-for.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';
import { ZooKeeperWriter } from './run/zookeeper-writer.ts';

/** Longer than it takes to write a small estate: what is half there is not all there is. */
const PATIENT_GUARD = { guard: { removalDebounce: '10s', emptyGrace: '20s' } };

const need = await needPeers('istiod', 'zookeeper');

describe('22. What ZooKeeper withholds stays', { ...need, concurrency: 3 }, () => {
  scenes('the right to read', (teardown) => {
    let proxy: TcpFaultProxy;
    let owner: ZooKeeperWriter;
    let scene: DubboScene;
    before(async () => {
      const zookeeper = await ZooKeeperServer.start(teardown, LONG_SESSIONS);
      proxy = await TcpFaultProxy.start(teardown, zookeeper.port);
      const estate = await estateAt(zookeeper.address, { interfaces: 1, digest: 'owner:o-secret' });
      owner = await ZooKeeperWriter.start(teardown, zookeeper.address, 'owner:o-secret');
      const reader = await ZooKeeperWriter.start(teardown, zookeeper.address, 'bridge:b-secret');
      await reader.setReadable(estate.directory(SMALL_ESTATE.applications - 1), false);
      const passwordFile = join(scratchFolder(teardown, 'password'), 'password');
      writeFileSync(passwordFile, 'b-secret\n');
      const auth = { scheme: 'digest', username: 'bridge', passwordFile };
      scene = await DubboScene.start(teardown, estate, [proxy.address], { ...LONG_SESSION, auth });
    });

    test('a directory that only the bridge may read is read with its digest', () => scene.untilSettled());

    test('is taken away for one interface, and given back', () =>
      scene.survives(['suspended', 'reconnected'], async () => {
        const { estate, bridge } = scene;
        const forbidden = estate.next;
        await owner.setReadable(estate.directory(forbidden), false);
        // A changed right fires no watch.
        proxy.cut();
        await untilHolds(async () => {
          assert.equal((await bridge.metrics()).sum('footbridge_problems', { code: 'PATH_UNREADABLE' }), 1);
        }, 'the path is reported');
        const other = forbidden + 1;
        await estate.replaceInstances(2);
        await scene.untilShown(other);
        await owner.setReadable(estate.directory(forbidden), true);
        await scene.untilShown(forbidden);
        assert.equal((await bridge.metrics()).sum('footbridge_problems', { code: 'PATH_UNREADABLE' }), 0);
      }));
  });

  scenes('the root', (teardown) => {
    let estate: DubboEstate;
    let scene: DubboScene;
    before(async () => {
      const zookeeper = await ZooKeeperServer.start(teardown);
      estate = new DubboEstate({ servers: zookeeper.address, ...SMALL_ESTATE, chroot: '/teams' });
      scene = await DubboScene.start(teardown, estate, [zookeeper.address], { chroot: '/teams' }, PATIENT_GUARD);
    });

    test('is missing at the start together with the chroot, and is created', async () => {
      await untilHolds(async () => {
        const [registry] = await scene.bridge.registries();
        assert.deepEqual([registry?.state, registry?.lastError?.code], ['waiting', 'ZOOKEEPER_NO_ROOT']);
      }, 'it says so');
      await estate.create();
      await scene.untilSettled();
      assert.deepEqual(scene.states, ['connected']);
    });

    test('is deleted with all that is below it, and created again node by node', () =>
      scene.survives([], async () => {
        await estate.remove();
        await scene.untilStale('ZOOKEEPER_NO_ROOT');
        await estate.createNodeByNode();
        // "Everything is gone" may have been seen in between, and is held until all of it is back.
        await untilHolds(async () => {
          const [registry] = await scene.bridge.registries();
          const metrics = await scene.bridge.metrics();
          const listed = metrics.sum('footbridge_registry_instances');
          const held = metrics.sum('footbridge_guard_held_removals');
          assert.deepEqual([registry?.state, listed, held], ['live', [...estate.expected().values()].flat().length, 0]);
        }, 'all of it is listed again, and nothing held');
      }));
  });

  scenes('a server that is down', (teardown) => {
    test('when the bridge starts is read when it comes up', async () => {
      const zookeeper = await ZooKeeperServer.start(teardown);
      const estate = await estateAt(zookeeper.address);
      await zookeeper.stop();
      const scene = await DubboScene.start(teardown, estate, [zookeeper.address]);
      await scene.istiod.untilReady();
      assert.deepEqual(scene.states, []);
      await zookeeper.startAgain();
      await scene.untilSettled();
      assert.deepEqual(scene.states, ['connected']);
    });
  });
});
