// Footbridge goes and comes back while istiod runs: nothing is deleted, nothing rewritten, nothing pushed to any proxy.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { changedLines } from './run/comparable.ts';
import { costs } from './run/costs.ts';
import { Envoy } from './run/envoy.ts';
import { EurekaInstances, type Registration } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { fleet } from './run/fleet.ts';
import { Istiod } from './run/istiod.ts';
import { Teardown } from './run/teardown.ts';
import { Watch } from './run/watch.ts';

const HOST = 'orders.payments.eureka';
const MARKER: Registration = { app: 'orders', id: 'marker', address: '127.0.0.17', port: 8001 };

describe('5. A restart of Footbridge is not noticed', await needPeers('istiod', 'envoy', 'eureka'), () => {
  const teardown = new Teardown();
  let eureka: EurekaServer;
  let instances: EurekaInstances;
  let bridge: Bridge;
  let istiod: Istiod;
  let envoy: Envoy;
  before(async () => {
    eureka = await EurekaServer.start(teardown);
    instances = EurekaInstances.start(teardown, [eureka.url], 30_000);
    await instances.register(MARKER, ...fleet(50, 2));
    await eureka.untilLists(101);
    bridge = await Bridge.start(teardown, bridgeConfig([eureka.url]));
    istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await istiod.untilReady();
    envoy = await Envoy.start(teardown, istiod);
  });
  after(() => teardown.run());

  /** Ends and starts it by `restart`; moves the marker instance and expects istiod to have had that work alone. */
  async function notNoticed(restart: () => Promise<void>, markerPort: number): Promise<void> {
    const before = await costs(istiod);
    const entriesBefore = await istiod.serviceEntriesText();
    const entries = Watch.start(teardown, 'the entries', () => istiod.serviceEntriesText());
    await restart();
    // This change can only come from the new process, and whatever else it sent would be counted before.
    await instances.register({ ...MARKER, port: markerPort });
    await envoy.untilHosts(HOST, 80, [`127.0.0.17:${markerPort}`]);
    const moved = changedLines(entriesBefore, await istiod.serviceEntriesText());
    assert.equal(moved.length, 2, 'the marker was rewritten');
    for (const seen of (await entries.end()).keys()) {
      const changed = changedLines(entriesBefore, seen);
      if (changed.length > 0) assert.deepEqual(changed, moved, 'istiod never held anything else');
    }
    const later = await costs(istiod);
    assert.equal(later.configUpdates - before.configUpdates, 1, 'only the marker was rewritten');
    assert.deepEqual(later.widePushes, before.widePushes, 'no clusters, listeners or routes were pushed');
    assert.equal(later.endpointPushes - before.endpointPushes, 1, 'only the endpoints of the marker were pushed');
  }

  test('killed and started again', () =>
    notNoticed(async () => {
      await bridge.kill();
      await bridge.startAgain();
    }, 8002));

  test('ended politely and started again', () =>
    notNoticed(async () => {
      await bridge.stop();
      await bridge.startAgain();
    }, 8003));

  test('killed and started again beside a Eureka that has just forgotten everything', () =>
    notNoticed(async () => {
      instances.suspendHeartbeats();
      await bridge.kill();
      await eureka.stop();
      eureka.startAgain();
      await eureka.untilReady();
      await bridge.startAgain();
      await bridge.untilPolled(3);
      instances.resumeHeartbeats();
      await eureka.untilLists(101);
      await bridge.untilPolled(3);
    }, 8004));
});
