// SPDX-License-Identifier: Apache-2.0
// The keys of one entry of `registries`: those that every kind has, and those that the kind declares beside its code. A new
// kind is a row here. Nothing of the code of a registry is imported, only what it declares.
import type { ConfigFields } from '../lib/config-field.ts';
import { dubboAttributes, dubboFields } from '../registry/dubbo/options.ts';
import { eurekaAttributes, eurekaFields } from '../registry/eureka/options.ts';
import { fileAttributes, fileFields } from '../registry/file/options.ts';
import {
  springCloudZooKeeperAttributes,
  springCloudZooKeeperFields,
} from '../registry/spring-cloud-zookeeper/options.ts';

export const REGISTRY_SCHEMAS = {
  eureka: { fields: eurekaFields, attributes: eurekaAttributes },
  dubbo: { fields: dubboFields, attributes: dubboAttributes },
  'spring-cloud-zookeeper': { fields: springCloudZooKeeperFields, attributes: springCloudZooKeeperAttributes },
  file: { fields: fileFields, attributes: fileAttributes },
} as const satisfies Readonly<
  Record<string, { readonly fields: ConfigFields; readonly attributes: readonly string[] }>
>;

export type RegistryKindName = keyof typeof REGISTRY_SCHEMAS;

const scopeDoc =
  'A rule asks for attributes (names or globs, without regard to case) and `metadata` (exact values); all of a rule must hold.';

/** What every registry has, whatever its kind. */
export const commonRegistryFields = {
  scope: {
    include: {
      doc: `Which part of the registry to read: one rule is enough. Empty: everything. ${scopeDoc}`,
      format: 'scope-rules',
      default: [],
      reload: 'live',
    },
    exclude: {
      doc: `What to leave out; decides before \`include\`. ${scopeDoc}`,
      format: 'scope-rules',
      default: [],
      reload: 'live',
    },
  },
  holdFor: {
    doc: 'How long a mass removal (`guard.removalShare`) must last, and be confirmed by a later read, before it is believed.',
    format: 'duration',
    default: '5m',
    reload: 'live',
  },
} as const satisfies ConfigFields;

export function isRegistryKind(kind: unknown): kind is RegistryKindName {
  return typeof kind === 'string' && Object.hasOwn(REGISTRY_SCHEMAS, kind);
}

/** All fields of one entry of `registries`. */
export function registryFields(kind: RegistryKindName): ConfigFields {
  const { fields, attributes } = REGISTRY_SCHEMAS[kind];
  const { scope, holdFor } = commonRegistryFields;
  return {
    kind: {
      doc: 'What it is. Decides which further keys it has.',
      format: Object.keys(REGISTRY_SCHEMAS),
      default: null,
      required: true,
    },
    scope: { include: { ...scope.include, attributes }, exclude: { ...scope.exclude, attributes } },
    holdFor,
    ...fields,
  };
}
