// SPDX-License-Identifier: Apache-2.0
// The part of the catalogue that tells what the last gate refuses: whatever lies outside of what this bridge may publish.
import { type CatalogueEntry, entry } from './catalogue-entry.ts';

export const ADMIT_PROBLEMS = {
  HOST_OUT_OF_SCOPE: entry(
    'admit',
    'service',
    'Host {value} is outside the host suffixes that this bridge may publish.',
    'Add its suffix to `admit.hostSuffixes` if it is meant.',
  ),
  HOST_RESERVED: entry(
    'admit',
    'service',
    'Host {value} is reserved: wildcards, IP addresses, names without a dot, localhost and cluster-local names are never published.',
    'Give the service another host.',
  ),
  NAMESPACE_OUT_OF_SCOPE: entry(
    'admit',
    'service',
    'Namespace {value} is not the namespace of this bridge.',
    'A bridge publishes into its own namespace only.',
  ),
  NAME_OUT_OF_SCOPE: entry(
    'admit',
    'service',
    'Resource name {value} does not begin with the `instance` of this bridge, or is none: it could be the name of an entry of somebody else.',
    'Report this with the output of `footbridge convert`: conversion should have prevented it.',
  ),
  FIELD_UNKNOWN: entry(
    'admit',
    'service',
    'The gate has no rule for {value}, and what has no rule is not published.',
    'Report this with the output of `footbridge convert`: conversion should have prevented it.',
  ),
  CLAIMED_TWICE: entry(
    'admit',
    'service',
    'Another service of this bridge has the same {value}, and has been present longer.',
    'Report this with the output of `footbridge convert`: conversion should have prevented it.',
  ),
  ADDRESS_OUT_OF_SCOPE: entry(
    'admit',
    'endpoint',
    'Address {value} is outside the ranges that this bridge may publish.',
    'If it is meant, add its range to `admit.addresses`, or the suffix of a host name to `admit.addressSuffixes`.',
  ),
  ADDRESS_RESERVED: entry(
    'admit',
    'endpoint',
    'Address {value} is of a kind that is never published: loopback, link-local, multicast, unspecified, broadcast, a cloud metadata service, a socket, or with a zone.',
    'Correct the address that the instance registers.',
  ),
  PORT_OUT_OF_SCOPE: entry(
    'admit',
    'service',
    'Service port {value} is outside the ports that this bridge may publish.',
    'Add it to `admit.ports` if it is meant.',
  ),
  ENDPOINT_PORT_OUT_OF_SCOPE: entry(
    'admit',
    'endpoint',
    'Endpoint port {value} is outside the ports that instances may have.',
    'Add it to `admit.endpointPorts` if it is meant.',
  ),
  NETWORK_OUT_OF_SCOPE: entry(
    'admit',
    'endpoint',
    'The network of endpoint {value} is set by no rule of the configuration.',
    'Add a rule to `endpointRules` if it is meant.',
  ),
  SERVICE_ACCOUNT_OUT_OF_SCOPE: entry(
    'admit',
    'endpoint',
    'The service account of endpoint {value} is set by no rule of the configuration.',
    'Add a rule to `endpointRules` if it is meant.',
  ),
  LOCATION_OUT_OF_SCOPE: entry(
    'admit',
    'service',
    'Location {value} is not the configured one.',
    'Change `location` in the configuration.',
  ),
  EXPORT_OUT_OF_SCOPE: entry(
    'admit',
    'service',
    'Visibility {value} is wider than `exportTo` allows.',
    'Change `exportTo` in the configuration.',
  ),
  LABEL_RESERVED: entry(
    'admit',
    'label',
    'Label {value} has a prefix that only the operator may set; it was dropped.',
    'Remove it from the registration.',
  ),
  LABEL_OUT_OF_SCOPE: entry(
    'admit',
    'label',
    'Label {value} is none that the configuration names; it was dropped.',
    'Add it to `endpointLabels`, or to `owner` for a whole entry, if it is meant.',
  ),
  VIRTUAL_IP_OUT_OF_SCOPE: entry(
    'admit',
    'service',
    'Virtual IP {value} is outside the configured range.',
    'Change `virtualIps.range`.',
  ),
} as const satisfies Record<string, CatalogueEntry>;
