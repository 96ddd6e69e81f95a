// What a change costs a mesh: one instance that moves is one rewritten entry and one push of endpoints, nothing else.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { Envoy, outboundCluster } from './run/envoy.ts';
import { EurekaInstances, type Registration } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { fleet } from './run/fleet.ts';
import { Istiod } from './run/istiod.ts';
import { Teardown } from './run/teardown.ts';

const HOST = 'orders.payments.eureka';

describe('3. One changed instance is one endpoint push', await needPeers('istiod', 'envoy', 'eureka'), () => {
  const teardown = new Teardown();
  after(() => teardown.run());

  test('exactly one entry is rewritten; clusters, listeners and routes are not pushed', async () => {
    const eureka = await EurekaServer.start(teardown);
    const instances = EurekaInstances.start(teardown, [eureka.url]);
    const staying: Registration = { app: 'orders', id: 'staying', address: '127.0.0.17', port: 8001 };
    const moving: Registration = { app: 'orders', id: 'moving', address: '127.0.0.18', port: 8002 };
    await instances.register(staying, moving, ...fleet(20, 2));
    await eureka.untilLists(42);
    const bridge = await Bridge.start(teardown, bridgeConfig([eureka.url]));
    const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await istiod.untilReady();
    const envoy = await Envoy.start(teardown, istiod);
    await envoy.untilHosts(HOST, 80, ['127.0.0.17:8001', '127.0.0.18:8002']);

    const before = await observe(istiod, envoy);
    await instances.register({ ...moving, port: 8003 });
    await envoy.untilHosts(HOST, 80, ['127.0.0.17:8001', '127.0.0.18:8003']);
    const afterOne = await observe(istiod, envoy);
    assert.deepEqual(
      changedVersions(before, afterOne),
      ['payments/bridge.eureka.orders'],
      'one entry has a new version',
    );
    assert.equal(afterOne.configUpdates - before.configUpdates, 1, 'istiod counts one rewritten entry');

    // A push that came with the first change would have arrived before this second one.
    await instances.register({ ...moving, port: 8004 });
    await envoy.untilHosts(HOST, 80, ['127.0.0.17:8001', '127.0.0.18:8004']);
    const afterTwo = await observe(istiod, envoy);
    assert.deepEqual(afterTwo.widePushes, before.widePushes, 'istiod pushed no clusters, listeners or routes');
    assert.deepEqual(afterTwo.wideUpdates, before.wideUpdates, 'Envoy took no clusters and no listeners');
    assert.equal(
      afterTwo.endpointUpdates - before.endpointUpdates,
      2,
      'Envoy took the endpoints of the cluster, once each',
    );
  });
});

interface Observed {
  readonly versions: ReadonlyMap<string, string | undefined>;
  readonly configUpdates: number;
  readonly widePushes: readonly number[];
  readonly wideUpdates: readonly number[];
  readonly endpointUpdates: number;
}

async function observe(istiod: Istiod, envoy: Envoy): Promise<Observed> {
  const metrics = await istiod.metrics();
  const entries = await istiod.serviceEntries();
  return {
    versions: new Map([...entries].map(([name, { metadata }]) => [name, metadata.resourceVersion])),
    configUpdates: metrics.sum('pilot_inbound_updates', { type: 'config' }),
    widePushes: ['cds', 'lds', 'rds'].map((type) => metrics.sum('pilot_xds_pushes', { type })),
    wideUpdates: [
      await envoy.stat('cluster_manager.cds.update_success'),
      await envoy.stat('listener_manager.lds.update_success'),
    ],
    // istiod ends the cluster's name for statistics with a semicolon.
    endpointUpdates: await envoy.stat(`cluster.${outboundCluster(HOST, 80)};.update_success`),
  };
}

function changedVersions(before: Observed, later: Observed): readonly string[] {
  const names = new Set([...before.versions.keys(), ...later.versions.keys()]);
  return [...names].filter((name) => before.versions.get(name) !== later.versions.get(name));
}
