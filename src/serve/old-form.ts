// SPDX-License-Identifier: Apache-2.0
// Which clients are given entries as Istio up to 1.4 takes them. Pilot asks for its collections in random order, so the first
// answer may be made before its release is known; what differs has a version of its own, so it is then sent again.
import { clientRange, type RangedStream } from './client-range.ts';
import { isLegacy } from './protocol.ts';

/** The last minor release that needs it. */
const LAST_OLD = 4;

export function readsOldForm(stream: RangedStream & { readonly legacyMinor: number }): boolean {
  if (!isLegacy(stream.protocol)) return false;
  const { min = 0, max = LAST_OLD + 1 } = clientRange(stream) ?? {};
  if (max <= LAST_OLD) return true;
  return min <= LAST_OLD && stream.legacyMinor <= LAST_OLD;
}
