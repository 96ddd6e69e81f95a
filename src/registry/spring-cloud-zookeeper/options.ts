// SPDX-License-Identifier: Apache-2.0
// What a registry of Spring Cloud ZooKeeper can be configured to. Declarations alone, so that config can know every kind of
// registry without loading the code of one.
import type { ConfigFields } from '../../lib/config-field.ts';
import { type SpringOptions, springFields } from '../decoding/spring-options.ts';
import { type ZooKeeperOptions, zooKeeperFields } from '../zookeeper/options.ts';

export interface SpringCloudZooKeeperOptions extends ZooKeeperOptions, SpringOptions {
  readonly root: string;
}

export const springCloudZooKeeperFields = {
  ...zooKeeperFields,
  root: {
    doc: 'Where services are registered (`spring.cloud.zookeeper.discovery.root`).',
    format: 'zookeeper-path',
    default: '/services',
  },
  ...springFields,
} as const satisfies ConfigFields;

/** What a scope rule may ask about beside metadata. */
export const springCloudZooKeeperAttributes = ['service'] as const;
