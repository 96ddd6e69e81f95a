// SPDX-License-Identifier: Apache-2.0
// Items by a key that they have: Map.groupBy, which Node 20 lacks.

export type Group<Item> = [Item, ...Item[]];

/** Groups in the order of their first items. */
export function groupBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Group<Item>> {
  const groups = new Map<Key, Group<Item>>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
