// ServiceEntry specs out of a seed: the same ones on every machine. Each begins as a valid spec and then suffers none, one or
// a few mutations, most of which put a value just on one or the other side of a border of Istio's rules.
import type { Endpoint, EntryPort, ServiceEntrySpec } from '../../src/convert/entry.ts';
import {
  CIDRS,
  HOSTS,
  IPS,
  LABEL_KEYS,
  LABEL_VALUES,
  LABELS,
  LONG_LABEL,
  PORT_NUMBERS,
  PROTOCOLS,
  SOCKETS,
  VISIBILITIES,
  WEIGHTS,
} from './border-values.ts';
import { seededRandom } from './seeded-random.ts';

export interface GeneratedEntry {
  readonly id: number;
  /** Names of the mutations, in the order in which they were applied. */
  readonly mutations: readonly string[];
  readonly spec: ServiceEntrySpec;
}

/** The namespace that `exportTo` of some of the specs names as its own. */
export const GENERATED_NAMESPACE = 'asked';

type Mutation = (spec: ServiceEntrySpec, random: Random) => ServiceEntrySpec;

export function generatedEntries(count: number, seed: number): readonly GeneratedEntry[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, id) => {
    const mutations = Array.from({ length: random.pick([0, 1, 1, 1, 2, 3]) }, () => random.pick(MUTATION_NAMES));
    const spec = mutations.reduce((changed, name) => MUTATIONS[name](changed, random), validSpec(random));
    return { id, mutations, spec };
  });
}

class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seededRandom(seed);
  }

  /** A whole number from 0 to `end` - 1. */
  below(end: number): number {
    return Math.floor(this.#next() * end);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  list<T>(from: number, to: number, make: (index: number) => T): T[] {
    return Array.from({ length: from + this.below(to - from + 1) }, (_, index) => make(index));
  }

  text(alphabet: string, longest: number): string {
    return this.list(0, longest, () => this.pick([...alphabet])).join('');
  }
}

const RESOLUTIONS = ['STATIC', 'STATIC', 'STATIC', 'NONE', 'DNS', 'DNS_ROUND_ROBIN'] as const;

function validSpec(random: Random): ServiceEntrySpec {
  const resolution = random.pick(RESOLUTIONS);
  const multiHost = random.below(5) === 0;
  const ports = random
    .list(0, 3, (index): EntryPort => {
      const protocol = random.pick(
        multiHost ? ['HTTP', 'grpc', 'TLS', 'GRPC-Web'] : ['HTTP', 'TCP', 'HTTPS', 'GRPC', 'mongo', 'UDP', ''],
      );
      return {
        number: random.pick([1, 80, 8080, 65_530]) + index,
        protocol,
        name: `p${index}${random.pick(['', '-x', 'X'])}`,
      };
    })
    .filter((port, index, all) => all.findIndex(({ number }) => number === port.number) === index);
  return {
    hosts: random.list(1, multiHost ? 3 : 1, (index) => `h${index}.shop.eureka`),
    addresses: random.list(0, 2, () => random.pick(['241.0.0.1', 'fd00::1', '::ffff:10.0.0.1'])),
    ports,
    location: random.pick(['MESH_INTERNAL', 'MESH_EXTERNAL']),
    resolution,
    endpoints: validEndpoints(resolution, ports, random),
    exportTo: random.pick([[], ['.'], ['*'], ['~'], ['.', 'istio-system'], [GENERATED_NAMESPACE, 'b']]),
  };
}

function validEndpoints(
  resolution: ServiceEntrySpec['resolution'],
  ports: readonly EntryPort[],
  random: Random,
): Endpoint[] {
  if (resolution === 'NONE') return [];
  return random.list(0, resolution === 'DNS_ROUND_ROBIN' ? 1 : 3, () => ({
    address: random.pick(
      resolution === 'STATIC' ? ['10.0.0.1', 'fd00::2'] : ['10.0.0.1', 'db.corp.example', 'fd00::2'],
    ),
    ports: Object.fromEntries(
      ports.filter(() => random.below(3) > 0).map(({ name }) => [name, 1 + random.below(65_535)]),
    ),
    ...(random.below(3) === 0 && { labels: { version: 'v1', 'example.com/zone': '' } }),
    ...(random.below(5) === 0 && {
      network: 'net1',
      locality: 'a/b/c',
      weight: random.below(10_000),
      serviceAccount: 'sa',
    }),
  }));
}

/** Istio 1.29 and newer accept it; Footbridge never sends it. */
const DYNAMIC_DNS = {
  resolution: odd('DYNAMIC_DNS'),
  hosts: ['*.shop.eureka'],
  addresses: [],
  ports: [{ number: 80, protocol: 'HTTP', name: 'http' }],
  endpoints: [],
} satisfies Partial<ServiceEntrySpec>;

const MUTATIONS = {
  'no hosts': (spec) => ({ ...spec, hosts: [] }),
  'odd host': (spec, random) => ({ ...spec, hosts: [random.pick(HOSTS), ...spec.hosts.slice(1)] }),
  'fuzzed host': (spec, random) => ({ ...spec, hosts: [...spec.hosts.slice(1), random.text('aB0-_.*', 6)] }),
  'long host': (spec, random) => ({ ...spec, hosts: [hostOfLength(random.pick([252, 253, 254, 255, 256, 257]))] }),
  'further host': (spec, random) => ({ ...spec, hosts: [...spec.hosts, random.pick(HOSTS)] }),
  'host that is resolved': (spec, random) => ({
    ...spec,
    resolution: 'DNS',
    endpoints: [],
    hosts: [random.pick(HOSTS)],
  }),
  'same host twice': (spec) => ({ ...spec, hosts: [...spec.hosts, ...spec.hosts] }),
  'odd virtual address': (spec, random) => ({
    ...spec,
    addresses: [...spec.addresses, random.pick([...IPS, ...CIDRS, 'a.b'])],
  }),
  'block as address': (spec, random) => ({
    ...spec,
    addresses: [random.pick(['10.0.0.0/8', 'fd00::/8', 'fe80::1%a//b'])],
  }),
  'fuzzed address': (spec, random) => ({ ...spec, addresses: [random.text('01259f:.', 12)] }),
  'fuzzed IPv6 address': (spec, random) => ({
    ...spec,
    addresses: [random.list(5, 9, () => random.pick(['1', 'ab', '', '0'])).join(':')],
  }),
  'fuzzed block': (spec, random) => ({
    ...spec,
    addresses: [`${random.pick(['10.0.0.0', 'fd00::'])}/${random.text('0123+-', 3)}`],
  }),
  'port number': changePort((port, random) => ({ ...port, number: random.pick(PORT_NUMBERS) })),
  'port name': changePort((port, random) => ({ ...port, name: random.pick(LABELS) })),
  'port protocol': changePort((port, random) => ({ ...port, protocol: random.pick(PROTOCOLS) })),
  'port twice': (spec, random) => ({
    ...spec,
    ports: [...spec.ports, ...spec.ports.slice(0, 1).map((port) => variedPort(port, random))],
  }),
  resolution: (spec, random) => ({
    ...spec,
    resolution: random.pick([...RESOLUTIONS, odd('DYNAMIC_DNS'), odd('SRV'), odd('')]),
  }),
  'dynamic DNS': (spec) => ({ ...spec, ...DYNAMIC_DNS }),
  'no endpoint': (spec) => ({ ...spec, endpoints: [] }),
  'endpoint address': changeEndpoint((endpoint, random) => ({
    ...endpoint,
    address: random.pick([...IPS, ...HOSTS, ...CIDRS]),
  })),
  'endpoint socket': changeEndpoint((endpoint, random) => ({ ...endpoint, address: random.pick(SOCKETS) })),
  'socket alone': (spec, random) => ({
    ...spec,
    resolution: 'STATIC',
    endpoints: [{ address: random.pick(SOCKETS), ports: {} }],
  }),
  'gateway endpoint': changeEndpoint((endpoint, random) => ({
    ...endpoint,
    address: '',
    network: random.pick(['', 'net1', '\ud800']),
  })),
  'endpoint port number': changeEndpoint((endpoint, random, { ports }) => ({
    ...endpoint,
    ports: Object.fromEntries(ports.map(({ name }) => [name, random.pick(PORT_NUMBERS)])),
  })),
  'endpoint port name': changeEndpoint((endpoint, random) => ({
    ...endpoint,
    ports: { ...endpoint.ports, [random.pick([...LABELS, 'p0'])]: 80 },
  })),
  'label key': changeEndpoint((endpoint, random) => ({
    ...endpoint,
    labels: Object.fromEntries([[random.pick(LABEL_KEYS), 'v']]),
  })),
  'label value': changeEndpoint((endpoint, random) => ({
    ...endpoint,
    labels: { version: random.pick(LABEL_VALUES) },
  })),
  'fuzzed label': changeEndpoint((endpoint, random) => ({
    ...endpoint,
    labels: { [random.text('aB0-_./', 5)]: random.text('aB0-_./', 4) },
  })),
  weight: changeEndpoint((endpoint, random) => ({ ...endpoint, weight: random.pick(WEIGHTS) })),
  'free texts': changeEndpoint((endpoint, random) => ({
    ...endpoint,
    locality: random.pick(['', 'a', '/', 'é', '\udfff']),
    serviceAccount: random.pick(['', 'é b']),
  })),
  'endpoint twice': (spec) => ({ ...spec, endpoints: [...spec.endpoints, ...spec.endpoints] }),
  visibility: (spec, random) => ({
    ...spec,
    exportTo: random.list(0, 3, () => random.pick([GENERATED_NAMESPACE, ...VISIBILITIES])),
  }),
  location: (spec, random) => ({
    ...spec,
    location: random.pick(['MESH_EXTERNAL', 'MESH_INTERNAL', 'MESH' as 'MESH_INTERNAL']),
  }),
} as const satisfies Record<string, Mutation>;

export const MUTATION_NAMES = Object.keys(MUTATIONS) as readonly (keyof typeof MUTATIONS)[];

/** What the types forbid and a defect could still send. */
function odd(resolution: string): ServiceEntrySpec['resolution'] {
  return resolution as ServiceEntrySpec['resolution'];
}

function hostOfLength(length: number): string {
  return `${`${LONG_LABEL}.`.repeat(3)}${'b'.repeat(30)}.${'c'.repeat(length - 223)}`;
}

function variedPort(port: EntryPort, random: Random): EntryPort {
  return random.pick([port, { ...port, name: 'other' }, { ...port, number: 7 }, { ...port, name: 'other', number: 7 }]);
}

/** Changes one port, and makes one where there is none. */
function changePort(change: (port: EntryPort, random: Random) => EntryPort): Mutation {
  return (spec, random) => {
    const ports = spec.ports.length > 0 ? spec.ports : [{ number: 80, protocol: 'HTTP', name: 'http' }];
    const changed = random.below(ports.length);
    return { ...spec, ports: ports.map((port, index) => (index === changed ? change(port, random) : port)) };
  };
}

/** Changes one endpoint, and makes one where there is none. */
function changeEndpoint(change: (endpoint: Endpoint, random: Random, spec: ServiceEntrySpec) => Endpoint): Mutation {
  return (spec, random) => {
    const endpoints =
      spec.endpoints.length > 0 || spec.resolution === 'NONE' ? spec.endpoints : [{ address: '10.0.0.9', ports: {} }];
    const changed = random.below(Math.max(1, endpoints.length));
    return {
      ...spec,
      endpoints: endpoints.map((endpoint, index) => (index === changed ? change(endpoint, random, spec) : endpoint)),
    };
  };
}
