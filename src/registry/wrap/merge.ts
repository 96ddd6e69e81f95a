// SPDX-License-Identifier: Apache-2.0
// Several registries as one. Each keeps its own slice, so a failed one keeps its content and no other waits for it.
import type { Registry, Slice } from '../registry.ts';

/** Slices in the order of `registries`, whose names are unique. */
export function mergeRegistries(registries: readonly Registry[]): Registry {
  let seen: readonly (readonly Slice[])[] = [];
  let merged: readonly Slice[] = [];
  return {
    name: registries.map(({ name }) => name).join('+'),
    slices() {
      const now = registries.map((registry) => registry.slices());
      const isUnchanged = now.length === seen.length && now.every((slices, index) => slices === seen[index]);
      if (!isUnchanged) merged = now.flat();
      seen = now;
      return merged;
    },
    start(onChange) {
      for (const registry of registries) registry.start(onChange);
    },
    async close() {
      await Promise.all(registries.map((registry) => registry.close()));
    },
  };
}
