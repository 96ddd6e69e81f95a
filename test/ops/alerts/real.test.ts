// The rules where they will live: in a real Prometheus that scrapes real bridges. Every series that they ask for is there, they are
// silent while all is well, and what happens to the bridges makes the right ones fire. promtool tells the rest, to the second.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { FakeEureka } from '../../fakes/fake-eureka.ts';
import { FakeIstiod } from '../../fakes/fake-istiod.ts';
import { needPeers, needTools } from '../../peers/build/peers.ts';
import { PROMETHEUS } from '../../peers/build/tool.ts';
import { Bridge, bridgeConfig } from '../../peers/run/bridge.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { untilHolds } from '../../peers/run/wait-for.ts';
import { Prometheus } from '../dashboards/prometheus.ts';
import { JOB } from './bridge.ts';
import { hastened } from './hastened.ts';
import { renderedGroups, withAlerts } from './rules.ts';
import { NAMESPACE } from './story.ts';

const STALE_SECONDS = 600;
const helm = await needPeers('helm4');
const tool = needTools(PROMETHEUS);

describe('In a real Prometheus over real bridges, a minute being a second,', helm.skip === false ? tool : helm, () => {
  const teardown = new Teardown();
  const groups = hastened(renderedGroups(withAlerts({ namespace: NAMESPACE })), STALE_SECONDS);
  let eureka: FakeEureka;
  let bridges: readonly [Bridge, Bridge];
  let istiod: FakeIstiod;
  let prometheus: Prometheus;

  before(async () => {
    eureka = await FakeEureka.start();
    teardown.add('eureka', () => eureka.close());
    eureka.registry.register('ORDERS', 'a', { ipAddr: '127.0.0.20' });
    const config = bridgeConfig([eureka.url]);
    bridges = [await Bridge.start(teardown, config), await Bridge.start(teardown, config)];
    istiod = new FakeIstiod({ address: `127.0.0.1:${bridges[0].port}`, minor: 29 });
    teardown.add('istiod', () => istiod.close());
    const targets = bridges.map(({ adminPort }, index) => ({
      job: JOB,
      port: adminPort,
      labels: { namespace: NAMESPACE, pod: `bridge-${index}` },
    }));
    prometheus = await Prometheus.start(teardown, targets, { groups });
    await prometheus.until('sum(footbridge_clients_synced) == 1');
    await prometheus.scrapes(2);
  });
  after(() => teardown.run());

  /** Waits until these fire and no other, by name and severity. */
  async function fires(...expected: readonly string[]): Promise<void> {
    await untilHolds(
      async () => {
        const found = await prometheus.query('ALERTS{alertstate="firing"}');
        const told = found.map(({ labels }) => `${labels['alertname']} ${labels['severity']}`);
        assert.deepEqual([...new Set(told)].sort(), [...expected].sort());
      },
      `firing: ${expected.join(', ') || 'nothing'}`,
    );
  }

  test('every series that a rule asks for is there', async () => {
    const asked = groups.flatMap(({ rules }) => rules).flatMap(({ expr }) => expr.match(/\b\w+\{[^}]*\}/g) ?? []);
    assert.ok(asked.length > 30);
    for (const selector of new Set(asked)) {
      const found = await prometheus.query(selector);
      assert.ok(found.length >= 2, `of both bridges: ${selector}`);
    }
  });

  test('nothing fires while all is well, for longer than any alert waits', async () => {
    await prometheus.scrapes(20);
    await fires();
  });

  test('a registry that cannot be read makes itself known, and is forgotten when it is back', async () => {
    eureka.behave = () => ({ kind: 'answer', status: 503 });
    await fires('FootbridgeRegistryStale warning');
    eureka.behave = () => ({ kind: 'serve' });
    await fires();
  });

  test('the last istiod is missed', async () => {
    istiod.close();
    await fires('FootbridgeNoClients critical');
  });

  test('one replica is down, then all are', async () => {
    await bridges[0].stop();
    await fires('FootbridgeDown warning', 'FootbridgeNoClients critical');
    await bridges[1].stop();
    await fires('FootbridgeDown warning', 'FootbridgeAllReplicasDown critical');
  });
});
