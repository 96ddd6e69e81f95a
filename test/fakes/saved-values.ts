// Saved states with only what a test is about spelled out.
import type { Seniority } from '../../src/guard/guarded.ts';
import type { RegistryMemory } from '../../src/guard/memory.ts';
import type { Service, ServiceKey } from '../../src/model/service.ts';
import type { SavedRegistry, SavedState } from '../../src/persist/saved-state.ts';
import { type ScopeOptions, scopeDigest } from '../../src/registry/scope.ts';
import { servicesOf } from './model-values.ts';

export const BRIDGE = { namespace: 'shop', instance: 'a' };
export const WHOLE: ScopeOptions = { include: [], exclude: [] };

/** A registry of which everything that is listed is shown. */
export function aMemory(services: readonly Service[], fields: Partial<RegistryMemory> = {}): RegistryMemory {
  const listed = servicesOf(...services);
  const counts = new Map(services.map(({ key, instances }) => [key, instances.length]));
  const window = { countedAtMs: 500, start: counts, next: counts };
  const nothing = { doubtedSinceMs: undefined, missing: new Map(), graces: new Map(), draining: new Map() };
  return { scopeRevision: 0, ...nothing, window, listed, shown: listed, ...fields };
}

export function aSavedRegistry(memory: RegistryMemory, fields: Partial<SavedRegistry> = {}): SavedRegistry {
  return { name: 'legacy', kind: 'fake', scope: scopeDigest(WHOLE), readAtMs: 1_000, memory, ...fields };
}

export function aSavedState(registries: readonly SavedRegistry[], writtenAtMs = 2_000): SavedState {
  const seniority = new Map<ServiceKey, Seniority>();
  for (const { memory } of registries)
    for (const key of memory.shown.keys()) seniority.set(key, { sinceMs: 0, presentSinceMs: 0, present: true });
  return { writtenAtMs, registries, seniority, freezes: [] };
}
