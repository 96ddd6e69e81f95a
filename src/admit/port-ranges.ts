// SPDX-License-Identifier: Apache-2.0
// Port numbers against a list of inclusive ranges.
import type { PortRange } from './options.ts';

/** An empty list holds no port. */
export function isInRanges(ranges: readonly PortRange[], port: number): boolean {
  return ranges.some(({ first, last }) => first <= port && port <= last);
}
