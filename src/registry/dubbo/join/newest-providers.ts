// SPDX-License-Identifier: Apache-2.0
// Providers that are registered twice: one that comes back before its former session has expired stands beside itself for half a
// minute, under another name, because its timestamp is part of it.
import { compareTexts } from '../../../lib/compare-texts.ts';
import { groupBy } from '../../../lib/group-by.ts';
import type { Provider } from '../records/provider.ts';
import { serviceKeyText } from '../records/service-identity.ts';

export interface NewestProviders {
  readonly newest: readonly Provider[];
  /** Those that an older one contradicts. */
  readonly contradicted: readonly Provider[];
}

/** Of those with one place and service the newer counts, of equally old ones the first in the order of what they say. */
export function newestProviders(providers: Iterable<Provider>): NewestProviders {
  const newest: Provider[] = [];
  const contradicted: Provider[] = [];
  for (const twins of groupBy(providers, providerId).values()) {
    const kept = twins.reduce((best, twin) => (isNewer(twin, best) ? twin : best));
    newest.push(kept);
    if (twins.some((twin) => twin !== kept && twin.isInScope && saidBy(twin) !== saidBy(kept))) contradicted.push(kept);
  }
  return { newest, contradicted };
}

/** Its URL without parameters, with group and version. */
export function providerId(provider: Provider): string {
  return `${provider.scheme}://${provider.address}:${provider.port}/${serviceKeyText(provider)}`;
}

function isNewer(a: Provider, b: Provider): boolean {
  if (a.registeredAtMs !== b.registeredAtMs) return a.registeredAtMs > b.registeredAtMs;
  return saidBy(a) < saidBy(b);
}

function saidBy({ parameters, isPersistent, isInScope }: Provider): string {
  const sorted = [...parameters].sort(([a], [b]) => compareTexts(a, b));
  return JSON.stringify([isInScope, isPersistent, sorted]);
}
