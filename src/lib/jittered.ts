// SPDX-License-Identifier: Apache-2.0
// Intervals that vary a little, so that many bridges do not ask at the same instant.

/** The share by which they vary. */
const JITTER = 0.1;

/** `intervalMs` give or take a tenth, in whole milliseconds; `random` in [0, 1). */
export function jittered(intervalMs: number, random: number): number {
  return Math.round(intervalMs * (1 - JITTER + 2 * JITTER * random));
}
