// SPDX-License-Identifier: Apache-2.0
// Which hosts an entry may claim. A host outside its bridge's own names would take the traffic of someone else's service,
// in the whole mesh where it is exported, so everything is refused that the configured suffixes do not cover, and some
// names are refused whatever is configured.
import { isHost } from '../convert/syntax.ts';
import { looksNumeric, plainName, type SuffixTest } from './suffixes.ts';

/**
 * Names that belong to the cluster or the machine. `x.namespace.svc` is included without the cluster's domain: Istio puts
 * the shortened names of Kubernetes services on the same routes.
 */
const RESERVED_DOMAINS = ['localhost', 'svc', 'cluster.local', 'clusterset.local', 'metadata.google.internal'];

export type HostVerdict = 'admitted' | 'reserved' | 'out-of-scope';

export function judgeHost(host: string, inScope: SuffixTest): HostVerdict {
  const name = plainName(host);
  if (isReservedHost(name)) return 'reserved';
  return inScope(name) ? 'admitted' : 'out-of-scope';
}

/** Wildcards, IP addresses, single labels (short names of every namespace), what is no host at all, and reserved domains. */
function isReservedHost(name: string): boolean {
  return !isHost(name) || !name.includes('.') || looksNumeric(name) || isUnder(name, RESERVED_DOMAINS);
}

function isUnder(name: string, domains: readonly string[]): boolean {
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}
