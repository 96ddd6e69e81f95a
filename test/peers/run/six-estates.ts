// Registries of every kind for six bridges: two teams in one Eureka, Dubbo and Spring Cloud in one ZooKeeper (as they were recorded),
// a file, and a file that names nothing.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type BridgeConfig, bridgeConfig, eurekaRegistry } from './bridge.ts';
import { EurekaInstances, type Registration } from './eureka-instances.ts';
import { EurekaServer } from './eureka-server.ts';
import { goldenConfig, goldenTrees, plantTree } from './golden-tree.ts';
import { providerNode } from './provider-nodes.ts';
import { scratchFolder } from './scratch.ts';
import type { Teardown } from './teardown.ts';
import { ZooKeeperServer } from './zookeeper-server.ts';
import { ZooKeeperWriter } from './zookeeper-writer.ts';

/** Service → addresses of its instances. */
type Machines = Readonly<Record<string, readonly string[]>>;

const GUARD = { removalDebounce: '500ms', emptyGrace: '0s' };
const ADMIT = { addresses: ['10.50.0.0/16'] };
const DUBBO_CASE = 'dubbo-hosts-of-interfaces-read-back';
const SPRING_CASE = 'spring-several-applications-and-nested-names';

const at = (app: string, lastByte: number): Registration => ({
  app,
  id: `${app}-${lastByte}`,
  address: `10.50.1.${lastByte}`,
  port: 8080,
  metadata: { zone: `z${lastByte % 2}` },
});
const REGISTERED = [at('pay-ledger', 1), at('pay-ledger', 2), at('pay-cards', 3), at('shop-cart', 4)];
const GONE = [at('pay-ledger', 5), at('pay-gone', 6), at('shop-gone', 7)];
export const MACHINES: Machines = { orders: ['10.50.3.1', '10.50.3.2'], stock: ['10.50.3.3'] };

export class SixEstates {
  /** By the namespace that each publishes for. */
  readonly configs: ReadonlyMap<string, BridgeConfig>;
  readonly writeMachines: (machines: Machines) => void;
  readonly #instances: EurekaInstances;
  readonly #writer: ZooKeeperWriter;

  private constructor(
    configs: SixEstates['configs'],
    writeMachines: SixEstates['writeMachines'],
    instances: EurekaInstances,
    writer: ZooKeeperWriter,
  ) {
    this.configs = configs;
    this.writeMachines = writeMachines;
    this.#instances = instances;
    this.#writer = writer;
  }

  static async start(teardown: Teardown): Promise<SixEstates> {
    const [eureka, zookeeper] = await Promise.all([EurekaServer.start(teardown), ZooKeeperServer.start(teardown)]);
    const instances = EurekaInstances.start(teardown, [eureka.url], 10_000);
    await instances.register(...REGISTERED);
    await eureka.untilLists(REGISTERED.length);
    const writer = await ZooKeeperWriter.start(teardown, zookeeper.address);
    const folder = scratchFolder(teardown, 'machines');
    const path = (name: string) => join(folder, `${name}.yaml`);
    writeMachines(path('machines'), MACHINES);
    writeMachines(path('nothing'), {});
    const registries: Readonly<Record<string, BridgeConfig>> = {
      pay: { eureka: eurekaRegistry([eureka.url], { scope: { include: [{ app: ['pay-*'] }] } }) },
      shop: { eureka: eurekaRegistry([eureka.url], { scope: { include: [{ app: ['shop-*'] }] } }) },
      machines: { vms: { kind: 'file', path: path('machines'), pollInterval: '200ms' } },
      // That a registry lists nothing is believed after this time, at each start.
      nothing: { vms: { kind: 'file', path: path('nothing'), pollInterval: '200ms', holdFor: '1s' } },
    };
    const configs = [
      ...Object.entries(registries).map(([name, its]): [string, BridgeConfig] => [
        name,
        bridgeConfig([], { registries: its, admit: ADMIT }),
      ]),
      ...(await recorded(zookeeper, writer)),
    ].map(([name, config]): [string, BridgeConfig] => {
      return [name, { ...config, namespace: name, instance: `of-${name}`, guard: GUARD }];
    });
    return new SixEstates(new Map(configs), (machines) => writeMachines(path('machines'), machines), instances, writer);
  }

  /** Things come, change and go again, so that whoever reads all the time has another history than who comes later. */
  async stir(): Promise<void> {
    const node = `/${DUBBO_CASE}${providerNode({ application: 'gone', interfaceName: 'com.acme.Gone', address: '10.20.9.9:20880' })}`;
    this.writeMachines({ stock: ['10.50.3.9'], gone: ['10.50.3.8'], orders: ['10.50.3.2'] });
    await this.#writer.create(node);
    await this.#instances.register(...GONE);
    for (const registration of GONE) await this.#instances.deregister(registration);
    await this.#writer.remove(node);
    this.writeMachines(MACHINES);
  }
}

async function recorded(zookeeper: ZooKeeperServer, writer: ZooKeeperWriter): Promise<[string, BridgeConfig][]> {
  const configs: [string, BridgeConfig][] = [];
  for (const [name, wanted] of Object.entries({ rpc: DUBBO_CASE, spring: SPRING_CASE })) {
    const golden = goldenTrees().find((one) => one.name === wanted);
    if (golden === undefined) throw new Error(`there is no golden case ${wanted}`);
    for (const { raw } of golden.dumps) await plantTree(writer, golden, raw);
    configs.push([name, goldenConfig(golden, zookeeper.address)]);
  }
  return configs;
}

function writeMachines(path: string, machines: Machines): void {
  const services = Object.entries(machines).map(([name, addresses]) => ({
    name,
    instances: addresses.map((address) => ({ id: address, address, port: 8080 })),
  }));
  writeFileSync(path, stringify({ services }));
}
