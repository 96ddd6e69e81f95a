// Conversion options as the configuration's defaults have them, and seniority for services without a history.
import type { ConvertOptions, PortOptions } from '../../src/convert/options.ts';
import type { Seniority } from '../../src/guard/guarded.ts';
import type { Port, Protocol, Service, ServiceKey } from '../../src/model/service.ts';

export const DEFAULT_PORTS: PortOptions = {
  mode: 'protocol',
  primary: undefined,
  published: [],
  numbers: {
    http: 80,
    https: 443,
    grpc: 50_051,
    tri: 50_051,
    dubbo: 20_880,
    rest: 8080,
    http2: 8082,
    tls: 8443,
    tcp: 9000,
  },
};

export function convertOptions(fields: Partial<ConvertOptions> = {}): ConvertOptions {
  return {
    namespace: 'shop',
    instance: 'bridge',
    hostTemplate: '{service}.{namespace}.{registry}',
    hosts: {},
    yieldHosts: [],
    ports: DEFAULT_PORTS,
    virtualIps: { enabled: true, range: '241.0.0.0/8', rangeV6: undefined },
    location: 'internal',
    exportTo: ['.'],
    mixedAddresses: 'ip',
    endpointLabels: ['version', 'zone'],
    endpointRules: [],
    labelPrefix: 'footbridge.io',
    owner: { team: undefined, partOf: undefined, labels: {}, annotations: {} },
    ...fields,
  };
}

export function portOf(protocol: Protocol, number: number, fields: Partial<Port> = {}): Port {
  return { name: protocol, number, protocol, secure: false, ...fields };
}

/** As the guard says it of a name that came at `sinceMs` and never went. */
export function presentSince(sinceMs: number): Seniority {
  return { sinceMs, presentSinceMs: sinceMs, present: true };
}

/** As the guard says it of services that a first read brought. */
export function allCold(services: ReadonlyMap<ServiceKey, Service>): ReadonlyMap<ServiceKey, Seniority> {
  return new Map([...services.keys()].map((key) => [key, presentSince(0)]));
}
