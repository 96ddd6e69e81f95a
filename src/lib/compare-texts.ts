// SPDX-License-Identifier: Apache-2.0
// The one order of texts: whatever is sorted on the way to an entry is sorted by it, because bytes and versions must be
// equal on every machine. It never asks a locale, and what it compares means nothing to it.

/** Code unit order, for sort(): the same on every machine, whatever its language. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
