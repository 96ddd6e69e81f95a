// SPDX-License-Identifier: Apache-2.0
// Every problem that Footbridge can report. A code is a public contract: never rename or reuse one. Each entry says what
// happened ({value} is what was found) and what a person can do about it. docs/problems.md is generated from here.

import { ADMIT_PROBLEMS } from './admit-problems.ts';
import { type CatalogueEntry, entry } from './catalogue-entry.ts';
import { LIMIT_PROBLEMS } from './limit-problems.ts';

export type { CatalogueEntry, Loss, Stage } from './catalogue-entry.ts';

export const CATALOGUE = {
  // decode: what a registry said could not be read
  INSTANCE_MALFORMED: entry(
    'decode',
    'instance',
    'An instance record cannot be read: {value}.',
    'Look at how the application registers; the other instances are not affected.',
  ),
  INSTANCE_DUPLICATE: entry(
    'decode',
    'instance',
    'Two records claim the instance id {value}; the newer one is kept.',
    'Give every instance its own id.',
  ),
  INSTANCE_PERSISTENT: entry(
    'decode',
    'none',
    'The instance is registered persistently ({value}): it stays listed when its process is gone.',
    'Register it dynamically, or deregister it by hand when it ends.',
  ),
  RECORDS_SKIPPED: entry(
    'decode',
    'none',
    'Not everything that stands below this name was read as instances: {value}.',
    'Nothing to do where another program keeps its own records there. An application of Spring Cloud registers with a payload class that begins with `org.springframework.cloud.zookeeper`.',
  ),
  PATH_UNREADABLE: entry(
    'decode',
    'none',
    'A path of the registry cannot be read, and what was last known of it stays: {value}',
    'It is tried again by itself; what stands elsewhere is not affected.',
  ),
  SERVICE_MALFORMED: entry(
    'decode',
    'service',
    'A service record cannot be read: {value}.',
    'Look at what the registry holds for it; other services are not affected.',
  ),
  FIELD_IGNORED: entry(
    'decode',
    'none',
    'Part of a record is ignored: {value}.',
    'Correct the key or the value; the rest of the record counts.',
  ),
  METADATA_SECRET_DROPPED: entry(
    'decode',
    'none',
    'Metadata key {value} looks like a secret and was dropped while reading.',
    'Do not register secrets: everyone who can read the registry sees them.',
  ),
  ...LIMIT_PROBLEMS,
  // convert: names
  HOST_INVALID: entry(
    'convert',
    'service',
    'No valid host name can be made: {value}.',
    'Map the service to a host with `hosts` in the configuration.',
  ),
  HOST_TAKEN: entry(
    'convert',
    'service',
    'Host {value} is already used by another service of this bridge.',
    'Rename one of the two services, or map one to a host of its own with `hosts`.',
  ),
  HOST_YIELDED: entry(
    'convert',
    'service',
    'Host {value} is left to a hand-written entry (`yieldHosts`).',
    'Nothing to do; remove the host from `yieldHosts` to publish it from here again.',
  ),
  NAME_TAKEN: entry(
    'convert',
    'service',
    'Resource name {value} is already used by another service of this bridge.',
    'Rename one of the two services.',
  ),
  VIRTUAL_IP_EXHAUSTED: entry(
    'convert',
    'service',
    'No free virtual IP is left in {value}.',
    'Configure a larger `virtualIps.range`.',
  ),
  // convert: ports
  NO_PORTS: entry(
    'convert',
    'service',
    'No instance offers a usable port ({value}).',
    'Register the instances with a port, or look at the other problems of this service.',
  ),
  PORT_INVALID: entry(
    'convert',
    'port',
    'Port {value} is not a number from 1 to 65535.',
    'Correct the registered port.',
  ),
  PORT_NOT_OFFERED: entry(
    'convert',
    'endpoint',
    'The instance lacks the published port {value}: Istio would send its traffic to a wrong port, so it is left out.',
    'Register the instance with this port, or change `ports`.',
  ),
  PORT_NUMBER_TAKEN: entry(
    'convert',
    'port',
    'Service port {value} is already used by another port of the same service.',
    'Give the protocols different numbers in `ports.numbers`.',
  ),
  PORT_WITHOUT_VIRTUAL_IP: entry(
    'convert',
    'port',
    'TCP port {value} cannot be published without a virtual IP: it would swallow all traffic of that port.',
    'Turn `virtualIps.enabled` on.',
  ),
  PORT_RESERVED: entry(
    'convert',
    'port',
    'Service port {value} is one that every sidecar uses itself, so it is not published.',
    'Give the protocol another number in `ports.numbers`, or register the instances with another port.',
  ),
  // convert: endpoints
  ADDRESS_INVALID: entry(
    'convert',
    'endpoint',
    'Address {value} is neither an IP address nor a host name.',
    'Correct the address that the instance registers.',
  ),
  ADDRESS_MIXED: entry(
    'convert',
    'endpoint',
    'Address {value} is left out: the service has both IP addresses and host names, and one entry cannot hold both.',
    'Register all instances the same way, or change `mixedAddresses`.',
  ),
  ENDPOINT_DUPLICATE: entry(
    'convert',
    'endpoint',
    'Another instance of the service has the same address and port: {value}.',
    'Deregister the stale one.',
  ),
  WEIGHT_INVALID: entry(
    'convert',
    'none',
    'Weight {value} is not a whole number from 0 to 10000 and is ignored.',
    'Correct the weight in the metadata.',
  ),
  WEIGHT_ZERO: entry(
    'convert',
    'endpoint',
    'Weight {value} means no traffic: the endpoint is left out (Istio reads 0 as 1).',
    'Nothing to do.',
  ),
  LOCALITY_INVALID: entry(
    'convert',
    'none',
    'Locality {value} is not valid and is ignored.',
    'Use region/zone/subzone, each of letters, digits, `-`, `_` and `.`.',
  ),
  LABEL_INVALID: entry(
    'convert',
    'label',
    'Label {value} is not valid for Istio and was dropped.',
    'Use up to 63 letters, digits, `-`, `_` and `.`; start and end with a letter or digit.',
  ),
  ENTRY_INVALID: entry(
    'convert',
    'service',
    'The entry would be refused by Istio: {value}.',
    'Report this with the output of `footbridge convert`: conversion should have prevented it.',
  ),
  ...ADMIT_PROBLEMS,
} as const satisfies Record<string, CatalogueEntry>;

export type ProblemCode = keyof typeof CATALOGUE;
