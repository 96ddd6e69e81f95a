// SPDX-License-Identifier: Apache-2.0
// A number with its noun, for sentences that people read: `1 problem`, `2 problems`. Never for logs or metrics.

/** `many` is given where it is not `one` with an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
