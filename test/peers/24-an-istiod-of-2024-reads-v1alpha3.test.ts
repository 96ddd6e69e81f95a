// A stock istiod of February 2024, between 1.21 and 1.22, which asks for ServiceEntries under `v1alpha3`: what the newest one is
// shown to do (tests 02, 03 and 05) it does too.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { convertDump } from './run/commands.ts';
import { changedLines, comparable, comparableFromYaml } from './run/comparable.ts';
import { costs } from './run/costs.ts';
import { Envoy } from './run/envoy.ts';
import { EurekaInstances, type Registration } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { fleet } from './run/fleet.ts';
import { Istiod } from './run/istiod.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';
import { Watch } from './run/watch.ts';

const APPS = 60;
const EACH = 3;
const HOST = 'orders.payments.eureka';
const ENTRY = 'payments/bridge.eureka.orders';
const STAYING: Registration = { app: 'orders', id: 'staying', address: '127.0.0.17', port: 8001 };
const MOVING: Registration = { app: 'orders', id: 'moving', address: '127.0.0.18', port: 8002 };

describe('24. An istiod of 2024 reads v1alpha3', await needPeers('istiod2024', 'envoy', 'eureka'), () => {
  const teardown = new Teardown();
  let eureka: EurekaServer;
  let instances: EurekaInstances;
  let bridge: Bridge;
  let istiod: Istiod;
  let envoy: Envoy;
  before(async () => {
    eureka = await EurekaServer.start(teardown);
    instances = EurekaInstances.start(teardown, [eureka.url], 30_000);
    await instances.register(STAYING, MOVING, ...fleet(APPS, EACH));
    await eureka.untilLists(APPS * EACH + 2);
    bridge = await Bridge.start(teardown, bridgeConfig([eureka.url]));
    istiod = await Istiod.start(teardown, { generation: 2024, sources: [bridge.address] });
    await istiod.untilReady();
    envoy = await Envoy.start(teardown, istiod);
  });
  after(() => teardown.run());

  /** What happens to the entries meanwhile: every state that differs from the first, as lines. */
  async function seenDuring(action: () => Promise<void>): Promise<readonly (readonly string[])[]> {
    const former = await istiod.serviceEntriesText();
    const entries = Watch.start(teardown, 'the entries', () => istiod.serviceEntriesText());
    await action();
    const states = [...(await entries.end()).keys()].map((state) => changedLines(former, state));
    return states.filter((changed) => changed.length > 0);
  }

  async function moveTo(address: string): Promise<void> {
    await instances.register({ ...MOVING, address });
    await envoy.untilHosts(HOST, 80, ['127.0.0.17:8001', `${address}:8002`]);
  }

  test('it asks for ServiceEntries of v1alpha3, has every type answered, and is told apart from newer ones', async () => {
    const [client, ...others] = await bridge.clients();
    assert.ok(client !== undefined && others.length === 0);
    assert.equal(client.istio, '1.18–1.23');
    const entries = client.types.find(({ typeUrl }) => typeUrl.endsWith('/ServiceEntry'));
    assert.equal(entries?.typeUrl, 'networking.istio.io/v1alpha3/ServiceEntry');
    assert.deepEqual([...new Set(client.types.map(({ state }) => state))], ['settled']);
    assert.equal(client.types.length, 15, 'MeshConfig and fourteen kinds');
  });

  test('it holds what convert prints, entry for entry, and complains of nothing', async () => {
    const dump = join(scratchFolder(teardown, 'dump'), 'apps.json');
    writeFileSync(dump, await eureka.untilLists(APPS * EACH + 2));
    const printed = comparableFromYaml((await convertDump(bridge.configFile, dump)).stdout);
    assert.equal(printed.size, APPS + 1, 'every application gives one entry');
    assert.deepEqual(comparable((await istiod.serviceEntries()).values()), printed);
    await waitFor(async () => (await istiod.metrics()).sum('pilot_services') === APPS + 1, 'it knows all services');
    assert.deepEqual(await istiod.complaints(), []);
  });

  test('an instance that moves is one rewritten entry and one push of endpoints', async () => {
    const before = await costs(istiod);
    const states = await seenDuring(() => moveTo('127.0.0.19'));
    onlyRewrites(states, ENTRY);
    // A push that came with this change would have arrived before that of the next one.
    await moveTo('127.0.0.20');
    const later = await costs(istiod);
    assert.equal(later.configUpdates - before.configUpdates, 2, 'one changed entry for each change');
    assert.equal(later.endpointPushes - before.endpointPushes, 2, 'one push of endpoints for each change');
    assert.deepEqual(later.widePushes, before.widePushes, 'no clusters, listeners or routes');
  });

  // It compares endpoints by address and health alone; what else changed is stored, and goes along with the next push.
  test('a port that changes at the same address is stored, and pushed with the next change of an address', async () => {
    const before = await costs(istiod);
    const endpointUpdates = async () => (await istiod.metrics()).sum('pilot_inbound_updates', { type: 'eds' });
    const updatesBefore = await endpointUpdates();
    await instances.register({ ...MOVING, address: '127.0.0.20', port: 8003 });
    await waitFor(async () => (await endpointUpdates()) === updatesBefore + 1, 'istiod has the change');
    const stored = JSON.stringify((await istiod.serviceEntries()).get(ENTRY)?.spec);
    assert.match(stored, /8003/);
    await instances.register({ ...STAYING, address: '127.0.0.16' });
    await envoy.untilHosts(HOST, 80, ['127.0.0.16:8001', '127.0.0.20:8003']);
    const later = await costs(istiod);
    assert.equal(later.endpointPushes - before.endpointPushes, 1, 'one push for both changes');
    await instances.register(STAYING, MOVING);
    await envoy.untilHosts(HOST, 80, ['127.0.0.17:8001', '127.0.0.18:8002']);
  });

  test('a bridge that is killed and started again is not noticed', async () => {
    const before = await costs(istiod);
    const states = await seenDuring(async () => {
      await bridge.kill();
      await bridge.startAgain();
      // This change can only come from the new process, and whatever else it sent would be counted before.
      await moveTo('127.0.0.21');
    });
    onlyRewrites(states, ENTRY);
    const later = await costs(istiod);
    assert.equal(later.configUpdates - before.configUpdates, 1, 'only what moved was changed');
    assert.deepEqual(later.widePushes, before.widePushes);
    assert.equal(later.endpointPushes - before.endpointPushes, 1);
  });

  test('started again itself, it has everything before it is ready', async () => {
    const former = comparable((await istiod.serviceEntries()).values());
    await istiod.restart();
    await istiod.untilReady();
    assert.deepEqual(comparable((await istiod.serviceEntries()).values()), former);
    await moveTo('127.0.0.22');
    assert.deepEqual(await istiod.complaints(), []);
  });
});

/** The entries were the same all the time but for this one, which was rewritten once. */
function onlyRewrites(states: readonly (readonly string[])[], entry: string): void {
  const changed = states.map((lines) => lines.map((line) => line.split(' ', 2).join(' ')));
  assert.deepEqual(changed, [[`- ${entry}`, `+ ${entry}`]]);
}
