// SPDX-License-Identifier: Apache-2.0
// What providers tell about their service as a whole, for people and dependency views.
import { compareTexts } from '../../../lib/compare-texts.ts';
import { type Consumer, consumes } from '../records/consumer.ts';
import type { Provider } from '../records/provider.ts';
import { serviceKeyText } from '../records/service-identity.ts';

export type Inventory = ReadonlyMap<string, readonly string[]>;

export type ConsumersOf = (interfaceName: string) => readonly Consumer[];

/** Texts by kind, sorted, each once; kinds without any are left out. */
export function inventoryOf(providers: readonly Provider[], consumersOf: ConsumersOf): Inventory {
  const named = providers.filter(({ interfaceName }) => interfaceName !== '');
  const said = (parameter: string): readonly string[] =>
    providers.map(({ parameters }) => parameters.get(parameter) ?? '');
  return inventory({
    interfaces: named.map(serviceKeyText),
    groups: named.map(({ group }) => group),
    versions: named.map(({ version }) => version),
    consumers: consumersOfAll(named, consumersOf),
    owners: said('owner'),
    organizations: said('organization'),
    environments: said('environment'),
  });
}

export function joinInventories(inventories: readonly Inventory[]): Inventory {
  const [first, ...others] = inventories;
  if (first !== undefined && others.length === 0) return first;
  const kinds = new Set(inventories.flatMap((one) => [...one.keys()]));
  const textsOf = (kind: string): readonly string[] => inventories.flatMap((one) => one.get(kind) ?? []);
  return inventory(Object.fromEntries([...kinds].map((kind) => [kind, textsOf(kind)])));
}

function inventory(kinds: Readonly<Record<string, readonly string[]>>): Inventory {
  const filled = new Map<string, readonly string[]>();
  for (const [kind, texts] of Object.entries(kinds)) {
    const distinct = sortedOnce(texts);
    if (distinct.length > 0) filled.set(kind, distinct);
  }
  return filled;
}

function consumersOfAll(providers: readonly Provider[], consumersOf: ConsumersOf): readonly string[] {
  const services = new Map(providers.map((provider) => [serviceKeyText(provider), provider]));
  return [...services.values()].flatMap((service) =>
    consumersOf(service.interfaceName)
      .filter((consumer) => consumes(consumer, service))
      .map(({ application }) => application),
  );
}

/** Without empty ones. */
export function sortedOnce(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '').sort(compareTexts);
}
