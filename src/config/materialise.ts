// SPDX-License-Identifier: Apache-2.0
// Settings → the typed configuration. The types are worked out from the declarations: a key of format `duration` becomes a
// number whose name ends with Ms, a share one that ends with Percent, a list a list, and so on; so a declaration and config.ts cannot drift apart unseen.
import type { ConfigField, ConfigFields } from '../lib/config-field.ts';
import { dubboFields } from '../registry/dubbo/options.ts';
import { eurekaFields } from '../registry/eureka/options.ts';
import { fileFields } from '../registry/file/options.ts';
import { springCloudZooKeeperFields } from '../registry/spring-cloud-zookeeper/options.ts';
import type { Config, RegistryConfig } from './config.ts';
import { isField } from './field-tree.ts';
import type { FieldValue } from './formats.ts';
import { commonRegistryFields, type RegistryKindName } from './registry-schema.ts';
import { programFields } from './schema.ts';

/** What fields become: `{pollInterval: {format: 'duration'}}` → `{readonly pollIntervalMs: number}`. */
export type Materialised<F extends ConfigFields> = {
  readonly [K in keyof F as MaterialisedName<K, F[K]>]: F[K] extends ConfigField
    ? FieldValue<F[K]['format']>
    : F[K] extends ConfigFields
      ? Materialised<F[K]>
      : never;
};

type MaterialisedName<K, F> = K extends string
  ? F extends { readonly format: 'duration' | 'optional-duration' }
    ? `${K}Ms`
    : F extends { readonly format: 'percent' }
      ? `${K}Percent`
      : K
  : never;

/** The effective value of a key, by dotted path. */
export type ValueAt = (path: string) => unknown;

export function materialise(registries: ReadonlyMap<string, RegistryKindName>, valueAt: ValueAt): Config {
  const entries = [...registries].map(([name, kind]) => [name, registry(kind, `registries.${name}`, valueAt)] as const);
  return { ...section(programFields, '', valueAt), registries: Object.fromEntries(entries) };
}

function registry(kind: RegistryKindName, path: string, valueAt: ValueAt): RegistryConfig {
  const common = section(commonRegistryFields, path, valueAt);
  switch (kind) {
    case 'eureka':
      return { kind, ...common, ...section(eurekaFields, path, valueAt) };
    case 'dubbo':
      return { kind, ...common, ...section(dubboFields, path, valueAt) };
    case 'spring-cloud-zookeeper':
      return { kind, ...common, ...section(springCloudZooKeeperFields, path, valueAt) };
    case 'file':
      return { kind, ...common, ...section(fileFields, path, valueAt) };
  }
}

function section<F extends ConfigFields>(fields: F, path: string, valueAt: ValueAt): Materialised<F> {
  // The border between settings by text path and typed values: each value was made by the format that types it.
  return record(fields, path, valueAt) as Materialised<F>;
}

function record(fields: ConfigFields, path: string, valueAt: ValueAt): Readonly<Record<string, unknown>> {
  const made: Record<string, unknown> = {};
  for (const [name, node] of Object.entries(fields)) {
    const at = path === '' ? name : `${path}.${name}`;
    if (isField(node)) made[materialisedName(name, node)] = valueAt(at);
    else made[name] = record(node, at, valueAt);
  }
  return made;
}

function materialisedName(name: string, field: ConfigField): string {
  if (field.format === 'duration' || field.format === 'optional-duration') return `${name}Ms`;
  return field.format === 'percent' ? `${name}Percent` : name;
}
