// SPDX-License-Identifier: Apache-2.0
// Estate → what the registry publishes: services, with instances gathered under the names they belong to, and problems.
// Unchanged ones keep their former objects. Linear in the number of instances but for the sorting.
import { compareTexts } from '../../lib/compare-texts.ts';
import type { Problem } from '../../model/problem.ts';
import { type Instance, type Service, type ServiceKey, serviceKey } from '../../model/service.ts';
import { keepIdentity, type Services } from '../identity.ts';
import { sameProblems } from '../same-problems.ts';
import { type Application, EMPTY_ESTATE, type Estate } from './estate.ts';

export interface Published {
  /** What it was made of. */
  readonly estate: Estate;
  /** Only what is in scope. */
  readonly services: Services;
  readonly problems: readonly Problem[];
  /** How many services there are in scope and outside. */
  readonly ofServices: number;
}

export const NOTHING_PUBLISHED: Published = { estate: EMPTY_ESTATE, services: new Map(), problems: [], ofServices: 0 };

export function publish(estate: Estate, registry: string, former: Published): Published {
  if (estate === former.estate) return former;
  return {
    estate,
    services: keepIdentity(former.services, gather(estate, registry)),
    problems: problemsOf(estate, former.problems),
    ofServices: countServices(estate),
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

function countServices(estate: Estate): number {
  const names = new Set<string>();
  for (const application of estate.applications.values()) {
    for (const { services } of application.values()) for (const name of services) names.add(name);
  }
  return names.size;
}

/** Not what is about an application wholly outside the scope; of one with no readable instance nobody knows. */
function problemsOf(estate: Estate, former: readonly Problem[]): readonly Problem[] {
  const found = estate.problems.filter(({ service }) => !isWhollyOutside(estate.applications.get(service)));
  for (const application of estate.applications.values()) {
    for (const listed of application.values()) found.push(...listed.problems);
  }
  return sameProblems(former, found) ? former : found;
}

export function isWhollyOutside(application: Application | undefined): boolean {
  return application !== undefined && [...application.values()].every(({ leftOut }) => leftOut !== undefined);
}
