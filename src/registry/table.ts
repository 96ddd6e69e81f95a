// SPDX-License-Identifier: Apache-2.0
// The one place that lists the kinds of registry: a new kind is a folder and a row here.
import { eurekaKind } from './eureka/eureka-registry.ts';
import { fileKind } from './file/file-registry.ts';

export const REGISTRY_KINDS = { eureka: eurekaKind, file: fileKind } as const;
