// SPDX-License-Identifier: Apache-2.0
// Estate → what the registry publishes: services, with instances gathered under the names they belong to, and problems.
// Unchanged ones keep their former objects. Linear in the number of instances but for the sorting.
import { compareTexts } from '../../lib/compare-texts.ts';
import type { Problem } from '../../model/problem.ts';
import { type Instance, type Service, type ServiceKey, serviceKey } from '../../model/service.ts';
import { keepIdentity, type Services } from '../identity.ts';
import { EMPTY_ESTATE, type Estate } from './estate.ts';
import { sameProblems } from './same-problems.ts';

export interface Published {
  /** What it was made of. */
  readonly estate: Estate;
  readonly services: Services;
  readonly problems: readonly Problem[];
}

export const NOTHING_PUBLISHED: Published = { estate: EMPTY_ESTATE, services: new Map(), problems: [] };

export function publish(estate: Estate, registry: string, former: Published): Published {
  if (estate === former.estate) return former;
  return {
    estate,
    services: keepIdentity(former.services, gather(estate, registry)),
    problems: problemsOf(estate, former.problems),
  };
}

function gather(estate: Estate, registry: string): Services {
  const members = new Map<string, Instance[]>();
  for (const application of estate.applications.values()) {
    for (const { instance, services } of application.values()) {
      if (instance === undefined) continue;
      for (const name of services) {
        const gathered = members.get(name);
        if (gathered === undefined) members.set(name, [instance]);
        else gathered.push(instance);
      }
    }
  }
  const services = new Map<ServiceKey, Service>();
  for (const [name, instances] of members) {
    const key = serviceKey(registry, name);
    services.set(key, { key, registry, name, instances: instances.sort((a, b) => compareTexts(a.id, b.id)) });
  }
  return services;
}

function problemsOf(estate: Estate, former: readonly Problem[]): readonly Problem[] {
  const found = [...estate.problems];
  for (const application of estate.applications.values()) {
    for (const listed of application.values()) found.push(...listed.problems);
  }
  return sameProblems(former, found) ? former : found;
}
