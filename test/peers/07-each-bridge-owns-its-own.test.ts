// Two bridges read two parts of one Eureka for two namespaces; beside them stand hand-written entries. istiod adds them up,
// and nobody's entries depend on anybody else.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, type BridgeConfig, bridgeConfig, eurekaRegistry } from './run/bridge.ts';
import { countAnswers } from './run/call.ts';
import { changedLines } from './run/comparable.ts';
import { Envoy, outboundCluster } from './run/envoy.ts';
import { EurekaInstances } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { type RunningInstance, runInstance } from './run/instances-of.ts';
import { Istiod, type StoredConfig } from './run/istiod.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';
import { Watch } from './run/watch.ts';

const LEDGER = 'pay-ledger.payments.eureka';

describe('7. Each bridge owns its own', await needPeers('istiod', 'envoy', 'eureka'), () => {
  const teardown = new Teardown();
  let eureka: EurekaServer;
  let instances: EurekaInstances;
  let ledger: RunningInstance;
  let handWritten: RunningInstance;
  before(async () => {
    eureka = await EurekaServer.start(teardown);
    instances = EurekaInstances.start(teardown, [eureka.url]);
    ledger = await runInstance(teardown, 'pay-ledger', 0, { gRPC_port: '9090' });
    handWritten = await runInstance(teardown, 'by-hand', 1);
    const others = [await runInstance(teardown, 'pay-cards', 2), await runInstance(teardown, 'shop-cart', 3)];
    await instances.register(ledger.registration, ...others.map(({ registration }) => registration));
    await eureka.untilLists(3);
  });
  after(() => teardown.run());

  function startBridge(namespace: string, apps: string, changes: BridgeConfig = {}): Promise<Bridge> {
    const registries = { eureka: eurekaRegistry([eureka.url], { scope: { include: [{ app: [apps] }] } }) };
    return Bridge.start(teardown, bridgeConfig([], { namespace, instance: `of-${namespace}`, registries, ...changes }));
  }

  test('each namespace gets its scope; the end of one bridge leaves the entries of all', async () => {
    const payments = await startBridge('payments', 'pay-*');
    const orders = await startBridge('orders', 'shop-*');
    const sources = [payments.address, orders.address];
    const entry = entryByHand('unrelated.payments.eureka', '241.255.0.1', handWritten);
    const istiod = await Istiod.start(teardown, { sources, handWritten: { entry } });
    await istiod.untilReady();
    assert.deepEqual([...(await istiod.serviceEntries()).keys()].sort(), [
      'orders/of-orders.eureka.shop-cart',
      'payments/by-hand',
      'payments/of-payments.eureka.pay-cards',
      'payments/of-payments.eureka.pay-ledger',
    ]);
    const before = await istiod.serviceEntriesText();
    const entries = Watch.start(teardown, 'the entries', () => istiod.serviceEntriesText());
    await orders.stop();
    // What the other bridge sends after that end still arrives alone.
    await instances.setMetadata(ledger.registration, 'zone', 'z9');
    await waitFor(async () => (await istiod.serviceEntriesText()) !== before, 'a change of the other bridge arrives');
    const moved = changedLines(before, await istiod.serviceEntriesText());
    assert.equal(moved.length, 2, 'one entry was rewritten');
    for (const seen of (await entries.end()).keys()) {
      const changed = changedLines(before, seen);
      if (changed.length > 0) assert.deepEqual(changed, moved, 'nothing but that change');
    }
    assert.equal((await istiod.serviceEntries()).size, 4, 'the entries of the ended bridge stay');
    assert.deepEqual(await istiod.complaints(), []);
  });

  test('a hand-written entry of the same host: its clusters (ports, location) win, the endpoints of both are joined', async () => {
    const bridge = await startBridge('payments', 'pay-*');
    const entry = entryByHand(LEDGER, '241.255.0.2', handWritten);
    const istiod = await Istiod.start(teardown, { sources: [bridge.address], handWritten: { entry } });
    await istiod.untilReady();
    const ours = (await istiod.serviceEntries()).get('payments/of-payments.eureka.pay-ledger');
    assert.deepEqual(portNumbers(ours), [80, 50_051], 'ours says something else');

    const envoy = await Envoy.start(teardown, istiod);
    await envoy.untilHosts(LEDGER, 80, [ledger.endpoint, handWritten.endpoint]);
    const answers = await countAnswers({ kind: 'proxy', port: istiod.ports.httpProxy }, LEDGER, 100);
    assert.deepEqual([...answers.keys()].sort(), ['by-hand-1', 'pay-ledger-0'], 'both are called');

    const clusters = (await envoy.clusterNames()).filter((name) => name.endsWith(LEDGER));
    const byHand = [outboundCluster(LEDGER, 80), outboundCluster(LEDGER, 8081)];
    assert.deepEqual(new Set(clusters), new Set(byHand), 'the ports written by hand');
    const dump = JSON.stringify(await envoy.configDump());
    // For HTTP ports istiod makes routes of both entries, and where they share a port our virtual IP names the host there: what
    // the older entry alone decides is clusters and, for TCP, the address that is listened on.
    assert.ok(dump.includes('"name":"241.255.0.2_8081"'), 'the address written by hand');
    assert.match(dump, /"external":true/, 'the location written by hand');
    assert.deepEqual(await istiod.complaints(), []);
  });

  test('with yieldHosts only the hand-written entry remains', async () => {
    const bridge = await startBridge('payments', 'pay-*', { yieldHosts: [LEDGER] });
    const entry = entryByHand(LEDGER, '241.255.0.3', handWritten);
    const istiod = await Istiod.start(teardown, { sources: [bridge.address], handWritten: { entry } });
    await istiod.untilReady();
    assert.deepEqual([...(await istiod.serviceEntries()).keys()].sort(), [
      'payments/by-hand',
      'payments/of-payments.eureka.pay-cards',
    ]);
    const envoy = await Envoy.start(teardown, istiod);
    await envoy.untilHosts(LEDGER, 80, [handWritten.endpoint]);
    const answers = await countAnswers({ kind: 'proxy', port: istiod.ports.httpProxy }, LEDGER, 20);
    assert.deepEqual([...answers], [['by-hand-1', 20]]);
    assert.deepEqual(await bridge.problemCodes('PAY-LEDGER'), ['HOST_YIELDED']);
  });
});

function portNumbers(entry: StoredConfig | undefined): readonly number[] {
  return ((entry?.spec['ports'] ?? []) as { number: number }[]).map(({ number }) => number);
}

/** As a person writes it: older than ours by its creation time, with ports and a location that ours does not have. */
function entryByHand(host: string, address: string, { backend }: RunningInstance): object {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'by-hand', namespace: 'payments', creationTimestamp: '2020-01-01T00:00:00Z' },
    spec: {
      hosts: [host],
      addresses: [address],
      location: 'MESH_EXTERNAL',
      resolution: 'STATIC',
      ports: [
        { number: 80, name: 'http', protocol: 'HTTP' },
        { number: 8081, name: 'tcp-admin', protocol: 'TCP' },
      ],
      endpoints: [{ address: backend.address, ports: { http: backend.port, 'tcp-admin': backend.port } }],
      exportTo: ['.'],
    },
  };
}
