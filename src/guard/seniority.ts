// SPDX-License-Identifier: Apache-2.0
// Who was here first. Names that want the same host or virtual IP are told apart by it, so it never forgets a name while the
// process lives, within a bound: a departed name that comes back finds its virtual IP free and its own.
import { changedMap } from '../lib/changed-map.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import type { Seniority } from './guarded.ts';

type Services = ReadonlyMap<ServiceKey, Service>;

/** How many names are remembered; beyond it the names that departed first are forgotten, present ones never. */
export const NAMES_REMEMBERED = 100_000;

/**
 * The seniority of all names once `after` is shown where `before` was. Both times of a name never seen are 0 when it came
 * with the first good read of its registry (there is no order among those), else `nowMs`; one that comes back keeps its
 * `sinceMs` and gets a new `presentSinceMs`. Departed names stand in the order in which they departed. Returns `seniority`
 * itself when nothing changed.
 */
export function seniorityAfter(
  seniority: ReadonlyMap<ServiceKey, Seniority>,
  before: Services,
  after: Services,
  firstRead: ReadonlySet<string>,
  nowMs: number,
  limit = NAMES_REMEMBERED,
): ReadonlyMap<ServiceKey, Seniority> {
  if (before === after) return seniority;
  const arrived: [ServiceKey, Seniority][] = [];
  for (const [key, { registry }] of after) {
    const known = seniority.get(key);
    const sinceMs = firstRead.has(registry) ? 0 : nowMs;
    if (known === undefined) arrived.push([key, { sinceMs, presentSinceMs: sinceMs, present: true }]);
    else if (!known.present) arrived.push([key, { ...known, presentSinceMs: nowMs, present: true }]);
  }
  const departed: [ServiceKey, Seniority][] = [];
  for (const key of before.keys()) {
    const known = seniority.get(key);
    if (known !== undefined && !after.has(key)) departed.push([key, { ...known, present: false }]);
  }
  // Deleted first: a key that is set anew would keep its old place, and the order is the order of departure.
  const left = changedMap(
    seniority,
    departed.map(([key]) => [key, undefined]),
  );
  return bounded(changedMap(changedMap(left, departed), arrived), limit);
}

function bounded(seniority: ReadonlyMap<ServiceKey, Seniority>, limit: number): ReadonlyMap<ServiceKey, Seniority> {
  let excess = seniority.size - limit;
  const forgotten: [ServiceKey, undefined][] = [];
  for (const [key, { present }] of seniority) {
    if (excess <= 0) break;
    if (present) continue;
    forgotten.push([key, undefined]);
    excess -= 1;
  }
  return changedMap(seniority, forgotten);
}
