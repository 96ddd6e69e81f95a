// What ZooKeeper may lose or say wrongly, beside the faults of 16, 17 and 22: the bridge of these holds what it cannot believe, is
// killed meanwhile, and istiod too. No entry is lost, none is wrong, callers are served, and the operator is told.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { needPeers } from './build/peers.ts';
import { startBackend } from './run/backend.ts';
import { estateAt, SMALL_ESTATE } from './run/dubbo-estate.ts';
import { DubboScene, LONG_SESSION, LONG_SESSIONS } from './run/dubbo-scene.ts';
import { scenes } from './run/scenes.ts';
import { scratchFolder } from './run/scratch.ts';
import { sessionEvents } from './run/session-events.ts';
import { TcpFaultProxy } from './run/tcp-fault-proxy.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';

const HALF = SMALL_ESTATE.applications / 2;
const ALL = SMALL_ESTATE.applications;
/** Longer than changes take to arrive. */
const STOPPED_MS = 6_000;
/** Shorter than a request may take: else the session is suspended, or not, by what was under way. */
const SHORTLY_MS = 2_000;

describe('36. No loss in ZooKeeper deletes an entry', {
  ...(await needPeers('istiod', 'envoy', 'zookeeper')),
  concurrency: 2,
}, () => {
  scenes('what is gone at one moment', (teardown) => {
    let scene: DubboScene;
    before(async () => {
      const zookeeper = await ZooKeeperServer.start(teardown, LONG_SESSIONS);
      const state = { file: join(scratchFolder(teardown, 'state'), 'state.json') };
      const estate = await estateAt(zookeeper.address, { called: await startBackend(teardown, 'quotes', 0) });
      const registry = { ...LONG_SESSION, holdFor: '10m' };
      scene = await DubboScene.start(teardown, estate, [zookeeper.address], registry, { state });
      await scene.untilSettled();
      await scene.startTraffic();
    });

    for (const [what, applications, reason] of [
      ['half of the applications', HALF, 'many-gone'],
      ['every application', ALL, 'everything-gone'],
    ] as const) {
      test(`${what}: held, told, and as before when they are back`, () =>
        scene.survives([], async () => {
          await scene.estate.withdraw(applications);
          await untilHeld(scene, reason);
          await scene.estate.giveBack(applications);
          await untilNothingHeld(scene);
        }));

      test(`${what}, and the bridge is killed and started again meanwhile`, () =>
        scene.survives(['connected'], async () => {
          await scene.estate.withdraw(applications);
          await untilHeld(scene, reason);
          await scene.bridge.kill();
          await scene.bridge.startAgain();
          await waitFor(() => scene.states.at(-1) === 'connected', 'it reads again');
          await untilHeld(scene, reason);
          await scene.estate.giveBack(applications);
          await untilNothingHeld(scene);
        }));
    }
  });

  scenes('a backup', (teardown) => {
    let zookeeper: ZooKeeperServer;
    let scene: DubboScene;
    before(async () => {
      zookeeper = await ZooKeeperServer.start(teardown);
      const estate = await estateAt(zookeeper.address, { called: await startBackend(teardown, 'quotes', 0) });
      await estate.withdraw(HALF);
      await zookeeper.stop();
      zookeeper.backUp();
      await zookeeper.startAgain();
      await estate.giveBack(HALF);
      scene = await DubboScene.start(teardown, estate, [zookeeper.address], { holdFor: '10m' });
      await scene.untilSettled();
      await scene.startTraffic();
    });

    test('that a server is restored from lacks half of the applications: a new session reads it, and they are held', () =>
      scene.survives(['suspended', 'lost', 'connected'], async () => {
        await zookeeper.stop();
        zookeeper.restore();
        await zookeeper.startAgain();
        await untilHeld(scene, 'many-gone');
        const ended = sessionEvents(scene.bridge.process.lines).find(({ event }) => event === 'zookeeper.lost');
        // A server refuses whoever has seen more than it has.
        assert.equal(ended?.code, 'ZOOKEEPER_HANDSHAKE');
        await scene.estate.giveBack(HALF);
        await untilNothingHeld(scene);
      }));
  });

  scenes('a server', (teardown) => {
    let zookeeper: ZooKeeperServer;
    let proxy: TcpFaultProxy;
    let scene: DubboScene;
    before(async () => {
      zookeeper = await ZooKeeperServer.start(teardown, LONG_SESSIONS);
      proxy = await TcpFaultProxy.start(teardown, zookeeper.port);
      const state = { file: join(scratchFolder(teardown, 'state'), 'state.json') };
      const estate = await estateAt(zookeeper.address, { called: await startBackend(teardown, 'quotes', 0) });
      scene = await DubboScene.start(teardown, estate, [proxy.address], LONG_SESSION, { state });
      await scene.untilSettled();
      await scene.startTraffic();
    });

    test('that takes no connection', () =>
      scene.survives(['suspended', 'reconnected'], async () => {
        proxy.setFault({ kind: 'refuse' });
        proxy.cut();
        await scene.estate.replaceInstances(2);
        await waitFor(() => scene.states.at(-1) === 'suspended', 'the session is suspended');
        proxy.setFault({ kind: 'pass' });
      }));

    test('whose answers come late', () =>
      scene.survives([], async () => {
        proxy.setFault({ kind: 'delay', ms: 300 });
        await scene.estate.replaceInstances(2);
        await pause(STOPPED_MS);
        proxy.setFault({ kind: 'pass' });
      }));

    test('that says other bytes than it means', () =>
      scene.survives(['lost', 'connected'], async () => {
        proxy.setFault({ kind: 'garble' });
        await scene.estate.replaceInstances(2);
        await waitFor(() => sessionEvents(scene.bridge.process.lines).some(isBroken), 'it is told');
        proxy.setFault({ kind: 'pass' });
        proxy.cut();
      }));

    test('that is down while the bridge is killed and started again', () =>
      scene.survives(['connected'], async () => {
        await zookeeper.stop();
        await scene.bridge.kill();
        await scene.bridge.startAgain();
        await untilHolds(async () => {
          assert.equal((await scene.bridge.metrics()).sum('footbridge_registry_restored'), 1);
        }, 'what a former process read is served');
        await zookeeper.startAgain();
      }));

    /** ZooKeeper goes, then `kill` ends istiod; the new one has what the former one had before it is ready, and callers are answered. */
    async function istiodComesBackInOutage(kill: () => Promise<void>): Promise<void> {
      const before = await scene.istiod.serviceEntriesText();
      await scene.answersDuring(async () => {
        await zookeeper.stop();
        await kill();
        await scene.istiod.restart();
        await scene.istiod.untilReady();
      });
      assert.deepEqual((await scene.istiod.serviceEntriesText()).split('\n'), before.split('\n'));
      await zookeeper.startAgain();
    }

    test('that is down while bridge and istiod are killed: istiod has everything before it is ready', async () => {
      await istiodComesBackInOutage(async () => {
        await Promise.all([scene.bridge.kill(), scene.istiod.process.kill()]);
        await scene.bridge.startAgain();
      });
      await waitFor(() => scene.states.at(-1) === 'connected', 'it is read again');
      await scene.untilSettled();
    });

    test('that is down while istiod alone is killed: it has everything before it is ready', async () => {
      await istiodComesBackInOutage(() => scene.istiod.process.kill());
      await waitFor(async () => (await scene.bridge.registries())[0]?.state === 'live', 'it is read again');
      await scene.untilSettled();
    });

    test('that is well while the bridge is stopped for a while', () =>
      scene.survives([], async () => {
        scene.bridge.process.freeze();
        await scene.estate.replaceInstances(2);
        await pause(SHORTLY_MS);
        scene.bridge.process.thaw();
      }));

    test('that is well while istiod is stopped for a while', async () => {
      scene.istiod.process.freeze();
      await scene.estate.replaceInstances(2);
      await pause(STOPPED_MS);
      scene.istiod.process.thaw();
      await scene.untilSettled();
    });
  });
});

function isBroken({ code }: { readonly code?: string }): boolean {
  return code === 'ZOOKEEPER_BROKEN_ANSWER';
}

/** The page, a metric and the log say it. */
async function untilHeld({ bridge }: DubboScene, reason: string): Promise<void> {
  await untilHolds(() => bridge.assertHolds(reason), `the operator is told: ${reason}`);
}

async function untilNothingHeld({ bridge }: DubboScene): Promise<void> {
  await untilHolds(async () => assert.deepEqual(await bridge.holds(), []), 'nothing is held');
}
