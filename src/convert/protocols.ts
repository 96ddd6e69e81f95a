// SPDX-License-Identifier: Apache-2.0
// What Istio calls the protocols that registries name. Port names and this mapping are a public contract.
import type { Port, Protocol } from '../model/service.ts';

interface IstioPort {
  /** One of those that Istio accepts. It knows no Dubbo: an entry that says so is refused. */
  readonly istio: string;
  /** Name of the service port; it begins with the protocol, as Istio reads names of Kubernetes ports. */
  readonly name: string;
}

const ISTIO_PORTS: Readonly<Record<Protocol, IstioPort>> = {
  http: { istio: 'HTTP', name: 'http' },
  https: { istio: 'HTTPS', name: 'https' },
  grpc: { istio: 'GRPC', name: 'grpc' },
  tri: { istio: 'GRPC', name: 'grpc-tri' },
  dubbo: { istio: 'TCP', name: 'tcp-dubbo' },
  rest: { istio: 'HTTP', name: 'http-rest' },
  http2: { istio: 'HTTP2', name: 'http2' },
  tls: { istio: 'TLS', name: 'tls' },
  tcp: { istio: 'TCP', name: 'tcp' },
};

/** `sharesPort`: triple is answered on the port of Dubbo too. Dubbo tells the two apart itself; as GRPC, Envoy would break Dubbo. */
export function istioPort(protocol: Protocol, sharesPort: boolean): IstioPort {
  return protocol === 'tri' && sharesPort ? { istio: 'TCP', name: 'tcp-tri' } : ISTIO_PORTS[protocol];
}

/** What is spoken on the wire: a secure port carries TLS, which Istio must pass on unread, whatever is inside. */
export function wireProtocol({ protocol, secure }: Pick<Port, 'protocol' | 'secure'>): Protocol {
  if (!secure) return protocol;
  return protocol === 'tcp' || protocol === 'dubbo' || protocol === 'tls' ? 'tls' : 'https';
}

/** Dubbo counts weights from 100, everything else from 1. */
export function defaultWeight(protocols: ReadonlyMap<Protocol, number>): number {
  return protocols.has('dubbo') || protocols.has('tri') ? 100 : 1;
}
