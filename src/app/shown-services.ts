// SPDX-License-Identifier: Apache-2.0
// What became of each service of a turn, decided once: pages, notes and metrics all count these. A turn never changes, so the
// list is made once for each.
import type { ServiceState } from '../admin/views.ts';
import type { Converted } from '../convert/entry.ts';
import { byIdentity } from '../lib/by-identity.ts';
import { groupBy } from '../lib/group-by.ts';
import { type Problem, problemLoss } from '../model/problem.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import { problemsByService, problemsOf } from './problems.ts';
import type { Turn } from './turn.ts';

/**
 * served   its entry has an endpoint
 * empty    its entry has none: callers get an immediate 503
 * skipped  left out on purpose, or listed without any instance, of which nothing is to be published (a registry in ZooKeeper
 *          keeps the names of services that left for good)
 * refused  a problem keeps it out
 */
export type ServiceOutcome = 'served' | 'empty' | 'skipped' | 'refused';

export interface ShownService {
  readonly key: ServiceKey;
  /** undefined: nothing of it could be read. */
  readonly service: Service | undefined;
  readonly unit: Converted | undefined;
  readonly outcome: ServiceOutcome;
  /** The outcome, or why it still is what it is: the guard keeps it. */
  readonly state: ServiceState;
  readonly problems: readonly Problem[];
}

/** What conversion made something of, then what only problems tell of, then bare names. A registry's own problems are no service. */
export const shownServices = byIdentity((turn: Turn): readonly ShownService[] => {
  const problems = problemsByService(turn);
  const keptAs = createKept(turn);
  const shown = new Map<ServiceKey, ShownService>();
  for (const unit of turn.converted) {
    const outcome = outcomeOf(unit);
    for (const key of unit.services) {
      const service = turn.guarded.services.get(key);
      if (service === undefined) continue;
      const state = unit.entry === undefined ? outcome : (keptAs(service) ?? outcome);
      shown.set(key, { key, service, unit, outcome, state, problems: problems.get(key) ?? [] });
    }
  }
  for (const [key, found] of problems) {
    if (shown.has(key) || isOfRegistry(found)) continue;
    const outcome = found.some(isLoss) ? 'refused' : 'skipped';
    shown.set(key, { key, service: undefined, unit: undefined, outcome, state: outcome, problems: found });
  }
  for (const { reading } of turn.slices) {
    if (reading.kind === 'waiting') continue;
    for (const [key, service] of reading.content.services) {
      if (service.instances.length > 0 || shown.has(key)) continue;
      shown.set(key, { key, service, unit: undefined, outcome: 'skipped', state: 'skipped', problems: [] });
    }
  }
  return [...shown.values()];
});

/** By registry: problems that no service can be told of, such as a record that does not even say whose it is. */
export const registryProblems = byIdentity((turn: Turn): ReadonlyMap<string, readonly Problem[]> => {
  const own = problemsOf(turn).filter(({ service }) => service === '');
  return groupBy(own, ({ registry }) => registry);
});

/** Whether something is missing from the mesh because of it. */
export function isLoss({ code }: Problem): boolean {
  return problemLoss(code) !== 'none';
}

function isOfRegistry([problem]: readonly Problem[]): boolean {
  return problem?.service === '';
}

function outcomeOf({ entry, problems }: Converted): ServiceOutcome {
  if (entry !== undefined) return entry.spec.endpoints.length > 0 ? 'served' : 'empty';
  return problems.some(({ code }) => problemLoss(code) === 'service' && code !== 'HOST_YIELDED')
    ? 'refused'
    : 'skipped';
}

/** Which of the guard's reasons keeps a service that has an entry; undefined: none, it is listed. */
function createKept({ slices, guarded }: Turn): (service: Service) => 'grace' | 'held' | undefined {
  const graces = new Set(guarded.graces.map(({ key }) => key));
  const isHeld = (registry: string, key: ServiceKey) =>
    guarded.missing
      .get(registry)
      ?.get(key)
      ?.some(({ kind }) => kind === 'held') === true;
  const listed = new Map(
    slices.map(({ registry, reading }) => [
      registry,
      reading.kind === 'waiting' ? undefined : reading.content.services,
    ]),
  );
  return ({ key, registry }) => {
    if (graces.has(key)) return 'grace';
    return isHeld(registry, key) && listed.get(registry)?.has(key) !== true ? 'held' : undefined;
  };
}
