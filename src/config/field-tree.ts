// SPDX-License-Identifier: Apache-2.0
// Walking the declared keys: paths, the environment variable of each by one rule, and the whole tree once it is known
// which registries there are.
import type { ConfigField, ConfigFields } from '../lib/config-field.ts';
import { type RegistryKindName, registryFields } from './registry-schema.ts';
import { programFields } from './schema.ts';

export const ENV_PREFIX = 'FOOTBRIDGE_';

/** One key with its place: `path` is dotted, `env` the variable that sets it. */
export interface Leaf {
  readonly path: string;
  readonly env: string;
  readonly field: ConfigField;
}

export function isField(node: ConfigField | ConfigFields): node is ConfigField {
  return 'format' in node && 'default' in node && typeof node['doc'] === 'string';
}

/** All leaves below `fields`, in the order of declaration. */
export function leavesOf(fields: ConfigFields, prefix = ''): readonly Leaf[] {
  return Object.entries(fields).flatMap(([name, node]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    return isField(node) ? [{ path, env: envName(path), field: node }] : leavesOf(node, path);
  });
}

/** The whole tree for these registries, by name. */
export function configTree(registries: ReadonlyMap<string, RegistryKindName>): ConfigFields {
  const entries = [...registries].map(([name, kind]) => [name, registryFields(kind)] as const);
  return { ...programFields, registries: Object.fromEntries(entries) };
}

/** `virtualIps.rangeV6` → `FOOTBRIDGE_VIRTUAL_IPS_RANGE_V6`. */
export function envName(path: string): string {
  return (
    ENV_PREFIX +
    path
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replaceAll('.', '_')
      .toUpperCase()
  );
}
