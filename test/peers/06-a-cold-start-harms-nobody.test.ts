// Footbridge starts while Eureka is down. A running istiod loses nothing by waiting and waits for ever; a fresh one must not
// be kept from starting for ever, unless another one beside it still holds our entries.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { needPeers } from './build/peers.ts';
import { Bridge, type BridgeConfig, bridgeConfig } from './run/bridge.ts';
import { changedLines } from './run/comparable.ts';
import { EurekaInstances } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { FaultProxy } from './run/fault-proxy.ts';
import { fleet } from './run/fleet.ts';
import { Istiod } from './run/istiod.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';
import { Watch } from './run/watch.ts';

const APPS = 5;
const SERVICE_ENTRY = 'networking.istio.io/v1/ServiceEntry';
const BOUND_MS = 5_000;
/** Past this process age an istiod counts as running, however new its connection is. */
const FRESH_MS = 30_000;

describe('6. A cold start harms nobody', await needPeers('istiod', 'eureka'), () => {
  const teardown = new Teardown();
  after(() => teardown.run());

  /** A Eureka with an estate, behind a proxy that stands for its outage. */
  async function eurekaThatIsDown(): Promise<FaultProxy> {
    const eureka = await EurekaServer.start(teardown);
    await EurekaInstances.start(teardown, [eureka.url], 30_000).register(...fleet(APPS, 2));
    await eureka.untilLists(APPS * 2);
    const proxy = await FaultProxy.start(teardown, eureka.port);
    proxy.setMode('refuse');
    return proxy;
  }

  function startBridge(proxy: FaultProxy, bound: string): Promise<Bridge> {
    const changes: BridgeConfig = { coldStart: { bound } };
    return Bridge.start(teardown, bridgeConfig([proxy.url], changes));
  }

  test('a fresh istiod alone is ready after the bound, and gets the entries when Eureka comes', async () => {
    const proxy = await eurekaThatIsDown();
    const bridge = await startBridge(proxy, `${BOUND_MS}ms`);
    const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await istiod.untilReady();
    assert.equal((await istiod.serviceEntries()).size, 0, 'there was nothing to give');
    proxy.setMode('pass');
    await waitFor(async () => (await istiod.serviceEntries()).size === APPS, 'the entries come');
  });

  test('every other type is answered at once; the entries come with Eureka', async () => {
    const proxy = await eurekaThatIsDown();
    const bridge = await startBridge(proxy, 'never');
    const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await waitFor(async () => {
      const [client] = await bridge.clients();
      const waiting = client?.types.filter(({ state }) => state !== 'settled').map(({ typeUrl }) => typeUrl);
      return client !== undefined && client.types.length > 10 && waiting?.join() === SERVICE_ENTRY;
    }, 'only the ServiceEntries wait');
    assert.equal(await istiod.isReady(), false, 'istiod waits for its entries');
    proxy.setMode('pass');
    await istiod.untilReady();
    assert.equal((await istiod.serviceEntries()).size, APPS);
  });

  test('a running istiod is never given an empty set, and a fresh one beside it waits with it', async () => {
    const proxy = await eurekaThatIsDown();
    proxy.setMode('pass');
    const bridge = await startBridge(proxy, `${BOUND_MS}ms`);
    const running = await Istiod.start(teardown, { sources: [bridge.address] });
    const startedAtMs = Date.now();
    await running.untilReady();
    const before = await running.serviceEntriesText();
    assert.equal((await running.serviceEntries()).size, APPS);

    // It must be old enough to count as running when it connects again.
    await pause(Math.max(0, startedAtMs + FRESH_MS + 1_000 - Date.now()));
    const entries = Watch.start(teardown, 'the entries of the running istiod', () => running.serviceEntriesText());
    await bridge.kill();
    proxy.setMode('refuse');
    await bridge.startAgain();
    const fresh = await Istiod.start(teardown, { sources: [bridge.address], podName: 'istiod-1' });
    await waitFor(async () => {
      const clients = await bridge.clients();
      const reasons = clients.map(({ coldStart }) => coldStart.because ?? '');
      return reasons.sort().join() === 'another connected client may hold entries,it may hold entries';
    }, 'both istiods wait, each for its own reason');
    // Nothing can be waited on where nothing is to happen: the bound passes twice over.
    await pause(2 * BOUND_MS);
    assert.equal(await fresh.isReady(), false, 'the fresh istiod still waits');

    proxy.setMode('pass');
    await fresh.untilReady();
    assert.deepEqual(changedLines(before, await fresh.serviceEntriesText()), [], 'both hold the same');
    for (const seen of (await entries.end()).keys()) assert.deepEqual(changedLines(before, seen), []);
    assert.deepEqual(await running.complaints(), []);
  });
});
