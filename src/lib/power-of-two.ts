// SPDX-License-Identifier: Apache-2.0
// For what is told at doubling counts: the first time, the second, the fourth, and so on, so that a week of it is a few lines.

export function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count));
}
