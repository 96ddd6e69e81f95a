// A real Spring Cloud application that registers itself in ZooKeeper and answers every request with `NAME:PORT`.
import { peerPath } from '../build/peers.ts';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';
import { get } from './get.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

export interface SpringOptions {
  readonly application: string;
  /** Where it listens and what it registers; one of this machine's. */
  readonly address: string;
  /** `HOST:PORT`. */
  readonly zookeeper: string;
  /** Further properties: `spring.cloud.zookeeper.discovery.metadata.zone` … */
  readonly properties?: Readonly<Record<string, string>>;
}

export class SpringApplication {
  readonly port: number;
  readonly #options: SpringOptions;
  #child: Child;

  private constructor(options: SpringOptions, port: number) {
    this.port = port;
    this.#options = options;
    this.#child = this.#start();
  }

  /** Starts it and waits until it answers, which it does just before it registers. */
  static async start(teardown: Teardown, options: SpringOptions): Promise<SpringApplication> {
    const application = new SpringApplication(options, await freePort());
    teardown.add(`the Spring application ${options.application}`, () => application.stop());
    await application.untilAnswering();
    return application;
  }

  #start(): Child {
    const { application, address, zookeeper, properties = {} } = this.#options;
    const all = {
      'server.address': address,
      'server.port': `${this.port}`,
      'spring.application.name': application,
      'spring.cloud.zookeeper.connect-string': zookeeper,
      'spring.cloud.zookeeper.discovery.instance-host': address,
      'management.endpoints.web.exposure.include': 'serviceregistry',
      ...properties,
    };
    return new Child({
      name: `spring-${application}`,
      command: 'java',
      args: [
        ...['-XX:TieredStopAtLevel=1', '-Xmx256m', '-jar', peerPath('springZookeeper')],
        ...Object.entries(all).map(([key, value]) => `--${key}=${value}`),
      ],
    });
  }

  get process(): Child {
    return this.#child;
  }

  /** `ADDRESS:PORT`, as Envoy shows it. */
  get endpoint(): string {
    return `${this.#options.address}:${this.port}`;
  }

  async untilAnswering(): Promise<void> {
    await waitFor(async () => {
      if (!this.#child.isRunning) throw new Error('it ended');
      return (await get(`http://${this.endpoint}/`)).status === 200;
    }, `${this.#child.name} answers`).catch((error: unknown) => {
      throw new Error(this.#child.describe(), { cause: error });
    });
  }

  /** Sets the status that it is registered with, as an operator does. */
  async setStatus(status: 'UP' | 'OUT_OF_SERVICE' | 'DOWN'): Promise<void> {
    const { ok, status: answer } = await fetch(`http://${this.endpoint}/actuator/serviceregistry`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status }),
    });
    if (!ok) throw new Error(`the application answered ${answer} to a change of its status`);
  }

  /** Ends in order: its registration goes at once. */
  stop(): Promise<void> {
    return this.#child.stop();
  }

  /** Ends without a word: its registration goes when its session has expired. */
  kill(): Promise<void> {
    return this.#child.kill();
  }

  async startAgain(): Promise<void> {
    this.#child = this.#start();
    await this.untilAnswering();
  }
}
