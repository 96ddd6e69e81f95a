// SPDX-License-Identifier: Apache-2.0
// Spring Cloud's use of ZooKeeper as a kind of registry.
import { compileSecrets } from '../decoding/secrets.ts';
import { createTreeKind } from '../zookeeper/tree-kind.ts';
import {
  type SpringCloudZooKeeperOptions,
  springCloudZooKeeperAttributes,
  springCloudZooKeeperFields,
} from './options.ts';
import { createSpringMask } from './spring-mask.ts';
import type { SpringRole } from './spring-plan.ts';
import { createSpringCloudZooKeeperProjection } from './spring-projection.ts';

export const springCloudZooKeeperKind = createTreeKind<SpringCloudZooKeeperOptions, SpringRole>({
  kind: 'spring-cloud-zookeeper',
  fields: springCloudZooKeeperFields,
  attributes: springCloudZooKeeperAttributes,
  projectionFor: createSpringCloudZooKeeperProjection,
  maskFor: ({ secretKeys }, onMasked) => createSpringMask({ isSecret: compileSecrets(secretKeys), onMasked }),
});
