// SPDX-License-Identifier: Apache-2.0
// How much of a registry this bridge takes in, and the configuration keys that it is read from. Declarations alone. Far above
// what registries hold: who meets a limit has a registry that went wrong, or one that was flooded.
import type { ConfigFields } from '../../lib/config-field.ts';

export interface LimitOptions {
  /** Of one registry, in scope. */
  readonly services: number;
  readonly instancesPerService: number;
  readonly portsPerInstance: number;
  readonly metadataPerInstance: number;
  /** Of a service name, an instance id, a metadata key or value, in characters. */
  readonly textLength: number;
}

export const limitFields = {
  services: {
    doc: 'Services with instances that one registry may bring, in scope. With more, those that are published stay and go on being updated, and further ones are refused. A registry that lists more when it is first read is not believed at all: istiod keeps what it has.',
    format: 'strict-int',
    default: 20_000,
    reload: 'live',
  },
  instancesPerService: {
    doc: 'Instances that one service may have. With more, those that are published stay, and further ones are left out.',
    format: 'strict-int',
    default: 5_000,
    reload: 'live',
  },
  portsPerInstance: {
    doc: 'Ports that one instance may have; the first ones count.',
    format: 'strict-int',
    default: 50,
    reload: 'live',
  },
  metadataPerInstance: {
    doc: 'Metadata entries that are kept of one instance; the first ones in byte order count. A scope looks at all of them.',
    format: 'strict-int',
    default: 500,
    reload: 'live',
  },
  textLength: {
    doc: 'How many characters a service name, an instance id, and a key or value of metadata may have. A service or instance with a longer one is left out; of metadata the one entry.',
    format: 'strict-int',
    default: 16_384,
    reload: 'live',
  },
} as const satisfies ConfigFields;
