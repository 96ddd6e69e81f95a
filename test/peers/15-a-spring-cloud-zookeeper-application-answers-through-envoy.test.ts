// The thread itself, for Spring Cloud ZooKeeper: real applications that register themselves answer HTTP requests by host name
// through Envoy, for as long as they are in service.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { backendAddress } from './run/backend.ts';
import { Bridge, bridgeConfig, springRegistry } from './run/bridge.ts';
import { countAnswers } from './run/call.ts';
import { Envoy } from './run/envoy.ts';
import { Istiod } from './run/istiod.ts';
import { SpringApplication } from './run/spring-application.ts';
import { Teardown } from './run/teardown.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';

const HOST = 'books.payments.spring';
const CALLS = 200;

const need = await needPeers('istiod', 'envoy', 'zookeeper', 'springZookeeper');

describe('15. A Spring Cloud ZooKeeper application answers through Envoy', need, () => {
  const teardown = new Teardown();
  after(() => teardown.run());

  test('instances in service have their part of the calls, and others none', async (t) => {
    const zookeeper = await ZooKeeperServer.start(teardown);
    const start = (index: number): Promise<SpringApplication> => {
      const options = { application: 'books', address: backendAddress(index), zookeeper: zookeeper.address };
      return SpringApplication.start(teardown, options);
    };
    const first = await start(0);
    const registries = { spring: springRegistry([zookeeper.address]) };
    const bridge = await Bridge.start(teardown, bridgeConfig([], { registries }));
    const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await istiod.untilReady();
    const envoy = await Envoy.start(teardown, istiod);

    /** Waits until Envoy leads to these instances, calls, and expects each of them to answer, and nobody else. */
    async function expectAnswersOf(...instances: readonly SpringApplication[]): Promise<void> {
      await envoy.untilHosts(
        HOST,
        80,
        instances.map(({ endpoint }) => endpoint),
      );
      const answers = await countAnswers({ kind: 'proxy', port: istiod.ports.httpProxy }, HOST, CALLS);
      assert.deepEqual([...answers.keys()].sort(), instances.map(({ port }) => `books:${port}`).sort());
    }

    await expectAnswersOf(first);
    const launchedAtMs = Date.now();
    const second = await start(1);
    const answeringAtMs = Date.now();
    await envoy.untilHosts(HOST, 80, [first.endpoint, second.endpoint]);
    t.diagnostic(
      `from the launch of an instance: ${answeringAtMs - launchedAtMs} ms to its own first answer, ${Date.now() - launchedAtMs} ms to Envoy`,
    );
    await expectAnswersOf(first, second);

    await second.setStatus('OUT_OF_SERVICE');
    await expectAnswersOf(first);
    await second.setStatus('UP');
    await expectAnswersOf(first, second);
    await first.kill();
    await expectAnswersOf(second);
    assert.deepEqual(await istiod.complaints(), []);
  });
});
