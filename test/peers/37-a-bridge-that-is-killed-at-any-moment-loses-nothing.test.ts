// kill -9 at random moments of a running load of changes, every second time while the registry cannot be reached: istiod never
// loses an entry or an endpoint that the registry holds. RESTARTS=100 does it a hundred times, SEED=… again as it was.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../fakes/seeded-random.ts';
import { SEED } from '../seed.ts';
import { needPeers } from './build/peers.ts';
import { estateAt } from './run/dubbo-estate.ts';
import { DubboScene, LONG_SESSION, LONG_SESSIONS } from './run/dubbo-scene.ts';
import { scenes } from './run/scenes.ts';
import { scratchFolder } from './run/scratch.ts';
import { TcpFaultProxy } from './run/tcp-fault-proxy.ts';
import { waitFor } from './run/wait-for.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';

const RESTARTS = Number(process.env['RESTARTS'] ?? 20);
/** A change is published within half a second, and on its way meanwhile. */
const LONGEST_WAIT_MS = 1_500;

describe('37. A bridge that is killed at any moment loses nothing', await needPeers('istiod', 'zookeeper'), () => {
  scenes(`${RESTARTS} times (SEED=${SEED})`, (teardown) => {
    test('whether or not the registry can be reached', async (t) => {
      const random = seededRandom(SEED);
      const zookeeper = await ZooKeeperServer.start(teardown, LONG_SESSIONS);
      const proxy = await TcpFaultProxy.start(teardown, zookeeper.port);
      const state = { file: join(scratchFolder(teardown, 'state'), 'state.json') };
      const estate = await estateAt(zookeeper.address);
      const scene = await DubboScene.start(teardown, estate, [proxy.address], LONG_SESSION, { state });
      await scene.untilSettled();
      let served = 0;
      for (let restart = 0; restart < RESTARTS; restart++) {
        const isOutage = restart % 2 === 1;
        await scene.survives(['connected'], async () => {
          const load = new AbortController();
          const changes = changeUntil(scene, load.signal);
          await pause(random() * LONGEST_WAIT_MS);
          if (isOutage) {
            proxy.setFault({ kind: 'refuse' });
            proxy.cut();
            await pause(random() * LONGEST_WAIT_MS);
          }
          await scene.bridge.kill();
          await scene.bridge.startAgain();
          if (isOutage) {
            await waitFor(
              async () => (await scene.bridge.metrics()).sum('footbridge_registry_restored') === 1,
              'restored',
            );
            served++;
            await pause(random() * LONGEST_WAIT_MS);
            proxy.setFault({ kind: 'pass' });
          }
          await waitFor(() => scene.states.at(-1) === 'connected', 'it reads');
          load.abort();
          await changes;
        });
      }
      t.diagnostic(`${RESTARTS} restarts, ${served} of them in an outage; entries lost 0`);
      assert.equal(served, Math.floor(RESTARTS / 2));
    });
  });
});

async function changeUntil({ estate }: DubboScene, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) await estate.replaceInstances();
}
