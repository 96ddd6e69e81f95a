// A pod that is replaced on another node, while much is held and the registry cannot be read: nothing of what it knew is on the new node's
// disk, and a real istiod that holds all entries is led to it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig, eurekaRegistry } from './run/bridge.ts';
import { changedLines } from './run/comparable.ts';
import { EurekaInstances } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { FaultProxy } from './run/fault-proxy.ts';
import { fleet } from './run/fleet.ts';
import { Istiod } from './run/istiod.ts';
import { scratchFolder } from './run/scratch.ts';
import { TcpFaultProxy } from './run/tcp-fault-proxy.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';
import { Watch } from './run/watch.ts';

const SERVICE_ENTRY = 'networking.istio.io/v1/ServiceEntry';
const APPS = 10;
/** Applications whose instances all leave: well above the share that is believed at once. */
const GONE = 6;

describe('38. A replica begins with what the others know', await needPeers('istiod', 'eureka'), () => {
  const teardown = new Teardown();
  after(() => teardown.run());

  test('one that is replaced during a hold, with the registry down and no disk, deletes nothing in istiod', async () => {
    const eureka = await EurekaServer.start(teardown);
    const estate = fleet(APPS, 2);
    const instances = EurekaInstances.start(teardown, [eureka.url], 30_000);
    await instances.register(...estate);
    await eureka.untilLists(APPS * 2);
    const registry = await FaultProxy.start(teardown, eureka.port);

    const tokenFile = join(scratchFolder(teardown, 'replicas'), 'token');
    writeFileSync(tokenFile, 'a-token-of-the-replicas\n');
    const config = (sibling: { readonly service: string; readonly port?: number }) =>
      bridgeConfig([registry.url], {
        registries: { eureka: eurekaRegistry([registry.url], { holdFor: '1h' }) },
        replicas: { tokenFile, ...sibling },
      });
    const first = await Bridge.start(teardown, config({ service: 'localhost' }));
    // What istiod calls a config source: a Service, behind which pods come and go.
    const service = await TcpFaultProxy.start(teardown, first.port);
    const istiod = await Istiod.start(teardown, { sources: [`xds://${service.address}`] });
    await istiod.untilReady();
    const before = await istiod.serviceEntriesText();
    const fingerprint = await fingerprintOf(first);
    assert.equal((await istiod.serviceEntries()).size, APPS);
    const entries = Watch.start(teardown, 'the entries of istiod', () => istiod.serviceEntriesText());

    // Nothing is read until Eureka's copies are as one: the read that a hold asks for would find some of them back.
    registry.setMode('refuse');
    for (const registration of estate.slice(0, GONE * 2)) await instances.deregister(registration);
    await eureka.untilListsAtMost((APPS - GONE) * 2);
    registry.setMode('pass');
    await waitFor(async () => (await first.holds()).length === 1, 'what left is held');
    registry.setMode('refuse');
    await first.untilPolled(1);

    const second = await Bridge.start(teardown, config({ service: 'localhost', port: first.adminPort }));
    service.setTarget(second.port);
    // As a rolling update does: the former pod is ended as soon as the new one is ready.
    await first.kill();
    service.cut();
    await waitFor(async () => {
      const [client] = await second.clients();
      return client?.types.find(({ typeUrl }) => typeUrl === SERVICE_ENTRY)?.state === 'settled';
    }, 'istiod has its answers from the new one');
    assert.deepEqual(
      (await second.holds()).map(({ reason }) => reason),
      ['many-gone'],
      'the hold came along',
    );
    assert.equal(await fingerprintOf(second), fingerprint, 'it serves the same bytes');

    // The registry is back and still lacks what left: that is the same hold, and no first read.
    registry.setMode('pass');
    await waitFor(async () => (await second.registries())[0]?.state === 'live', 'it reads by itself');
    await second.assertHolds('many-gone');
    for (const seen of (await entries.end()).keys())
      assert.deepEqual(changedLines(before, seen), [], 'nothing flickered');

    // It is a bridge like any other: what comes back ends the hold, and what is new is there.
    const entry = { app: 'app-new', id: 'one', address: '127.0.0.250', port: 8080 };
    await instances.register(...estate.slice(0, GONE * 2), entry);
    await waitFor(async () => (await istiod.serviceEntries()).size === APPS + 1, 'the new one comes');
    await untilHolds(async () => assert.deepEqual(await second.holds(), []), 'nothing is held');
    assert.deepEqual(await istiod.complaints(), []);
  });
});

/** Of all bytes that it serves, as replicas are compared by. */
async function fingerprintOf(bridge: Bridge): Promise<number> {
  const fingerprint = (await bridge.metrics()).sum('footbridge_snapshot_fingerprint');
  assert.ok(fingerprint > 0, 'it serves something');
  return fingerprint;
}
