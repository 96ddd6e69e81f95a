// Who plays in the story: two namespaces, one of them with two replicas, read from two Eurekas that a test can break, from a real
// ZooKeeper and from files; a real istiod with a proxy, and another one that can be made slow. `shop` serves over TLS, and these two come
// by its second port, in plaintext.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createAuthority } from '../../fakes/authority.ts';
import { springRecord } from '../../fakes/curator-records.ts';
import { FakeEureka } from '../../fakes/fake-eureka.ts';
import { FakeIstiod } from '../../fakes/fake-istiod.ts';
import { Bridge, type BridgeConfig, bridgeConfig, eurekaRegistry, springRegistry } from '../../peers/run/bridge.ts';
import { Envoy } from '../../peers/run/envoy.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { Istiod } from '../../peers/run/istiod.ts';
import { scratchFolder } from '../../peers/run/scratch.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { ZooKeeperServer } from '../../peers/run/zookeeper-server.ts';
import { ZooKeeperWriter } from '../../peers/run/zookeeper-writer.ts';
import { Prometheus, type ScrapeTarget } from './prometheus.ts';

export interface Cast {
  /** Each replica of `shop` reads its own server, as in a cluster of Eurekas. */
  readonly eurekas: readonly [FakeEureka, FakeEureka];
  /** Both replicas of `shop` read it; it has one service with one instance. */
  readonly zookeeper: ZooKeeperServer;
  readonly shop: readonly [Bridge, Bridge];
  /** Of both replicas of `shop`. */
  readonly certificateFile: string;
  /** Of the first replica of `shop`. */
  readonly stateFile: string;
  readonly billing: Bridge;
  readonly istiod: Istiod;
  readonly prometheus: Prometheus;
  /** All that Prometheus scrapes as the story begins. */
  readonly targets: readonly ScrapeTarget[];
  /** Connects to the second replica of `shop`. */
  slowIstiod(): FakeIstiod;
  /** An istiod without TLS where there is TLS, and more of them at the other port than its limit lets in at once. All leave again. */
  passersBy(): Promise<void>;
  /** The services of `billing`, each with one instance. */
  writeBilling(services: readonly string[]): void;
}

const EAST = { cluster: 'east' };
/** Fires as soon as a registry is down: what alerts there are is not the business of this story. */
const RULES = {
  groups: [{ name: 'story', rules: [{ alert: 'FootbridgeRegistryDown', expr: 'footbridge_registry_up == 0' }] }],
};

/** Everybody but the istiods, which connect in the second chapter. Both Eurekas answer 503. */
export async function gather(teardown: Teardown): Promise<Cast> {
  const folder = scratchFolder(teardown, 'registries');
  const billingPath = join(folder, 'billing.yaml');
  const machines = join(folder, 'machines.yaml');
  writeServices(machines, ['mainframe']);
  writeServices(billingPath, ['invoices', 'ledger']);
  const eurekas = [await eureka(teardown), await eureka(teardown)] as const;
  const zookeeper = await zooKeeper(teardown);
  const { certFile: certificateFile, keyFile } = createAuthority(folder).issue('shop', ['DNS:shop-bridge.shop.svc']);
  const stateFiles = [join(folder, 'state-0.json'), join(folder, 'state-1.json')] as const;
  const plaintextPorts = [await freePort(), await freePort()] as const;
  const shopConfig = (replica: 0 | 1) => ({
    ...config('shop', 'web', {
      eureka: eurekaRegistry([eurekas[replica].url]),
      // Audits so often that the age of the data is that of Eureka's.
      spring: springRegistry([zookeeper.address], { auditInterval: '1s' }),
      vms: { kind: 'file', path: machines, pollInterval: '500ms' },
    }),
    state: { file: stateFiles[replica] },
    serve: {
      tls: { mode: 'tls', certificateFile, keyFile },
      plaintextPort: plaintextPorts[replica],
      limits: { streamsPerSecond: 10, streamsBurst: 2 },
    },
  });
  const shop = [await Bridge.start(teardown, shopConfig(0)), await Bridge.start(teardown, shopConfig(1))] as const;
  const files = { files: { kind: 'file', path: billingPath, pollInterval: '500ms' } };
  const billing = await Bridge.start(teardown, config('billing', 'payments', files));
  const istiod = await Istiod.start(teardown, { sources: [`xds://127.0.0.1:${plaintextPorts[0]}`, billing.address] });
  const another = (port: number, pod: string) => {
    const other = new FakeIstiod({ address: `127.0.0.1:${port}`, minor: 29, pod });
    teardown.add(pod, () => other.close());
    return other;
  };
  const targets = targetsOf(shop, billing, istiod);
  const prometheus = await Prometheus.start(teardown, targets, RULES);
  return {
    eurekas,
    zookeeper,
    shop,
    certificateFile,
    stateFile: stateFiles[0],
    billing,
    istiod,
    prometheus,
    targets,
    slowIstiod: () => another(plaintextPorts[1], 'istiod-1'),
    async passersBy() {
      const stranger = another(shop[0].port, 'istiod-2');
      const wave = [3, 4, 5, 6, 7].map((number) => another(plaintextPorts[0], `istiod-${number}`));
      await stranger.until(() => stranger.reconnects > 0, 'an istiod without TLS is turned away');
      for (const one of wave) await one.until(() => one.ready, 'each of many istiods is served');
      for (const one of [stranger, ...wave]) one.close();
    },
    writeBilling: (services) => writeServices(billingPath, services),
  };
}

/** A proxy, so that istiod has somebody to push to. */
export async function proxyOf(teardown: Teardown, istiod: Istiod): Promise<void> {
  await istiod.untilReady();
  await Envoy.start(teardown, istiod, { namespace: 'shop' });
}

async function eureka(teardown: Teardown): Promise<FakeEureka> {
  const server = await FakeEureka.start();
  teardown.add('eureka', () => server.close());
  server.behave = () => ({ kind: 'answer', status: 503 });
  return server;
}

async function zooKeeper(teardown: Teardown): Promise<ZooKeeperServer> {
  const server = await ZooKeeperServer.start(teardown);
  const passing = new Teardown();
  const writer = await ZooKeeperWriter.start(passing, server.address);
  await writer.create('/services/reports/reports-1', springRecord({ name: 'reports', address: '10.20.2.1' }));
  await passing.run();
  return server;
}

function config(namespace: string, team: string, registries: BridgeConfig): BridgeConfig {
  return bridgeConfig([], {
    namespace,
    instance: `${namespace}-bridge`,
    registries,
    owner: { team },
    admit: { addresses: ['10.20.0.0/16'] },
    guard: { removalDebounce: '4s', emptyGrace: '15s' },
  });
}

/**
 * The bridge of `billing` runs in a namespace of the mesh team, that of `shop` beside its applications. The job of `shop` finds a
 * neighbour too, which is no bridge.
 */
function targetsOf(shop: readonly Bridge[], billing: Bridge, istiod: Istiod): readonly ScrapeTarget[] {
  return [
    ...shop.map(({ adminPort }, index) => ({
      job: 'shop-footbridge',
      port: adminPort,
      labels: { ...EAST, namespace: 'shop', pod: `shop-${index}` },
    })),
    { job: 'billing-footbridge', port: billing.adminPort, labels: { ...EAST, namespace: 'mesh', pod: 'billing-0' } },
    {
      job: 'shop-footbridge',
      port: istiod.ports.monitoring,
      labels: { ...EAST, namespace: 'shop', pod: 'neighbour-0' },
    },
    {
      job: 'istiod',
      port: istiod.ports.monitoring,
      labels: { ...EAST, namespace: 'istio-system', pod: 'istiod-0' },
    },
  ];
}

function writeServices(path: string, names: readonly string[]): void {
  const services = names.map((name, index) => ({
    name,
    instances: [{ id: `${name}-1`, address: `10.20.1.${index + 1}`, port: 8080 }],
  }));
  writeFileSync(`${path}.new`, stringify({ services }));
  renameSync(`${path}.new`, path);
}
