// SPDX-License-Identifier: Apache-2.0
// What this bridge may publish, whatever a registry says. Deny by default: an empty list admits nothing of its kind,
// except where said.
import type { ServiceEntrySpec } from '../convert/entry.ts';

export interface AdmitOptions {
  readonly namespace: string;
  /** Name of this bridge: resource names begin with it, so that no other bridge's entry is overwritten. */
  readonly instance: string;
  readonly location: ServiceEntrySpec['location'];
  /** Host suffixes, each `.suffix` or an exact host. */
  readonly hostSuffixes: readonly string[];
  /** CIDRs of endpoints. Loopback is admitted only where a range named here lies wholly inside it. */
  readonly addresses: readonly string[];
  /** DNS suffixes of host-named endpoints. Empty: none. */
  readonly addressSuffixes: readonly string[];
  /** Service ports, as inclusive ranges. */
  readonly ports: readonly PortRange[];
  /** Instance ports, as inclusive ranges. */
  readonly endpointPorts: readonly PortRange[];
  /** CIDRs that virtual IPs may come from. */
  readonly virtualIps: readonly string[];
  /** The widest visibility. */
  readonly exportTo: readonly string[];
  /** Prefix of our own labels: no registry may set it, conversion does. */
  readonly labelPrefix: string;
  /** Label and annotation keys that the configuration itself sets on entries (`owner`), reserved or not. */
  readonly ownerKeys: readonly string[];
  /** Keys that labels of endpoints may have. Reserved ones stay refused. */
  readonly endpointLabels: readonly string[];
  /** What endpoint rules may say of an endpoint, because the configuration has a rule that says it. */
  readonly networks: readonly string[];
  readonly serviceAccounts: readonly string[];
  readonly tlsModes: readonly string[];
}

export interface PortRange {
  readonly first: number;
  readonly last: number;
}
