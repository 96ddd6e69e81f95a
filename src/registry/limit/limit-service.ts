// SPDX-License-Identifier: Apache-2.0
// How much of one service is taken in: the instances that are too many are left out, and of each what is too much of it.
import { compareTexts } from '../../lib/compare-texts.ts';
import { sameItems } from '../../lib/same-objects.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { Instance, Service } from '../../model/service.ts';
import { addedUp, type Excess, excessOf, NO_EXCESS } from './excess.ts';
import { type LimitedInstance, limitInstance } from './limit-instance.ts';
import type { LimitOptions } from './options.ts';

export interface LimitedService {
  /** The very service where all of it is taken; undefined: none of it is. */
  readonly service: Service | undefined;
  readonly problems: readonly Problem[];
  readonly excess: Excess;
}

/** What is already there of a service: it comes first when there is too much. */
export interface KnownService {
  /** As it was taken in last. */
  readonly listed: Service | undefined;
  /** As it is shown, with what was listed before and is kept. */
  readonly shown: Service | undefined;
}

/** Limits one service. An unchanged service costs a look-up, and what is cut keeps its identity while it is cut the same. */
export type LimitService = (service: Service, known: KnownService) => LimitedService;

export function createServiceLimit(options: LimitOptions): LimitService {
  const done = new WeakMap<Service, LimitedService>();
  const instances = new WeakMap<Instance, LimitedInstance>();

  function instanceOnce(service: Service, instance: Instance): LimitedInstance {
    const before = instances.get(instance);
    if (before !== undefined) return before;
    const limited = limitInstance(service, instance, options);
    instances.set(instance, limited);
    return limited;
  }

  function limitInstances(service: Service, taken: readonly Instance[], former: Service | undefined): LimitedService {
    const limited = taken.map((instance) => instanceOnce(service, instance));
    const kept = limited.flatMap(({ instance }) => instance ?? []);
    const further = service.instances.length - taken.length;
    const value = `${taken.length} of ${service.instances.length}`;
    const about = { registry: service.registry, service: service.name };
    const tooMany = further > 0 ? [problem('INSTANCES_OVER_LIMIT', about, value)] : [];
    return {
      service: withInstances(service, kept, former),
      problems: [...tooMany, ...limited.flatMap(({ problems }) => problems)],
      excess: addedUp([...limited.map(({ excess }) => excess), excessOf({ instances: further })]),
    };
  }

  return (service, known) => {
    const before = done.get(service);
    if (before !== undefined) return before;
    const { textLength, instancesPerService } = options;
    if (service.name.length > textLength) {
      const value = `${service.name.length} characters`;
      const found = problem('SERVICE_NAME_TOO_LONG', { registry: service.registry, service: service.name }, value);
      return { service: undefined, problems: [found], excess: excessOf({ texts: 1 }) };
    }
    if (service.instances.length > instancesPerService) {
      // Not kept: what is taken depends on what is there.
      return limitInstances(service, firstOf(service.instances, known.shown, instancesPerService), known.listed);
    }
    const limited = limitInstances(service, service.instances, known.listed);
    const whole = limited.service === service ? { service, problems: [], excess: NO_EXCESS } : limited;
    done.set(service, whole);
    return whole;
  };
}

/** Those that are there already, then the first ones by id; in the order of ids. */
function firstOf(instances: readonly Instance[], shown: Service | undefined, most: number): readonly Instance[] {
  const known = new Set(shown?.instances.map(({ id }) => id) ?? []);
  const ordered = [
    ...instances.filter(({ id }) => known.has(id)),
    ...instances.filter(({ id }) => !known.has(id)).sort((a, b) => compareTexts(a.id, b.id)),
  ];
  // A limit that was lowered takes nothing away that is there.
  return ordered
    .slice(0, Math.max(most, instances.filter(({ id }) => known.has(id)).length))
    .sort((a, b) => compareTexts(a.id, b.id));
}

function withInstances(service: Service, instances: readonly Instance[], former: Service | undefined): Service {
  if (sameItems(service.instances, instances)) return service;
  const isSame =
    former !== undefined && former.inventory === service.inventory && sameItems(former.instances, instances);
  return isSame ? former : { ...service, instances };
}
