// SPDX-License-Identifier: Apache-2.0
// The one shape that every registry is read into. It knows nothing of Istio and nothing of any registry's wire
// format. All of it is readonly: a registry publishes a new Service object exactly when something in it changed, and
// keeps the old object otherwise, because every later stage caches by object identity.

/** `<registry>/<service name as the registry spells it>`; made by `serviceKey()` alone. */
export type ServiceKey = string & { readonly brand: unique symbol };

/** The one way to make a ServiceKey. Registry names hold no slash, so the key reads back unambiguously. */
export function serviceKey(registry: string, name: string): ServiceKey {
  return `${registry}/${name}` as ServiceKey;
}

/** Reads a ServiceKey back: what stands before the first slash, and the name as the registry spells it. */
export function splitServiceKey(key: ServiceKey): { readonly registry: string; readonly name: string } {
  const slash = key.indexOf('/');
  return { registry: key.slice(0, slash), name: key.slice(slash + 1) };
}

export interface Service {
  readonly key: ServiceKey;
  /** Name of the registry in the configuration (`[a-z0-9]{1,15}`). */
  readonly registry: string;
  /** As the registry spells it: any text. */
  readonly name: string;
  /** All listed instances in scope, whatever their status, ordered by `id` in code unit order. */
  readonly instances: readonly Instance[];
  /**
   * What the registry tells about the service as a whole, for people and dependency views: kind (`interfaces`, `consumers`, ...)
   * → texts, sorted, each once, none empty. It becomes annotations and decides nothing. Absent where a registry has none.
   */
  readonly inventory?: ReadonlyMap<string, readonly string[]>;
}

/**
 * What the registry says of an instance. Only `up` is routed.
 * `gone` is never said by a registry: the guard gives it to the last instances of an emptied service, so that the ports
 * of the service outlive them while the grace lasts.
 */
export type Status = 'up' | 'down' | 'starting' | 'out-of-service' | 'unknown' | 'gone';

export const STATUSES: readonly Status[] = ['up', 'down', 'starting', 'out-of-service', 'unknown', 'gone'];

/** Application protocols as registries name them; conversion maps them to Istio's. Order = precedence in ties. */
export const PROTOCOLS = ['http', 'https', 'grpc', 'tri', 'dubbo', 'rest', 'http2', 'tls', 'tcp'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export interface Port {
  /** What the port is for in the registry's words: `http`, `https`, `grpc`, `dubbo`, ... Unique in its instance. */
  readonly name: string;
  /** As registered: may be out of range; conversion judges it. */
  readonly number: number;
  readonly protocol: Protocol;
  /** The application itself speaks TLS here. */
  readonly secure: boolean;
}

export interface Instance {
  /** Unique within its service and stable while the instance lives. */
  readonly id: string;
  /** IPv4, IPv6 (no brackets) or host name, as registered; conversion judges it. */
  readonly address: string;
  readonly ports: readonly Port[];
  readonly status: Status;
  /** As registered; `undefined` when the registry says nothing. 0 = no traffic. */
  readonly weight: number | undefined;
  /** `region/zone/subzone`, `region/zone` or `region`; `undefined` when unknown. */
  readonly locality: string | undefined;
  /** Free key-value data, secrets already dropped. A Map: keys come from strangers (`__proto__`). */
  readonly metadata: ReadonlyMap<string, string>;
  /**
   * What a scope rule may ask about beside metadata, by attribute name: Eureka has `app`, `vip`, `group`.
   * Attributes are multi-valued (an instance can have several VIPs).
   */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}
