// A small mesh: real Dubbo providers in a real ZooKeeper, bridge, istiod, and one real Dubbo consumer whose connections to
// virtual IPs an Envoy takes. The consumer knows no registry.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bridge, bridgeConfig, dubboRegistry } from './bridge.ts';
import { DubboApplication, type DubboOptions } from './dubbo-application.ts';
import { Envoy, outboundCluster } from './envoy.ts';
import { Istiod } from './istiod.ts';
import { INSTANCE_RANGE, redirectVirtualIps } from './own-network.ts';
import { scratchFolder } from './scratch.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';
import { ZooKeeperServer } from './zookeeper-server.ts';

export interface MeshApplication extends Pick<DubboOptions, 'line' | 'protocols'> {
  readonly providers: number;
}

/** What a consumer can call: a protocol of an application, at the service port that our entry has for it. */
export interface Way {
  readonly application: string;
  readonly protocol: 'dubbo' | 'tri';
  readonly port: number;
}

export type Target = 'virtual IP' | 'name';

/** Group and version of a call are the consumer's to give. */
const SERVICE = 'Greeting?group=blue&version=1.0.0';
/** What no entry explains is refused, as strict meshes do; here Envoy would lead it to itself, again and again. */
const REGISTRY_ONLY = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Sidecar',
  metadata: { name: 'default', namespace: 'istio-system' },
  spec: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' }, egress: [{ hosts: ['*/*'] }] },
};

export class DubboMesh {
  readonly providers: ReadonlyMap<string, readonly DubboApplication[]>;
  readonly istiod: Istiod;
  readonly envoy: Envoy;
  readonly #virtualIps: ReadonlyMap<string, string>;
  readonly #consumer: DubboApplication;

  private constructor(
    parts: Pick<DubboMesh, 'providers' | 'istiod' | 'envoy'>,
    virtualIps: ReadonlyMap<string, string>,
    consumer: DubboApplication,
  ) {
    this.providers = parts.providers;
    this.istiod = parts.istiod;
    this.envoy = parts.envoy;
    this.#virtualIps = virtualIps;
    this.#consumer = consumer;
  }

  /** Starts all of it. Entries of applications without providers go at once. */
  static async start(teardown: Teardown, applications: Readonly<Record<string, MeshApplication>>): Promise<DubboMesh> {
    const zookeeper = await ZooKeeperServer.start(teardown);
    const providers = await startProviders(teardown, applications, zookeeper.address);
    const config = bridgeConfig([], {
      registries: { rpc: dubboRegistry([zookeeper.address]) },
      // Of each pair one is killed at once, and it is meant.
      guard: { removalDebounce: '1s', emptyGrace: '0s', removalShare: '100%' },
      admit: { addresses: [INSTANCE_RANGE] },
    });
    const bridge = await Bridge.start(teardown, config);
    const istiod = await Istiod.start(teardown, { sources: [bridge.address], handWritten: { strict: REGISTRY_ONLY } });
    await istiod.untilReady();
    const envoy = await Envoy.start(teardown, istiod);
    redirectVirtualIps(teardown, istiod.ports.outbound);
    const virtualIps = await virtualIpsOf(istiod, Object.keys(applications));
    const consumer = await startConsumer(teardown, virtualIps);
    return new DubboMesh({ providers, istiod, envoy }, virtualIps, consumer);
  }

  /** `ADDRESS:PORT` of every provider at the end of that way. */
  endpointsOf({ application, protocol }: Way): readonly string[] {
    return (this.providers.get(application) ?? []).map((provider) => provider.endpoint(protocol));
  }

  /** Waits until Envoy leads that way to exactly these. */
  untilLedTo({ application, port }: Way, endpoints: readonly string[]): Promise<void> {
    return this.envoy.untilHosts(hostOf(application), port, endpoints);
  }

  /** Waits until Envoy knows nothing of the application. */
  async untilUnknown(application: string): Promise<void> {
    const isOfIt = (cluster: string): boolean => cluster.endsWith(`||${hostOf(application)}`);
    await waitFor(async () => !(await this.envoy.clusterNames()).some(isOfIt), `Envoy has forgotten ${application}`);
  }

  /** Who answered one call: the port of a provider. Rejects without an answer. */
  async call({ application, protocol, port }: Way, target: Target): Promise<number> {
    const host = target === 'name' ? hostOf(application) : this.#virtualIps.get(application);
    const { status, body } = await this.#consumer.call(SERVICE, `${protocol}://${host}:${port}`);
    const [, name, answering] = /^(\S+):(\d+) greets a test$/.exec(body) ?? [];
    if (status !== 200 || name !== application) throw new Error(`not answered by ${application}: ${status} ${body}`);
    return Number(answering);
  }

  /** Bytes that Envoy has received from the providers at the end of that way. */
  bytesReceived({ application, port }: Way): Promise<number> {
    // istiod ends the cluster's name for statistics with a semicolon.
    return this.envoy.stat(`cluster.${outboundCluster(hostOf(application), port)};.upstream_cx_rx_bytes_total`);
  }
}

function hostOf(application: string): string {
  return `${application}.payments.rpc`;
}

async function startProviders(
  teardown: Teardown,
  applications: Readonly<Record<string, MeshApplication>>,
  zookeeper: string,
): Promise<ReadonlyMap<string, readonly DubboApplication[]>> {
  let lastByte = 20;
  const started = Object.entries(applications).map(
    async ([application, { line = '3.3', protocols = [], providers }]) => {
      const ofIt = Array.from({ length: providers }, () => {
        lastByte++;
        const address = `10.20.0.${lastByte}`;
        return DubboApplication.start(teardown, {
          application,
          line,
          protocols,
          address,
          zookeeper,
          provides: [SERVICE],
        });
      });
      return [application, await Promise.all(ofIt)] as const;
    },
  );
  return new Map(await Promise.all(started));
}

function virtualIpsOf(istiod: Istiod, applications: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return waitFor(async () => {
    const entries = await istiod.serviceEntries();
    const found = applications.flatMap((application): [string, string][] => {
      const addresses = entries.get(`payments/bridge.rpc.${application}`)?.spec['addresses'];
      return Array.isArray(addresses) ? [[application, String(addresses[0])]] : [];
    });
    return found.length === applications.length && new Map(found);
  }, 'every application has a virtual IP');
}

/** Its names are those of our entries, as a sidecar's DNS proxy would resolve them. */
function startConsumer(teardown: Teardown, virtualIps: ReadonlyMap<string, string>): Promise<DubboApplication> {
  const hostsFile = join(scratchFolder(teardown, 'hosts'), 'hosts');
  const lines = [...virtualIps].map(([application, address]) => `${address} ${hostOf(application)}\n`);
  writeFileSync(hostsFile, `127.0.0.1 localhost\n${lines.join('')}`);
  const properties = { 'jdk.net.hosts.file': hostsFile };
  return DubboApplication.start(teardown, { application: 'consumer', address: '10.20.0.2', properties });
}
