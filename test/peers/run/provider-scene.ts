// Real providers of every kind in one real ZooKeeper, the bridge that reads it three ways and an istiod that reads the bridge.
import { Bridge, bridgeConfig, dubboRegistry, springRegistry } from './bridge.ts';
import { startDubboKinds } from './dubbo-kinds.ts';
import { type ExpectedService, expectedEndpoint } from './expected-entry.ts';
import { Istiod } from './istiod.ts';
import { INSTANCE_RANGE } from './own-network.ts';
import type { RegisteredProgram } from './registered-program.ts';
import { SpringApplication } from './spring-application.ts';
import type { Teardown } from './teardown.ts';
import { ZooKeeperServer } from './zookeeper-server.ts';

/** Who is killed and started again at once is back before its former session has expired, on a slow machine too. */
const MAX_SESSION_TIMEOUT_MS = 60_000;
const HTTP = { number: 80, protocol: 'HTTP', name: 'http' } as const;

export class ProviderScene {
  readonly zookeeper: ZooKeeperServer;
  /** Those of Dubbo and the Spring Cloud applications `films` and `songs`, by name. */
  readonly programs: ReadonlyMap<string, RegisteredProgram>;
  /** Two instances of one Spring Cloud application. */
  readonly books: readonly [SpringApplication, SpringApplication];
  readonly bridge: Bridge;
  readonly istiod: Istiod;

  private constructor(parts: Pick<ProviderScene, 'zookeeper' | 'programs' | 'books' | 'bridge' | 'istiod'>) {
    this.zookeeper = parts.zookeeper;
    this.programs = parts.programs;
    this.books = parts.books;
    this.bridge = parts.bridge;
    this.istiod = parts.istiod;
  }

  /**
   * Starts all of it. Registry `rpc` is Dubbo by application, `each` is Dubbo by interface and holds the group `blue` alone,
   * `spring` is Spring Cloud.
   */
  static async start(teardown: Teardown): Promise<ProviderScene> {
    const zookeeper = await ZooKeeperServer.start(teardown, { maxSessionTimeoutMs: MAX_SESSION_TIMEOUT_MS });
    const { address } = zookeeper;
    const [dubboKinds, books, films, songs] = await Promise.all([
      startDubboKinds(teardown, 'rpc', address),
      Promise.all([startSpring(teardown, 'books', 50, address), startSpring(teardown, 'books', 51, address)]),
      startSpring(teardown, 'films', 52, address),
      startSpring(teardown, 'songs', 53, address),
    ]);
    const programs = new Map([...dubboKinds, ['films', alone('films', films)], ['songs', alone('songs', songs)]]);
    const registries = {
      rpc: dubboRegistry([address]),
      each: dubboRegistry([address], { services: 'interface', scope: { include: [{ group: ['blue'] }] } }),
      spring: springRegistry([address]),
    };
    // Many go at once here, and it is meant.
    const guard = { removalDebounce: '1s', emptyGrace: '10m', removalShare: '100%' };
    const config = bridgeConfig([], { registries, guard, admit: { addresses: [INSTANCE_RANGE] } });
    const bridge = await Bridge.start(teardown, config);
    const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await istiod.untilReady();
    return new ProviderScene({ zookeeper, programs, books, bridge, istiod });
  }

  program(name: string): RegisteredProgram {
    const program = this.programs.get(name);
    if (program === undefined) throw new Error(`no program ${name}`);
    return program;
  }
}

/** Its number is the last byte of its address, its weight, and part of its zone. */
function startSpring(teardown: Teardown, application: string, number: number, zookeeper: string) {
  const metadata = 'spring.cloud.zookeeper.discovery.metadata';
  const properties = { [`${metadata}.zone`]: `z${number}`, [`${metadata}.weight`]: `${number}` };
  return SpringApplication.start(teardown, { application, address: `10.20.0.${number}`, zookeeper, properties });
}

function alone(service: 'films' | 'songs', program: SpringApplication): RegisteredProgram {
  return { program, mark: `/services/${service}/`, expected: expectedSpring(service, [program]) };
}

export function expectedSpring(service: string, instances: readonly SpringApplication[]): ExpectedService {
  const endpoints = instances.map(({ endpoint }) => {
    const number = endpoint.split(':')[0]?.split('.')[3];
    const weight = instances.length > 1 ? { weight: Number(number) } : {};
    return expectedEndpoint({ http: endpoint }, { labels: { zone: `z${number}` }, locality: `z${number}`, ...weight });
  });
  return { registry: 'spring', service, ports: [HTTP], endpoints };
}
