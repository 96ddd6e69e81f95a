// The thread itself: a real Eureka, our bundle, a real istiod, a real Envoy, and instances that answer.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { countAnswers, type Route } from './run/call.ts';
import { Envoy } from './run/envoy.ts';
import { EurekaInstances } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { runInstance } from './run/instances-of.ts';
import { Istiod } from './run/istiod.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds } from './run/wait-for.ts';

const HOST = 'orders.payments.eureka';
const CALLS = 200;
const guard = { removalDebounce: '1s', emptyGrace: '20s', drain: { down: '10s' } };

describe('1. Traffic follows the registry', await needPeers('istiod', 'envoy', 'eureka'), () => {
  const teardown = new Teardown();
  after(() => teardown.run());

  test('instances that join are called, instances that leave or are taken out of service are not, and one that is down drains', async (t) => {
    const eureka = await EurekaServer.start(teardown);
    const instances = EurekaInstances.start(teardown, [eureka.url]);
    const [first, second, third] = [
      await runInstance(teardown, 'orders', 0),
      await runInstance(teardown, 'orders', 1),
      await runInstance(teardown, 'orders', 2),
    ];
    await instances.register(first.registration, second.registration);
    await eureka.untilLists(2);
    const launchedAtMs = Date.now();
    const bridge = await Bridge.start(teardown, bridgeConfig([eureka.url], { guard }));
    t.diagnostic(`from the launch of the bundle to its readiness: ${Date.now() - launchedAtMs} ms`);
    const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await istiod.untilReady();
    const envoy = await Envoy.start(teardown, istiod);
    const route: Route = { kind: 'proxy', port: istiod.ports.httpProxy };

    await envoy.untilHosts(HOST, 80, [first.endpoint, second.endpoint]);
    assert.deepEqual(await namesThatAnswered(route), ['orders-0', 'orders-1'], 'both instances answer');

    const registeredAtMs = Date.now();
    await instances.register(third.registration);
    await envoy.untilHosts(HOST, 80, [first.endpoint, second.endpoint, third.endpoint]);
    t.diagnostic(`from a registration to Envoy: ${Date.now() - registeredAtMs} ms (polls and caches of 1 s)`);
    assert.deepEqual(await namesThatAnswered(route), ['orders-0', 'orders-1', 'orders-2'], 'the third has its part');

    await instances.deregister(first.registration);
    await instances.override(second.registration, 'OUT_OF_SERVICE');
    await envoy.untilHosts(HOST, 80, [third.endpoint]);
    assert.deepEqual(await namesThatAnswered(route), ['orders-2'], 'those that left get nothing');

    await instances.removeOverride(second.registration);
    await envoy.untilHosts(HOST, 80, [second.endpoint, third.endpoint]);
    assert.deepEqual(await namesThatAnswered(route), ['orders-1', 'orders-2'], 'back in service is back in use');

    await instances.override(third.registration, 'DOWN');
    await untilHolds(async () => {
      assert.equal((await bridge.metrics()).sum('footbridge_guard_draining'), 1);
    }, 'one instance drains');
    assert.deepEqual(await namesThatAnswered(route), ['orders-1', 'orders-2'], 'one that is down drains first');
    await envoy.untilHosts(HOST, 80, [second.endpoint]);
    assert.deepEqual(await namesThatAnswered(route), ['orders-1'], 'and is called no more');
    assert.deepEqual(await istiod.complaints(), []);
  });
});

/** Who answered 200 calls, each by its name; an error would stand among them. */
async function namesThatAnswered(route: Route): Promise<readonly string[]> {
  return [...(await countAnswers(route, HOST, CALLS)).keys()].sort();
}
