// SPDX-License-Identifier: Apache-2.0
// The one order of texts in conversion. Never a locale: bytes must be equal on every machine.

/** Code unit order, for sort(): the same on every machine, whatever its language. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
