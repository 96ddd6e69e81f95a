// SPDX-License-Identifier: Apache-2.0
// Dubbo's use of ZooKeeper as a kind of registry.
import { createTreeKind } from '../zookeeper/tree-kind.ts';
import { createDubboMask } from './dubbo-mask.ts';
import { createDubboProjection } from './dubbo-projection.ts';
import { type DubboOptions, dubboAttributes, dubboFields } from './options.ts';
import { compileDubboSecrets } from './records/parameters.ts';
import type { DubboRole } from './roles.ts';

export const dubboKind = createTreeKind<DubboOptions, DubboRole>({
  kind: 'dubbo',
  fields: dubboFields,
  attributes: dubboAttributes,
  projectionFor: createDubboProjection,
  maskFor: ({ secretKeys }, onMasked) => createDubboMask({ isSecret: compileDubboSecrets(secretKeys), onMasked }),
});
