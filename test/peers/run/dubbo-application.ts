// A real Dubbo application, provider or consumer or both, inside a network namespace (own-network.ts).
import { join } from 'node:path';
import { peerPath } from '../build/peers.ts';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';
import { type Answer, get } from './get.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

const DUBBO_PEERS = { '3.3': 'dubbo33', '2.7': 'dubbo27' } as const;
type Protocol = 'dubbo' | 'tri' | 'dubbo+tri';

export interface DubboOptions {
  readonly application: string;
  readonly line?: keyof typeof DUBBO_PEERS;
  /** Address that it registers, of 10.20.0.0/24. */
  readonly address: string;
  /** ZooKeeper, `HOST:PORT`; without it there is no registry, as for a caller of URLs. */
  readonly zookeeper?: string;
  /** What it speaks, each on a port of its own: `dubbo`, `tri`, or `dubbo+tri` for both on one. */
  readonly protocols?: readonly Protocol[];
  /** `Greeting` or `Parting` with `?group=g1&version=1.0.0&weight=50&tag=gray&token=…`; others become plain parameters. */
  readonly provides?: readonly string[];
  /** In the same form: what it calls by way of its registry. */
  readonly consumes?: readonly string[];
  /** Further system properties: `dubbo.application.register-mode` … */
  readonly properties?: Readonly<Record<string, string>>;
}

export class DubboApplication {
  readonly #options: DubboOptions;
  readonly #callPort: number;
  readonly #ports: ReadonlyMap<Protocol, number>;
  #child: Child;

  private constructor(options: DubboOptions, callPort: number, ports: ReadonlyMap<Protocol, number>) {
    this.#options = options;
    this.#callPort = callPort;
    this.#ports = ports;
    this.#child = this.#start();
  }

  /** Starts it and waits until it has started by its own account: registered, if it has a registry. */
  static async start(teardown: Teardown, options: DubboOptions): Promise<DubboApplication> {
    const ports = new Map<Protocol, number>();
    for (const protocol of options.protocols ?? []) ports.set(protocol, await freePort());
    const application = new DubboApplication(options, await freePort(), ports);
    teardown.add(`the Dubbo application ${options.application}`, () => application.stop());
    await application.untilStarted();
    return application;
  }

  #start(): Child {
    const { line = '3.3', application, address, provides = [], consumes = [] } = this.#options;
    const properties = { ...propertiesOf(this.#options), ...portProperties(this.#ports), ...this.#options.properties };
    return new Child({
      name: `dubbo-${line}-${application}`,
      command: 'java',
      args: [
        ...['-XX:TieredStopAtLevel=1', '-Xmx256m', '--add-opens', 'java.base/java.lang=ALL-UNNAMED'],
        ...Object.entries(properties).map(([key, value]) => `-D${key}=${value}`),
        `-DDUBBO_IP_TO_REGISTRY=${address}`,
        ...['-cp', join(peerPath(DUBBO_PEERS[line]), '*'), 'io.footbridge.test.DubboApplication'],
        ...provides.map((service) => `provide=${service}`),
        ...consumes.map((service) => `consume=${service}`),
        `calls=${this.#callPort}`,
      ],
    });
  }

  get process(): Child {
    return this.#child;
  }

  /** `ADDRESS:PORT` of one of its protocols, as Envoy shows it. */
  endpoint(protocol: 'dubbo' | 'tri'): string {
    const [, port] = [...this.#ports].find(([spoken]) => spoken.split('+').includes(protocol)) ?? [];
    if (port === undefined) throw new Error(`${this.#child.name} does not speak ${protocol}`);
    return `${this.#options.address}:${port}`;
  }

  async untilStarted(): Promise<void> {
    await waitFor(() => {
      if (!this.#child.isRunning) throw new Error('it ended');
      return this.#child.lines.includes('STARTED');
    }, `${this.#child.name} has started`).catch((error: unknown) => {
      throw new Error(this.#child.describe(), { cause: error });
    });
  }

  /**
   * Calls a service once, named as in `provides`: 200 with the answer `APPLICATION:PORT greets …`, or 502 with the error. `url`
   * (`dubbo://HOST:PORT`) leads straight to a provider, past any registry; consumers of one URL share a connection.
   */
  call(service: string, url?: string): Promise<Answer> {
    const [type = '', query = ''] = service.split('?');
    const parameters = new URLSearchParams(query);
    parameters.set('name', 'a test');
    if (url !== undefined) parameters.set('url', `${url}/io.footbridge.test.${type}`);
    return get(`http://127.0.0.1:${this.#callPort}/${type}?${parameters}`);
  }

  /** Ends in order: what it registered goes at once. */
  stop(): Promise<void> {
    return this.#child.stop();
  }

  /** Ends without a word: what it registered goes when its session has expired. */
  kill(): Promise<void> {
    return this.#child.kill();
  }

  async startAgain(): Promise<void> {
    this.#child = this.#start();
    await this.untilStarted();
  }
}

function propertiesOf({ application, zookeeper }: DubboOptions): Readonly<Record<string, string>> {
  return {
    'dubbo.application.name': application,
    'dubbo.application.qos-enable': 'false',
    'dubbo.registry.address': zookeeper === undefined ? 'N/A' : `zookeeper://${zookeeper}`,
    // How long it waits at its end for calls under way.
    'dubbo.service.shutdown.wait': '200',
  };
}

function portProperties(ports: ReadonlyMap<Protocol, number>): Readonly<Record<string, string>> {
  const pairs = [...ports].flatMap(([protocol, port]): [string, string][] => {
    const [name = protocol, second] = protocol.split('+');
    const prefix = `dubbo.protocols.${name}`;
    const extended: [string, string][] = second === undefined ? [] : [[`${prefix}.ext-protocol`, second]];
    return [[`${prefix}.name`, name], [`${prefix}.port`, `${port}`], ...extended];
  });
  return Object.fromEntries(pairs);
}
