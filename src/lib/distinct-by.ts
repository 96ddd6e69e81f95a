// SPDX-License-Identifier: Apache-2.0
// Items without those whose key was there before.

/** The first item of each key, in the order of the items. */
export function distinctBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): readonly Item[] {
  const known = new Map<Key, Item>();
  for (const item of items) {
    const key = keyOf(item);
    if (!known.has(key)) known.set(key, item);
  }
  return [...known.values()];
}
