// SPDX-License-Identifier: Apache-2.0
// Several saved states of one bridge as one. Pure.
import type { Seniority } from '../guard/guarded.ts';
import type { ServiceKey } from '../model/service.ts';
import type { SavedRegistry, SavedState } from './saved-state.ts';

/**
 * Of each registry what the first of them holds that holds it. Names keep the order of the first state, which is that of one running
 * replica, so that all replicas decide alike who was there first; the others add what it does not know. Freezes are those of the first
 * alone: one that was ended there is over.
 */
export function combinedState([first, ...others]: readonly SavedState[]): SavedState | undefined {
  if (first === undefined) return undefined;
  const registries = new Map<string, SavedRegistry>(first.registries.map((registry) => [registry.name, registry]));
  const seniority = new Map<ServiceKey, Seniority>(first.seniority);
  for (const other of others) {
    for (const registry of other.registries)
      if (!registries.has(registry.name)) registries.set(registry.name, registry);
    for (const [key, one] of other.seniority) if (!seniority.has(key)) seniority.set(key, one);
  }
  return { ...first, registries: [...registries.values()], seniority };
}

/** The one that was read last stands first; equal ones keep their order. */
export function newestFirst(states: readonly SavedState[]): readonly SavedState[] {
  return [...states].sort((a, b) => readAtMs(b) - readAtMs(a));
}

function readAtMs({ registries }: SavedState): number {
  return Math.max(...registries.map((registry) => registry.readAtMs));
}
