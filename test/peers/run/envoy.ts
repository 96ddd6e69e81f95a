// A stock Envoy that takes its configuration from an istiod, as a sidecar of some workload or as a gateway; no agent beside it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peerPath } from '../build/peers.ts';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';
import { getJson, getText } from './get.ts';
import type { Istiod } from './istiod.ts';
import { scratchFolder } from './scratch.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

export interface EnvoyOptions {
  readonly role?: 'sidecar' | 'gateway';
  /** Kubernetes namespace of the workload; istiod decides by it what the proxy may see. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Of its node, beside what every proxy here says of itself. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** One endpoint of a cluster as Envoy holds it. */
export interface Host {
  readonly address: string;
  readonly port: number;
  readonly isHealthy: boolean;
}

export class Envoy {
  readonly #adminPort: number;
  readonly #child: Child;

  private constructor(adminPort: number, child: Child) {
    this.#adminPort = adminPort;
    this.#child = child;
  }

  /** Starts it and waits until it has taken clusters and listeners from istiod. */
  static async start(teardown: Teardown, istiod: Istiod, options: EnvoyOptions = {}): Promise<Envoy> {
    const { role = 'sidecar', namespace = 'payments', labels = { app: 'client' }, metadata = {} } = options;
    const name = `envoy-${role}-${namespace}`;
    const adminPort = await freePort();
    const bootstrap = join(scratchFolder(teardown, name), 'bootstrap.json');
    writeFileSync(
      bootstrap,
      JSON.stringify(bootstrapFor({ role, namespace, labels, metadata, adminPort, istiodPort: istiod.ports.grpc })),
    );
    const child = new Child({
      name,
      command: peerPath('envoy'),
      args: ['--config-path', bootstrap, '--disable-hot-restart', '--concurrency', '1', '--log-level', 'warning'],
    });
    teardown.add(name, () => child.stop());
    const envoy = new Envoy(adminPort, child);
    await envoy.#untilReady();
    return envoy;
  }

  async #untilReady(): Promise<void> {
    await waitFor(async () => {
      if (!this.#child.isRunning) throw new Error('it ended');
      return (await getText(this.#admin('/ready'))).includes('LIVE');
    }, `${this.#child.name} is ready`).catch((error: unknown) => {
      throw new Error(this.#child.describe(), { cause: error });
    });
  }

  #admin(path: string): string {
    return `http://127.0.0.1:${this.#adminPort}${path}`;
  }

  /** The endpoints of a cluster, ordered; undefined while Envoy has no such cluster. */
  async hosts(cluster: string): Promise<readonly Host[] | undefined> {
    const answer = (await getJson(this.#admin('/clusters?format=json'))) as {
      readonly cluster_statuses?: readonly ClusterStatus[];
    };
    const found = answer.cluster_statuses?.find(({ name }) => name === cluster);
    if (found === undefined) return undefined;
    return (found.host_statuses ?? [])
      .map(hostOf)
      .sort((a, b) => a.address.localeCompare(b.address) || a.port - b.port);
  }

  /** Waits until the cluster of `host:port` has exactly these endpoints (`ADDRESS:PORT`, in any order). */
  async untilHosts(host: string, port: number, endpoints: readonly string[], deadlineMs?: number): Promise<void> {
    const wanted = [...endpoints].sort().join(' ');
    await waitFor(
      async () => {
        const held = await this.hosts(outboundCluster(host, port));
        const names = held
          ?.map(({ address, port: number }) => `${address}:${number}`)
          .sort()
          .join(' ');
        if (names === wanted) return true;
        throw new Error(`it holds ${names ?? 'no such cluster'}`);
      },
      `Envoy routes ${host}:${port} to ${wanted === '' ? 'nothing' : wanted}`,
      deadlineMs,
    );
  }

  async clusterNames(): Promise<readonly string[]> {
    const answer = (await getJson(this.#admin('/clusters?format=json'))) as {
      readonly cluster_statuses?: readonly ClusterStatus[];
    };
    return (answer.cluster_statuses ?? []).map(({ name }) => name).sort();
  }

  /** Counters and gauges whose names match the regular expression. */
  async stats(filter: string): Promise<ReadonlyMap<string, number>> {
    const text = await getText(this.#admin(`/stats?filter=${encodeURIComponent(filter)}`));
    const pairs = text.split('\n').flatMap((line): [string, number][] => {
      const [, name, value] = /^(.+): (\d+)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, Number(value)]];
    });
    return new Map(pairs);
  }

  async stat(name: string): Promise<number> {
    return (await this.stats(`^${name.replace(/[.|]/g, '\\$&')}$`)).get(name) ?? 0;
  }

  configDump(): Promise<unknown> {
    return getJson(this.#admin('/config_dump?include_eds'));
  }
}

/** The name that istiod gives to the cluster of a service port. */
export function outboundCluster(host: string, port: number): string {
  return `outbound|${port}||${host}`;
}

interface ClusterStatus {
  readonly name: string;
  readonly host_statuses?: readonly {
    readonly address: { readonly socket_address: { readonly address: string; readonly port_value: number } };
    readonly health_status: { readonly eds_health_status?: string };
  }[];
}

function hostOf(status: NonNullable<ClusterStatus['host_statuses']>[number]): Host {
  const { address, port_value: port } = status.address.socket_address;
  return { address, port, isHealthy: status.health_status.eds_health_status === 'HEALTHY' };
}

function bootstrapFor(about: {
  readonly role: 'sidecar' | 'gateway';
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly adminPort: number;
  readonly istiodPort: number;
}): object {
  const { role, namespace, labels, metadata, adminPort, istiodPort } = about;
  // The address in the node id must be that of no endpoint, else istiod takes the endpoint for this proxy's own workload.
  const id = `${role === 'gateway' ? 'router' : 'sidecar'}~127.0.0.9~${role}-0.${namespace}~${namespace}.svc.cluster.local`;
  const ads = { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' };
  const http2 = {
    '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
    explicit_http_config: { http2_protocol_options: {} },
  };
  const at = (port: number) => ({ socket_address: { address: '127.0.0.1', port_value: port } });
  return {
    node: {
      id,
      cluster: `${role}.${namespace}`,
      metadata: {
        NAMESPACE: namespace,
        ISTIO_VERSION: '1.30.0',
        CLUSTER_ID: 'Kubernetes',
        LABELS: labels,
        ...metadata,
      },
    },
    dynamic_resources: {
      ads_config: {
        api_type: 'GRPC',
        transport_api_version: 'V3',
        set_node_on_first_message_only: true,
        grpc_services: [{ envoy_grpc: { cluster_name: 'xds-grpc' } }],
      },
      cds_config: ads,
      lds_config: ads,
    },
    static_resources: {
      clusters: [
        {
          name: 'xds-grpc',
          type: 'STATIC',
          connect_timeout: '1s',
          typed_extension_protocol_options: { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': http2 },
          load_assignment: {
            cluster_name: 'xds-grpc',
            endpoints: [{ lb_endpoints: [{ endpoint: { address: at(istiodPort) } }] }],
          },
        },
      ],
    },
    admin: { address: at(adminPort) },
  };
}
