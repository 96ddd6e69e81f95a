// A real Spring Cloud Eureka server, alone or as one of two that copy from each other; quick caches, nothing evicted early.
import { peerPath } from '../build/peers.ts';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';
import { get } from './get.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

export class EurekaServer {
  readonly port: number;
  readonly #peers: readonly number[];
  #child: Child;

  private constructor(port: number, peers: readonly number[]) {
    this.port = port;
    this.#peers = peers;
    this.#child = this.#start();
  }

  /** Starts one server and waits until it answers. */
  static async start(teardown: Teardown): Promise<EurekaServer> {
    const server = new EurekaServer(await freePort(), []);
    teardown.add('the Eureka server', () => server.stop());
    await server.untilReady();
    return server;
  }

  /** Starts two servers that replicate to each other. */
  static async startPair(teardown: Teardown): Promise<readonly [EurekaServer, EurekaServer]> {
    const ports = [await freePort(), await freePort()] as const;
    const pair = [new EurekaServer(ports[0], [ports[1]]), new EurekaServer(ports[1], [ports[0]])] as const;
    for (const server of pair) teardown.add(`the Eureka server on port ${server.port}`, () => server.stop());
    await Promise.all(pair.map((server) => server.untilReady()));
    return pair;
  }

  #start(): Child {
    const isAlone = this.#peers.length === 0;
    return new Child({
      name: `eureka-${this.port}`,
      command: 'java',
      args: [
        ...['-XX:TieredStopAtLevel=1', '-Xmx256m', '-jar', peerPath('eureka')],
        `--server.port=${this.port}`,
        '--server.address=127.0.0.1',
        '--eureka.instance.hostname=127.0.0.1',
        `--eureka.client.register-with-eureka=${!isAlone}`,
        `--eureka.client.fetch-registry=${!isAlone}`,
        ...this.#peers.map((port) => `--eureka.client.service-url.defaultZone=http://127.0.0.1:${port}/eureka/`),
        // A server takes every URL of its own host for itself and copies nothing to it, unless it knows its own.
        `--eureka.server.my-url=http://127.0.0.1:${this.port}/eureka/`,
        `--eureka.instance.instance-id=eureka-${this.port}`,
        '--spring.application.name=eureka-server',
        '--eureka.server.response-cache-update-interval-ms=1000',
        '--eureka.server.eviction-interval-timer-in-ms=1000',
        '--eureka.server.wait-time-in-ms-when-sync-empty=0',
        '--eureka.server.enable-self-preservation=false',
        '--eureka.server.peer-node-read-timeout-ms=2000',
        '--eureka.server.peer-node-connect-timeout-ms=2000',
      ],
    });
  }

  /** As applications are told: `/apps` is appended by whoever reads. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/eureka`;
  }

  get process(): Child {
    return this.#child;
  }

  async untilReady(): Promise<void> {
    await waitFor(async () => {
      if (!this.#child.isRunning) throw new Error('it ended');
      return (await get(`${this.url}/apps`)).status === 200;
    }, `the Eureka server on port ${this.port} answers`).catch((error: unknown) => {
      throw new Error(this.#child.describe(), { cause: error });
    });
  }

  /** The body of `GET /apps` as JSON, once it lists at least so many instances: it is answered from a copy up to a second old. */
  untilLists(instances: number): Promise<string> {
    return this.#untilListed((listed) => listed >= instances, `Eureka lists ${instances} instances`);
  }

  /** The same, once it lists no more than so many. Until then it may tell of what left in `/apps/delta`, and list it in `/apps`. */
  untilListsAtMost(instances: number): Promise<string> {
    return this.#untilListed((listed) => listed <= instances, `Eureka lists no more than ${instances} instances`);
  }

  #untilListed(isWanted: (listed: number) => boolean, what: string): Promise<string> {
    return waitFor(async () => {
      const response = await fetch(`${this.url}/apps`, { headers: { accept: 'application/json' } });
      const body = await response.text();
      return isWanted(body.split('"instanceId"').length - 1) && body;
    }, what);
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  /** A new process on the same port; its registry begins empty, or as its peer has it. */
  startAgain(): void {
    this.#child = this.#start();
  }
}
