// SPDX-License-Identifier: Apache-2.0
// A map that is never changed in place, and that keeps its identity when nothing in it changes: later stages compare maps
// by identity to know that there is nothing to do.

/**
 * `base` with `changes` made to it: a value sets the key, `undefined` deletes it. Returns `base` itself when every change
 * is already so (compared by identity). A key that is set anew keeps its place in the order, a new one goes to the end.
 */
export function changedMap<K, V extends object | number>(
  base: ReadonlyMap<K, V>,
  changes: Iterable<readonly [K, V | undefined]>,
): ReadonlyMap<K, V> {
  let copy: Map<K, V> | undefined;
  for (const [key, value] of changes) {
    if ((copy ?? base).get(key) === value) continue;
    copy ??= new Map(base);
    if (value === undefined) copy.delete(key);
    else copy.set(key, value);
  }
  return copy ?? base;
}
