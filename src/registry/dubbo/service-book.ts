// SPDX-License-Identifier: Apache-2.0
// What the applications contribute, gathered by service. An application that changed costs its own services and no other.
import { changedMap } from '../../lib/changed-map.ts';
import { compareTexts } from '../../lib/compare-texts.ts';
import { groupBy } from '../../lib/group-by.ts';
import { problem } from '../../model/problem.ts';
import { type Instance, type Service, serviceKey } from '../../model/service.ts';
import { keepService, type Services } from '../identity.ts';
import type { ContributedInstance, Contribution } from './join/application-services.ts';
import { joinInventories } from './join/inventory.ts';
import type { ProblemList } from './problem-list.ts';

export class ServiceBook {
  readonly #registry: string;
  /** By service, then by application. */
  readonly #contributions = new Map<string, Map<string, Contribution>>();
  /** By application: the services that it contributes to. */
  readonly #servicesOf = new Map<string, ReadonlySet<string>>();
  readonly #problems: ProblemList;
  readonly #changed = new Set<string>();
  #services: Services = new Map();

  constructor(registry: string, problems: ProblemList) {
    this.#registry = registry;
    this.#problems = problems;
  }

  /** All that an application contributes from here on. */
  set(application: string, contributions: readonly Contribution[]): void {
    for (const service of this.#servicesOf.get(application) ?? []) {
      this.#contributions.get(service)?.delete(application);
      this.#changed.add(service);
    }
    for (const contribution of contributions) {
      const { service } = contribution;
      const ofService = this.#contributions.get(service) ?? new Map<string, Contribution>();
      this.#contributions.set(service, ofService.set(application, contribution));
      this.#changed.add(service);
    }
    if (contributions.length === 0) this.#servicesOf.delete(application);
    else this.#servicesOf.set(application, new Set(contributions.map(({ service }) => service)));
  }

  /** Unchanged services keep their objects, and so does the map of them. */
  services(): Services {
    const changes = [...this.#changed].map((name) => [serviceKey(this.#registry, name), this.#make(name)] as const);
    this.#changed.clear();
    this.#services = changedMap(this.#services, changes);
    return this.#services;
  }

  #make(name: string): Service | undefined {
    const contributions = [...(this.#contributions.get(name) ?? [])]
      .sort(([a], [b]) => compareTexts(a, b))
      .map(([, contribution]) => contribution);
    const { instances, doubles } = joinInstances(contributions);
    const about = { registry: this.#registry, service: name };
    const problems = doubles.map((id) => problem('INSTANCE_DUPLICATE', { ...about, instance: id }, id));
    this.#problems.set(`service ${name}`, problems);
    if (contributions.length === 0) {
      this.#contributions.delete(name);
      return undefined;
    }
    const inventory = joinInventories(contributions.map((contribution) => contribution.inventory));
    const key = serviceKey(this.#registry, name);
    const told = inventory.size > 0 ? { inventory } : {};
    return keepService(this.#services.get(key), { key, registry: this.#registry, name, instances, ...told });
  }
}

/** Two applications that claim one address and port: one of them is a former name of the other. The newer one keeps it. */
function joinInstances(contributions: readonly Contribution[]): {
  readonly instances: readonly Instance[];
  readonly doubles: readonly string[];
} {
  const byId = groupBy(
    contributions.flatMap(({ members }) => members),
    ({ instance }) => instance.id,
  );
  const ordered = [...byId].sort(([a], [b]) => compareTexts(a, b));
  return {
    instances: ordered.map(([, twins]) => twins.reduce(newer).instance),
    doubles: ordered.filter(([, twins]) => twins.length > 1).map(([id]) => id),
  };
}

function newer(a: ContributedInstance, b: ContributedInstance): ContributedInstance {
  return b.registeredAtMs > a.registeredAtMs ? b : a;
}
