// SPDX-License-Identifier: Apache-2.0
// An order of one's own: many processes that read the same few servers share their load by it.

/** A copy in an order that `random` decides: numbers in [0, 1). Where all are equal the order stays. */
export function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
