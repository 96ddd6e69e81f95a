// SPDX-License-Identifier: Apache-2.0
// Everything that conversion may depend on beside its input: together with the guard's output it decides every byte.
import type { Protocol } from '../model/service.ts';

export interface ConvertOptions {
  /** Kubernetes namespace that the entries are published into. */
  readonly namespace: string;
  /** Name of this bridge: part of every resource name, equal on replicas, unique in the mesh. No dot. */
  readonly instance: string;
  /** `{service}`, `{namespace}`, `{registry}`, `{instance}`; must hold `{service}` and give at least one dot. */
  readonly hostTemplate: string;
  /** Explicit hosts: host → `registry/service` names (as registered) that are joined under it. */
  readonly hosts: Readonly<Record<string, readonly string[]>>;
  /** Hosts (exact or glob) that are left to hand-written entries. */
  readonly yieldHosts: readonly string[];
  readonly ports: PortOptions;
  readonly virtualIps: {
    readonly enabled: boolean;
    /** IPv4 CIDR. */
    readonly range: string;
    /** IPv6 CIDR; every host gets a second address out of it when set. */
    readonly rangeV6: string | undefined;
  };
  readonly location: 'internal' | 'external';
  /** `.`, `*` or namespaces, sorted, no duplicates. */
  readonly exportTo: readonly string[];
  /**
   * A service with both IP and host-named instances: `ip` keeps the IPs (default), `name` keeps the names (DNS),
   * `majority` keeps what more `up` instances have (tie: IPs).
   */
  readonly mixedAddresses: 'ip' | 'name' | 'majority';
  /** Metadata keys (exact) that become endpoint labels. */
  readonly endpointLabels: readonly string[];
  /** First match wins, field by field. */
  readonly endpointRules: readonly EndpointRule[];
  /** Prefix of our own labels and annotations, without the slash. */
  readonly labelPrefix: string;
  readonly owner: {
    readonly team: string | undefined;
    readonly partOf: string | undefined;
    /** Added to every entry as they are; keys are validated at load. */
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
}

export interface PortOptions {
  /** `protocol`: one number per protocol, each endpoint mapped to its real port. `instance`: instance ports are published. */
  readonly mode: 'protocol' | 'instance';
  /** The primary port's protocol; undefined = what most instances offer. */
  readonly primary: Protocol | undefined;
  /** Protocols published beside the primary although not every instance offers them. */
  readonly published: readonly Protocol[];
  readonly numbers: Readonly<Record<Protocol, number>>;
}

export interface EndpointRule {
  /** All that is given must match; an empty rule matches every endpoint. */
  readonly match: {
    /** `registry/service`, exact or glob. */
    readonly services: readonly string[];
    /** CIDRs. */
    readonly addresses: readonly string[];
    /** Metadata key → allowed values. */
    readonly metadata: Readonly<Record<string, readonly string[]>>;
  };
  readonly network: string | undefined;
  readonly serviceAccount: string | undefined;
  readonly tlsMode: 'istio' | 'disabled' | undefined;
}
