// One provider of each kind that Dubbo can be: register mode, protocols, line. With what their entries must be.
import { DubboApplication, type DubboOptions } from './dubbo-application.ts';
import { type ExpectedPort, expectedEndpoint } from './expected-entry.ts';
import type { RegisteredProgram } from './registered-program.ts';
import type { Teardown } from './teardown.ts';

/** A port of the entry, and the protocol of the provider that stands behind it. */
type PortBehind = readonly [port: ExpectedPort, protocol: 'dubbo' | 'tri'];

interface Kind extends Omit<DubboOptions, 'address' | 'zookeeper'> {
  readonly protocols: NonNullable<DubboOptions['protocols']>;
  readonly ports: readonly PortBehind[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export const TCP_DUBBO = { number: 20880, protocol: 'TCP', name: 'tcp-dubbo' } as const;
const GRPC_TRI = { number: 50051, protocol: 'GRPC', name: 'grpc-tri' } as const;
const TCP_TRI = { number: 50051, protocol: 'TCP', name: 'tcp-tri' } as const;

const SPOKEN: Readonly<Record<string, Pick<Kind, 'protocols' | 'ports'>>> = {
  dubbo: { protocols: ['dubbo'], ports: [[TCP_DUBBO, 'dubbo']] },
  tri: { protocols: ['tri'], ports: [[GRPC_TRI, 'tri']] },
  'two-ports': {
    protocols: ['dubbo', 'tri'],
    ports: [
      [TCP_DUBBO, 'dubbo'],
      [GRPC_TRI, 'tri'],
    ],
  },
  'one-port': {
    protocols: ['dubbo+tri'],
    ports: [
      [TCP_DUBBO, 'dubbo'],
      [TCP_TRI, 'tri'],
    ],
  },
};
const REGISTER_MODES = ['interface', 'instance', 'all'];
const PROVIDES = ['Greeting', 'Parting?version=2.0.0'];
const INVENTORY = {
  consumers: 'ledger',
  interfaces: 'io.footbridge.test.Greeting, io.footbridge.test.Parting:2.0.0',
  versions: '2.0.0',
};

const KINDS: readonly Kind[] = [
  ...REGISTER_MODES.flatMap((mode) => Object.keys(SPOKEN).map((spoken) => kindOf33(mode, spoken))),
  { application: 'old', line: '2.7', ...speaking('dubbo'), provides: PROVIDES, annotations: INVENTORY },
  {
    application: 'ledger',
    ...speaking('dubbo'),
    provides: ['Greeting?group=blue&version=1.0.0'],
    consumes: ['Parting?version=2.0.0'],
    properties: { 'dubbo.application.version': '7' },
    labels: { version: '7' },
    annotations: { groups: 'blue', interfaces: 'blue/io.footbridge.test.Greeting:1.0.0', versions: '1.0.0' },
  },
];

function speaking(spoken: string): Pick<Kind, 'protocols' | 'ports'> {
  return SPOKEN[spoken] ?? { protocols: [], ports: [] };
}

function kindOf33(mode: string, spoken: string): Kind {
  const metadata = spoken === 'dubbo' ? 'local' : 'remote';
  const isUnknown = mode === 'instance' && metadata === 'local';
  return {
    application: `${mode}-${spoken}`,
    ...speaking(spoken),
    provides: PROVIDES,
    properties: { 'dubbo.application.register-mode': mode, 'dubbo.application.metadata-type': metadata },
    // With its metadata nowhere but in itself, nothing tells what such a provider provides.
    annotations: isUnknown ? {} : INVENTORY,
  };
}

/**
 * Starts all of them at once, by their applications' names: `interface-dubbo` … `all-one-port` of Dubbo 3.3, `old` of 2.7, and
 * `ledger`, an application with a version, which provides one service with group and version, and consumes what the others
 * provide.
 */
export async function startDubboKinds(
  teardown: Teardown,
  registry: string,
  zookeeper: string,
): Promise<ReadonlyMap<string, RegisteredProgram>> {
  const started = KINDS.map(async (kind, index): Promise<[string, RegisteredProgram]> => {
    const { application, annotations, labels } = kind;
    const address = `10.20.0.${20 + index}`;
    const program = await DubboApplication.start(teardown, { ...kind, address, zookeeper });
    const places = Object.fromEntries(kind.ports.map(([{ name }, protocol]) => [name, program.endpoint(protocol)]));
    const endpoints = [expectedEndpoint(places, labels === undefined ? {} : { labels })];
    const ports = kind.ports.map(([port]) => port);
    const expected = { registry, service: application, ports, endpoints, annotations };
    return [application, { program, mark: `/${address}:`, expected }];
  });
  return new Map(await Promise.all(started));
}
