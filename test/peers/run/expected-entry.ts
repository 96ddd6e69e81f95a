// What an entry must be, said by a test in its own words and not by running our conversion.
import type { ComparableEntry } from './comparable.ts';

export interface ExpectedPort {
  readonly number: number;
  readonly protocol: 'TCP' | 'GRPC' | 'HTTP';
  readonly name: string;
}

export interface ExpectedService {
  readonly registry: string;
  /** As the registry spells it. */
  readonly service: string;
  readonly ports: readonly ExpectedPort[];
  readonly endpoints: readonly object[];
  /** Without the prefix. */
  readonly annotations?: Readonly<Record<string, string>>;
}

export function entryName({ registry, service }: Pick<ExpectedService, 'registry' | 'service'>): string {
  return `payments/bridge.${registry}.${service.toLowerCase()}`;
}

/** All of the entry but its virtual IP, which the test has to take out of what it compares. */
export function expectedEntry({
  registry,
  service,
  ports,
  endpoints,
  annotations = {},
}: ExpectedService): ComparableEntry {
  const name = service.toLowerCase();
  return {
    name: entryName({ registry, service }),
    labels: {
      'app.kubernetes.io/instance': 'bridge',
      'app.kubernetes.io/managed-by': 'footbridge',
      'app.kubernetes.io/name': service,
      'footbridge.io/registry': registry,
      'footbridge.io/service': service,
    },
    annotations: Object.fromEntries(Object.entries(annotations).map(([key, text]) => [`footbridge.io/${key}`, text])),
    spec: {
      hosts: [`${name}.payments.${registry}`],
      ports,
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      endpoints,
      exportTo: ['.'],
    },
  };
}

/** An endpoint of `ADDRESS:PORT`s, each behind the service port of that name. */
export function expectedEndpoint(places: Readonly<Record<string, string>>, more: object = {}): object {
  const [address] = Object.values(places).map((place) => place.split(':')[0]);
  const ports = Object.entries(places).map(([name, place]) => [name, Number(place.split(':')[1])]);
  return { address, ports: Object.fromEntries(ports), ...more };
}
