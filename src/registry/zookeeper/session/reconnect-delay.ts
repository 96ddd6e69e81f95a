// SPDX-License-Identifier: Apache-2.0
// How long to wait before the next connection: longer with every failure, and never the same for two bridges, so that an
// ensemble that comes back is not met by all of them at once.

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/** `failures` in a row so far; `random` in [0, 1). Between half and all of a ceiling that doubles up to 10 s. */
export function reconnectDelayMs(failures: number, random: number): number {
  // The exponent is bounded so that a week of failures does not overflow.
  const ceilingMs = Math.min(FIRST_MS * 2 ** Math.min(failures, 20), LONGEST_MS);
  return Math.round(ceilingMs * (0.5 + 0.5 * random));
}
