// SPDX-License-Identifier: Apache-2.0
// What a Dubbo registry in ZooKeeper can be configured to. Declarations alone, so that config can know every kind of registry
// without loading the code of one.
import type { ConfigFields } from '../../lib/config-field.ts';
import { type ZooKeeperOptions, zooKeeperFields } from '../zookeeper/options.ts';

export interface DubboOptions extends ZooKeeperOptions {
  readonly roots: {
    /** Where providers stand by interface (the `group` of a Dubbo registry); undefined: not read. */
    readonly interfaces: string | undefined;
    /** Where they stand by application. Equal to `interfaces` where a registry group is set; undefined: not read. */
    readonly applications: string | undefined;
  };
  /** What one service is: an application, or one interface with its group and version. */
  readonly services: 'application' | 'interface';
  /** Whether consumers are read too, for the annotation that names them. */
  readonly consumers: boolean;
  readonly metadataKeys: {
    /** The first parameter found gives the zone. */
    readonly zone: readonly string[];
    /** The first parameter found gives the region. */
    readonly region: readonly string[];
  };
  /** Put before the zone where no parameter gives a region. */
  readonly region: string | undefined;
  /** Further parameters (globs) that are dropped as secrets, beside the built-in list. */
  readonly secretKeys: readonly string[];
}

export const dubboFields = {
  ...zooKeeperFields,
  roots: {
    interfaces: {
      doc: 'Where providers are registered by interface: `/` and the `group` of the Dubbo registry. `none`: not read.',
      format: 'zookeeper-root',
      default: '/dubbo',
    },
    applications: {
      doc: 'Where providers are registered by application (Dubbo 3). With a registry `group` it is the same path as `roots.interfaces`. `none`: not read.',
      format: 'zookeeper-root',
      default: '/services',
    },
  },
  services: {
    doc: 'What becomes a service: each `application`, or each `interface` with its group and version.',
    format: ['application', 'interface'],
    default: 'application',
  },
  consumers: {
    doc: 'Read who consumes, for the annotation that names the consuming applications. Costs one more read and watch for each interface in scope.',
    format: 'flag',
    default: true,
  },
  metadataKeys: {
    zone: { doc: 'Parameters that hold the zone; the first one found counts.', format: 'list', default: ['zone'] },
    region: {
      doc: 'Parameters that hold the region; the first one found counts.',
      format: 'list',
      default: ['region'],
    },
  },
  region: {
    doc: 'Region to put before the zone where no parameter names one.',
    format: 'optional-text',
    default: null,
  },
  secretKeys: {
    doc: 'Further parameters (globs) to drop while reading, beside the built-in list of secret-like names.',
    format: 'glob-list',
    default: [],
  },
} as const satisfies ConfigFields;

/** What a scope rule may ask about; `metadata` asks about any parameter of a provider. */
export const dubboAttributes = ['application', 'interface', 'group', 'version', 'environment'] as const;
