// SPDX-License-Identifier: Apache-2.0
// What Dubbo's schemes mean: what is spoken on the wire, and which port a URL without one means.
import type { Protocol } from '../../../model/service.ts';

export interface Scheme {
  readonly protocol: Protocol;
  /** Used where a URL names no port; 0: there is none. */
  readonly defaultPort: number;
}

const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['dubbo', { protocol: 'dubbo', defaultPort: 20_880 }],
  ['tri', { protocol: 'tri', defaultPort: 50_051 }],
  ['grpc', { protocol: 'grpc', defaultPort: 50_051 }],
  ['rest', { protocol: 'rest', defaultPort: 80 }],
  ['rest2', { protocol: 'rest', defaultPort: 80 }],
  ['http', { protocol: 'http', defaultPort: 80 }],
  ['https', { protocol: 'https', defaultPort: 443 }],
  ['hessian', { protocol: 'http', defaultPort: 80 }],
  ['webservice', { protocol: 'http', defaultPort: 80 }],
  ['jsonrpc', { protocol: 'http', defaultPort: 80 }],
  ['thrift', { protocol: 'tcp', defaultPort: 40_880 }],
  ['native-thrift', { protocol: 'tcp', defaultPort: 40_880 }],
  ['rmi', { protocol: 'tcp', defaultPort: 1099 }],
  ['redis', { protocol: 'tcp', defaultPort: 6379 }],
  ['memcached', { protocol: 'tcp', defaultPort: 11_211 }],
  ['avro', { protocol: 'tcp', defaultPort: 0 }],
  ['jms', { protocol: 'tcp', defaultPort: 0 }],
]);

/** Schemes of what is no provider, or of one that nobody else can reach. */
const NOT_REACHABLE: ReadonlySet<string> = new Set([
  'injvm',
  'mock',
  'registry',
  'service-discovery-registry',
  'empty',
  'consumer',
  'provider',
  'override',
  'absent',
  'route',
  'condition',
  'script',
  'admin',
]);

/** Dubbo's protocols are plug-ins, so there are more than anybody can list: such a port is passed through unread. */
const UNKNOWN: Scheme = { protocol: 'tcp', defaultPort: 0 };

export function isReachable(scheme: string): boolean {
  return !NOT_REACHABLE.has(scheme);
}

export function isKnownScheme(scheme: string): boolean {
  return SCHEMES.has(scheme);
}

export function schemeOf(scheme: string): Scheme {
  return SCHEMES.get(scheme) ?? UNKNOWN;
}
