// SPDX-License-Identifier: Apache-2.0
// What all registries show together. Keys name their registry, so no two registries share one.
import type { Service, ServiceKey } from '../model/service.ts';
import type { RegistryMemory } from './memory.ts';

/** With one registry that registry's own map, so that it keeps its identity. */
export function shownTogether(registries: ReadonlyMap<string, RegistryMemory>): ReadonlyMap<ServiceKey, Service> {
  const [only, ...others] = [...registries.values()].map(({ shown }) => shown);
  if (only !== undefined && others.length === 0) return only;
  const all = new Map<ServiceKey, Service>();
  for (const { shown } of registries.values()) for (const [key, service] of shown) all.set(key, service);
  return all;
}
