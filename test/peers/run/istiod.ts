// A stock istiod on free ports, with a mesh config of its own: a folder of hand-written resources first, then the config
// sources that the test names.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { peerPath } from '../build/peers.ts';
import { Child } from './child.ts';
import { complaints } from './complaints.ts';
import { freePort } from './free-port.ts';
import { getJson, getText } from './get.ts';
import { startKubeApi } from './kube-api.ts';
import { Metrics } from './metrics.ts';
import { scratchFolder } from './scratch.ts';
import type { Teardown } from './teardown.ts';
import { isReady, untilReady } from './until-ready.ts';

/** By year of its code; they ask for ServiceEntries under `v1alpha3` and `v1`. */
const GENERATIONS = { 2024: 'istiod2024', 2026: 'istiod' } as const;
export type Generation = keyof typeof GENERATIONS;

export interface IstiodOptions {
  /** Default: 2026. */
  readonly generation?: Generation;
  /** Config sources after the folder of hand-written resources: `xds://127.0.0.1:PORT`. */
  readonly sources?: readonly string[];
  /** Put into that folder before the start; file name (without ending) → Kubernetes-style object. */
  readonly handWritten?: Readonly<Record<string, object>>;
  readonly podName?: string;
  /** Put over the mesh config of all tests. */
  readonly mesh?: Readonly<Record<string, unknown>>;
  /** Where its HTTP ports listen. Anything but loopback only in a network of its own. */
  readonly address?: string;
}

/** A resource as istiod stores it (`/debug/configz`). */
export interface StoredConfig {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string | null;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Without it every proxy waits for certificates from an agent that is not there. */
const NO_MTLS = {
  // Not v1, which the one of 2024 does not know.
  apiVersion: 'security.istio.io/v1beta1',
  kind: 'PeerAuthentication',
  metadata: { name: 'default', namespace: 'istio-system' },
  spec: { mtls: { mode: 'DISABLE' } },
};

export class Istiod {
  readonly ports: Readonly<Record<'grpc' | 'http' | 'monitoring' | 'httpProxy' | 'outbound' | 'inbound', number>>;
  readonly #folder: string;
  readonly #podName: string;
  readonly #address: string;
  readonly #generation: Generation;
  #child: Child;

  private constructor(
    ports: Istiod['ports'],
    folder: string,
    { podName = 'istiod-0', address = '127.0.0.1', generation = 2026 }: IstiodOptions,
  ) {
    this.ports = ports;
    this.#address = address;
    this.#folder = folder;
    this.#podName = podName;
    this.#generation = generation;
    this.#child = this.#start();
  }

  /** Starts it and does not wait: see `untilReady`. */
  static async start(teardown: Teardown, options: IstiodOptions = {}): Promise<Istiod> {
    const { sources = [], handWritten = {}, mesh = {} } = options;
    const folder = scratchFolder(teardown, options.podName ?? 'istiod-0');
    const { kubeconfig } = await startKubeApi(teardown);
    const ports = {
      grpc: await freePort(),
      http: await freePort(),
      monitoring: await freePort(),
      httpProxy: await freePort(),
      outbound: await freePort(),
      inbound: await freePort(),
    };
    const meshConfig = {
      configSources: [{ address: `fs://${join(folder, 'hand-written')}` }, ...sources.map((address) => ({ address }))],
      enableAutoMtls: false,
      // An HTTP proxy listener on every sidecar: traffic without interception.
      proxyHttpPort: ports.httpProxy,
      proxyListenPort: ports.outbound,
      proxyInboundListenPort: ports.inbound,
      ...mesh,
    };
    mkdirSync(join(folder, 'hand-written'));
    writeFileSync(join(folder, 'kubeconfig.yaml'), kubeconfig);
    writeFileSync(join(folder, 'mesh.yaml'), stringify(meshConfig));
    for (const [name, object] of Object.entries({ 'no-mtls': NO_MTLS, ...handWritten })) {
      writeFileSync(join(folder, 'hand-written', `${name}.yaml`), stringify(object));
    }
    const istiod = new Istiod(ports, folder, options);
    teardown.add(istiod.#podName, () => istiod.stop());
    return istiod;
  }

  #start(): Child {
    const { grpc, http, monitoring } = this.ports;
    return new Child({
      name: this.#podName,
      command: peerPath(GENERATIONS[this.#generation]),
      args: [
        'discovery',
        ...['--kubeconfig', 'kubeconfig.yaml', '--meshConfig', 'mesh.yaml'],
        ...[
          '--grpcAddr',
          `127.0.0.1:${grpc}`,
          '--httpAddr',
          `${this.#address}:${http}`,
          '--monitoringAddr',
          `${this.#address}:${monitoring}`,
        ],
        ...['--httpsAddr=', '--secureGRPCAddr='],
      ],
      cwd: this.#folder,
      env: {
        POD_NAMESPACE: 'istio-system',
        POD_NAME: this.#podName,
        INSTANCE_IP: '127.0.0.1',
        // A stock Envoy lacks Istio's own filters.
        PILOT_ENABLE_METADATA_EXCHANGE: 'false',
        PILOT_ENABLE_ALPN_FILTER: 'false',
      },
    });
  }

  get process(): Child {
    return this.#child;
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  /** A new process on the same ports with the same configuration. */
  async restart(): Promise<void> {
    await this.#child.stop();
    this.#child = this.#start();
  }

  isReady(): Promise<boolean> {
    return isReady(this.ports.http);
  }

  untilReady(deadlineMs?: number): Promise<void> {
    return untilReady(this.#child, this.ports.http, deadlineMs);
  }

  /** Everything that it stores, by `kind/namespace/name` in that order. */
  async configz(): Promise<readonly StoredConfig[]> {
    return (await getJson(`http://127.0.0.1:${this.ports.http}/debug/configz`)) as StoredConfig[];
  }

  /** The stored ServiceEntries by `namespace/name`. */
  async serviceEntries(): Promise<ReadonlyMap<string, StoredConfig>> {
    const entries = (await this.configz()).filter(({ kind }) => kind === 'ServiceEntry');
    return new Map(entries.map((entry) => [`${entry.metadata.namespace}/${entry.metadata.name}`, entry]));
  }

  /** All stored ServiceEntries, a line for each, versions included: equal as long as nothing changed by a byte. */
  async serviceEntriesText(): Promise<string> {
    const lines = [...(await this.serviceEntries())].map(([name, entry]) => `${name} ${JSON.stringify(entry)}`);
    return lines.sort().join('\n');
  }

  async metrics(): Promise<Metrics> {
    return new Metrics(await getText(`http://127.0.0.1:${this.ports.monitoring}/metrics`));
  }

  /** Everything that it holds against what it was given. Good is empty. */
  async complaints(): Promise<readonly string[]> {
    return complaints(this.#child.lines, await this.metrics());
  }
}
