// Footbridge itself, as people run it: the bundle on plain Node, a child process with a configuration file.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { BACKEND_RANGE } from './backend.ts';
import { Child, type Program } from './child.ts';
import { freePort } from './free-port.ts';
import { get, getText } from './get.ts';
import { Metrics } from './metrics.ts';
import { scratchFolder } from './scratch.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

export const BUNDLE = join(import.meta.dirname, '../../../dist/footbridge.mjs');

/** A dead session of ZooKeeper is noticed within four seconds. */
const SESSION_TIMES = { sessionTimeout: '6s', connectTimeout: '2s', requestTimeout: '5s' };

/** Keys of the configuration file. What a test leaves out is as `bridgeConfig` has it. */
export type BridgeConfig = Readonly<Record<string, unknown>> & { readonly serve?: Readonly<Record<string, unknown>> };

/** A configuration for tests: one Eureka, times in seconds where a release has minutes, loopback backends allowed. */
export function bridgeConfig(eurekaUrls: readonly string[], changes: BridgeConfig = {}): BridgeConfig {
  return {
    namespace: 'payments',
    instance: 'bridge',
    registries: { eureka: eurekaRegistry(eurekaUrls) },
    guard: { removalDebounce: '1s', emptyGrace: '20s' },
    admit: { addresses: [BACKEND_RANGE] },
    coldStart: { bound: '5s' },
    shutdown: { drainDelay: '100ms', stagger: '200ms', deadline: '5s' },
    ...changes,
  };
}

export function eurekaRegistry(urls: readonly string[], changes: BridgeConfig = {}): BridgeConfig {
  return { kind: 'eureka', urls, pollInterval: '1s', requestTimeout: '2s', holdFor: '45s', ...changes };
}

/** Dubbo at `HOST:PORT`s of ZooKeeper. */
export function dubboRegistry(servers: readonly string[], changes: BridgeConfig = {}): BridgeConfig {
  return { kind: 'dubbo', servers, ...SESSION_TIMES, ...changes };
}

/** Spring Cloud at `HOST:PORT`s of ZooKeeper. */
export function springRegistry(servers: readonly string[], changes: BridgeConfig = {}): BridgeConfig {
  return { kind: 'spring-cloud-zookeeper', servers, ...SESSION_TIMES, ...changes };
}

/** A registry as the bridge tells of it. */
export interface ReadRegistry {
  readonly state: 'waiting' | 'live' | 'stale';
  readonly readAt?: string;
  readonly lastError?: { readonly code: string; readonly at: string };
}

/** A connected istiod, as far as tests look at it. */
export interface ConnectedClient {
  readonly nodeId?: string;
  readonly protocol: string;
  /** The releases that it can be. */
  readonly istio: string;
  readonly coldStart: { readonly kind: string; readonly because?: string };
  readonly types: readonly {
    readonly typeUrl: string;
    readonly state: 'held' | 'owed' | 'inFlight' | 'settled';
    readonly sent?: { readonly version: string; readonly resources: number };
    readonly nacked?: { readonly message: string };
    readonly currentVersion: string;
  }[];
}

/** As its page shows it. */
export interface ShownHold {
  readonly reason: string;
  /** In the form of ISO 8601. */
  readonly since: string;
}

export class Bridge {
  readonly port: number;
  readonly adminPort: number;
  readonly configFile: string;
  readonly #program: Program;
  #child: Child;

  private constructor(port: number, adminPort: number, configFile: string, program: Program) {
    this.port = port;
    this.adminPort = adminPort;
    this.configFile = configFile;
    this.#program = program;
    this.#child = new Child(program);
  }

  /** Starts it and waits until it can answer istiod, which does not mean that it has data. `env`: added to its environment. */
  static async start(
    teardown: Teardown,
    config: BridgeConfig,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Bridge> {
    if (!existsSync(BUNDLE)) throw new Error('dist/footbridge.mjs is not there: npm run build');
    const name = `bridge-${String(config['namespace'])}`;
    const port = await freePort();
    const adminPort = await freePort();
    const folder = scratchFolder(teardown, name);
    // Away from this repository it proves to be whole, and a build beside a test run changes nothing.
    copyFileSync(BUNDLE, join(folder, 'footbridge.mjs'));
    const configFile = join(folder, 'footbridge.yaml');
    writeFileSync(configFile, stringify({ ...config, serve: { ...config.serve, port }, admin: { port: adminPort } }));
    const args = [join(folder, 'footbridge.mjs'), 'serve', '--config', configFile];
    const program = { name, command: process.execPath, args, cwd: folder, env };
    const bridge = new Bridge(port, adminPort, configFile, program);
    teardown.add(name, () => bridge.stop());
    await bridge.untilReady();
    return bridge;
  }

  /** As a config source of istiod. */
  get address(): string {
    return `xds://${this.hostPort}`;
  }

  /** For clients of our own. */
  get hostPort(): string {
    return `127.0.0.1:${this.port}`;
  }

  get process(): Child {
    return this.#child;
  }

  async untilReady(): Promise<void> {
    await waitFor(async () => {
      if (!this.#child.isRunning) throw new Error('it ended');
      return (await get(`http://127.0.0.1:${this.adminPort}/readyz`)).status === 200;
    }, `${this.#program.name} is ready`).catch((error: unknown) => {
      throw new Error(this.#child.describe(), { cause: error });
    });
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  kill(): Promise<void> {
    return this.#child.kill();
  }

  /** A new process with the same configuration on the same ports. */
  async startAgain(): Promise<void> {
    this.#child = new Child(this.#program);
    await this.untilReady();
  }

  /** The status page, as it is. */
  statusPage(): Promise<string> {
    return getText(`http://127.0.0.1:${this.adminPort}/`);
  }

  /** One of the pages under `/debug/`, as it is. */
  page(name: string): Promise<string> {
    return getText(`http://127.0.0.1:${this.adminPort}/debug/${name}`);
  }

  /** The istiods that are connected. */
  async clients(): Promise<readonly ConnectedClient[]> {
    return JSON.parse(await this.page('clients')) as ConnectedClient[];
  }

  /** Codes of all problems of a service, named as the registry spells it, with and without instances. */
  async problemCodes(service: string): Promise<readonly string[]> {
    const page = JSON.parse(await this.page('services')) as { name: string; problems: { code: string }[] }[];
    return page.filter(({ name }) => name === service).flatMap(({ problems }) => problems.map(({ code }) => code));
  }

  /** The registries and how the last read of each ended. */
  async registries(): Promise<readonly ReadRegistry[]> {
    return JSON.parse(await this.page('registry')) as ReadRegistry[];
  }

  /** What it holds, each with its reason. */
  async holds(): Promise<readonly ShownHold[]> {
    return JSON.parse(await this.page('holds')) as ShownHold[];
  }

  /** That it holds something for this reason, and that page, metric and log say so. */
  async assertHolds(reason: string): Promise<void> {
    assert.ok(
      (await this.holds()).some((hold) => hold.reason === reason),
      'the page says it',
    );
    assert.ok((await this.metrics()).sum('footbridge_guard_holds', { reason }) > 0, 'a metric says it');
    const isTold = this.process.lines.some((line) => line.includes('guard.held') && line.includes(reason));
    assert.ok(isTold, 'the log says it');
  }

  /** Waits until it has polled its registry `count` more times, with whatever outcome. */
  async untilPolled(count: number): Promise<void> {
    const polls = new Set<string>();
    await waitFor(async () => {
      const registries = await this.registries();
      polls.add(registries.map(({ readAt, lastError }) => `${readAt} ${lastError?.at}`).join());
      return polls.size > count;
    }, `${this.#program.name} polls ${count} times`);
  }

  /** The time on its wall, in milliseconds; its answers tell it to the second. */
  async date(): Promise<number> {
    const { headers } = await fetch(`http://127.0.0.1:${this.adminPort}/readyz`);
    return Date.parse(headers.get('date') ?? '');
  }

  async metrics(): Promise<Metrics> {
    return new Metrics(await getText(`http://127.0.0.1:${this.adminPort}/metrics`));
  }
}
