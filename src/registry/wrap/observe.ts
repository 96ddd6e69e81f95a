// SPDX-License-Identifier: Apache-2.0
// Tells an observer what changed in a registry, and passes everything through. It never alters what is read.
import type { Registry, Slice } from '../registry.ts';
import { type SliceChange, sliceChange } from '../slice-change.ts';

/** `observer` hears of each change before whoever started the registry does. It must not throw. */
export function observeRegistry(inner: Registry, observer: (change: SliceChange) => void): Registry {
  let former = new Map<string, Slice>();
  return {
    name: inner.name,
    slices: () => inner.slices(),
    start(onChange) {
      inner.start(() => {
        const slices = inner.slices();
        for (const slice of slices) {
          const change = sliceChange(former.get(slice.registry), slice);
          if (change !== undefined) observer(change);
        }
        former = new Map(slices.map((slice) => [slice.registry, slice]));
        onChange();
      });
    },
    close: () => inner.close(),
  };
}
