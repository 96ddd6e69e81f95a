// One Dubbo root that several teams register in, and a bridge that reads two registries: everybody gets their own, and one
// registry's trouble is nobody else's.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig, dubboRegistry, eurekaRegistry } from './run/bridge.ts';
import { convertDump, dumpRegistry } from './run/commands.ts';
import { changedLines, comparable, comparableFromYaml } from './run/comparable.ts';
import { EurekaInstances } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { Istiod } from './run/istiod.ts';
import { type ProviderNode, providerNode } from './run/provider-nodes.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';
import { Watch } from './run/watch.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';
import { ZooKeeperWriter } from './run/zookeeper-writer.ts';

const RANGE = '10.40.0.0/16';
/** Both teams provide it. */
const SHARED = 'com.acme.Health';
const SECRET = 'PLANTED-TOKEN';

const PROVIDERS: readonly ProviderNode[] = [
  {
    application: 'orders',
    interfaceName: 'com.acme.orders.Orders',
    address: '10.40.0.1:20880',
    parameters: { token: SECRET },
  },
  { application: 'orders', interfaceName: SHARED, address: '10.40.0.1:20880' },
  { application: 'orders', interfaceName: SHARED, address: '10.40.0.2:20880' },
  { application: 'cards', interfaceName: 'com.acme.cards.Cards', address: '10.40.1.1:20880' },
  { application: 'cards', interfaceName: SHARED, address: '10.40.1.1:20880' },
  { application: 'elsewhere', interfaceName: SHARED, address: '10.40.2.1:20880' },
];

describe(
  '20. Two scopes share one root, two registries one bridge',
  await needPeers('istiod', 'zookeeper', 'eureka'),
  () => {
    const teardown = new Teardown();
    let zookeeper: ZooKeeperServer;
    let writer: ZooKeeperWriter;
    before(async () => {
      zookeeper = await ZooKeeperServer.start(teardown);
      writer = await ZooKeeperWriter.start(teardown, zookeeper.address);
      for (const provider of PROVIDERS) await writer.create(providerNode(provider));
    });
    after(() => teardown.run());

    function startBridge(namespace: string, application: string): Promise<Bridge> {
      const rpc = dubboRegistry([zookeeper.address], { scope: { include: [{ application: [application] }] } });
      const admit = { addresses: [RANGE] };
      return Bridge.start(
        teardown,
        bridgeConfig([], { namespace, instance: `of-${namespace}`, registries: { rpc }, admit }),
      );
    }

    test('of an interface that both provide each gets its own providers, and a change of one rewrites nothing of the other', async () => {
      const orders = await startBridge('orders', 'orders');
      const cards = await startBridge('cards', 'cards');
      const istiod = await Istiod.start(teardown, { sources: [orders.address, cards.address] });
      await istiod.untilReady();
      await untilHolds(async () => {
        assert.deepEqual(await endpoints(istiod), {
          'cards/of-cards.rpc.cards': ['10.40.1.1'],
          'orders/of-orders.rpc.orders': ['10.40.0.1', '10.40.0.2'],
        });
      }, 'each namespace holds its own');

      const former = await istiod.serviceEntriesText();
      await writer.create(providerNode({ application: 'cards', interfaceName: SHARED, address: '10.40.1.2:20880' }));
      await waitFor(async () => (await istiod.serviceEntriesText()) !== former, 'the change arrives');
      const changed = changedLines(former, await istiod.serviceEntriesText());
      assert.equal(changed.length, 2, 'one entry was rewritten');
      assert.ok(changed.every((line) => line.includes('cards/of-cards.rpc.cards')));
      assert.deepEqual(await istiod.complaints(), []);
    });

    test('a dump of the living registry converts to what istiod holds, and holds no secret', async () => {
      const orders = await startBridge('orders', 'orders');
      const istiod = await Istiod.start(teardown, { sources: [orders.address] });
      await istiod.untilReady();
      await waitFor(async () => (await istiod.serviceEntries()).size === 1, 'istiod holds the entry');
      const dumpFile = join(scratchFolder(teardown, 'dump'), 'rpc.json');
      const { stdout: dump, stderr } = await dumpRegistry(orders.configFile, 'rpc');
      writeFileSync(dumpFile, dump);
      assert.doesNotMatch(dump + stderr, new RegExp(SECRET));
      assert.match(stderr, /token/, 'what was masked is told');
      const { stdout } = await convertDump(orders.configFile, dumpFile);
      assert.deepEqual(comparableFromYaml(stdout), comparable((await istiod.serviceEntries()).values()));
    });

    test('Eureka and ZooKeeper in one bridge: one host joined from both, and an outage of one changes nothing', async () => {
      const eureka = await EurekaServer.start(teardown);
      const instances = EurekaInstances.start(teardown, [eureka.url]);
      const invoices = { app: 'invoices', id: 'invoices-0', address: '10.40.3.1', port: 8080, metadata: {} };
      const moving = {
        app: 'moving',
        id: 'moving-0',
        address: '10.40.3.2',
        port: 20880,
        metadata: { protocol: 'dubbo' },
      };
      await instances.register(invoices, moving);
      await eureka.untilLists(2);
      await writer.create(
        providerNode({ application: 'moving', interfaceName: 'com.acme.Moving', address: '10.40.4.1:20880' }),
      );
      const scope = { include: [{ application: ['moving', 'orders'] }] };
      const bridge = await Bridge.start(
        teardown,
        bridgeConfig([], {
          registries: {
            eureka: eurekaRegistry([eureka.url]),
            rpc: dubboRegistry([zookeeper.address], { scope }),
          },
          hosts: { 'moving.payments.mesh': ['eureka/MOVING', 'rpc/moving'] },
          admit: { addresses: [RANGE] },
        }),
      );
      const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
      await istiod.untilReady();
      const whole = {
        'payments/bridge.eureka.invoices': ['10.40.3.1'],
        'payments/bridge.eureka.moving': ['10.40.3.2', '10.40.4.1'],
        'payments/bridge.rpc.orders': ['10.40.0.1', '10.40.0.2'],
      };
      await untilHolds(async () => assert.deepEqual(await endpoints(istiod), whole), 'the two registries add up');

      const entries = Watch.start(teardown, 'the entries', async () => JSON.stringify(await endpoints(istiod)));
      await zookeeper.process.kill();
      await waitFor(
        async () => (await bridge.registries()).some(({ state }) => state === 'stale'),
        'the bridge knows of the outage',
      );
      const invoicesToo = { ...invoices, id: 'invoices-1', address: '10.40.3.3' };
      await instances.register(invoicesToo);
      const grown = { ...whole, 'payments/bridge.eureka.invoices': ['10.40.3.1', '10.40.3.3'] };
      await untilHolds(async () => assert.deepEqual(await endpoints(istiod), grown), 'Eureka is followed meanwhile');
      await zookeeper.startAgain();
      await waitFor(
        async () => (await bridge.registries()).every(({ state }) => state === 'live'),
        'both registries are live again',
      );
      assert.deepEqual([...(await entries.end()).keys()], [JSON.stringify(whole), JSON.stringify(grown)]);
      assert.deepEqual(await istiod.complaints(), []);
    });
  },
);

/** Name of each entry → addresses of its endpoints. */
async function endpoints(istiod: Istiod): Promise<Readonly<Record<string, readonly string[]>>> {
  const entries = [...(await istiod.serviceEntries())].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([name, { spec }]) => {
      const listed = (spec['endpoints'] ?? []) as readonly { readonly address: string }[];
      return [name, listed.map(({ address }) => address)];
    }),
  );
}
