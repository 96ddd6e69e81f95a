// SPDX-License-Identifier: Apache-2.0
// Whether two collections hold the very same objects. What is unchanged keeps its identity from the registry on, so this is
// how a later stage knows that it has nothing to do. It never looks inside an object.

/** The same objects in the same places. */
export function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** The same objects under the same keys, in whatever order. `undefined` is no value. */
export function sameEntries<K, V extends object>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (b.get(key) !== value) return false;
  return true;
}
