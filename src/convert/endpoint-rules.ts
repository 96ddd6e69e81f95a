// SPDX-License-Identifier: Apache-2.0
// What the operator says of endpoints by rule: network, service account, whether the peer speaks Istio's mTLS.
import { compileGlobs } from '../lib/globs.ts';
import { contains, parseCidr } from '../lib/ip.ts';
import type { Instance, ServiceKey } from '../model/service.ts';
import type { Address } from './address.ts';
import type { EndpointRule } from './options.ts';

export interface EndpointTraits {
  readonly network: string | undefined;
  readonly serviceAccount: string | undefined;
  readonly tlsMode: 'istio' | 'disabled' | undefined;
}

export type EndpointTraitsOf = (service: ServiceKey, instance: Instance, address: Address) => EndpointTraits;

interface CompiledRule {
  readonly rule: EndpointRule;
  readonly matches: (service: ServiceKey, instance: Instance, address: Address) => boolean;
}

/** Compiles `endpointRules`: every trait comes from the first matching rule that sets it. */
export function compileEndpointRules(rules: readonly EndpointRule[]): EndpointTraitsOf {
  const compiled = rules.map((rule): CompiledRule => ({ rule, matches: compileMatch(rule.match) }));
  return (service, instance, address) => {
    const matching = compiled.filter(({ matches }) => matches(service, instance, address)).map(({ rule }) => rule);
    return {
      network: matching.find(({ network }) => network !== undefined)?.network,
      serviceAccount: matching.find(({ serviceAccount }) => serviceAccount !== undefined)?.serviceAccount,
      tlsMode: matching.find(({ tlsMode }) => tlsMode !== undefined)?.tlsMode,
    };
  };
}

function compileMatch(match: EndpointRule['match']): CompiledRule['matches'] {
  const isService = match.services.length === 0 ? () => true : compileGlobs(match.services);
  const ranges = match.addresses.flatMap((range) => parseCidr(range) ?? []);
  const metadata = Object.entries(match.metadata).map(([key, values]) => ({ key, values: new Set(values) }));
  return (service, instance, address) =>
    isService(service) &&
    (match.addresses.length === 0 || isInside(address, ranges)) &&
    metadata.every(({ key, values }) => values.has(instance.metadata.get(key) ?? '') && instance.metadata.has(key));
}

/** A host name is in no range: what it resolves to is not known here. */
function isInside(address: Address, ranges: readonly NonNullable<ReturnType<typeof parseCidr>>[]): boolean {
  if (address.kind !== 'ip') return false;
  const ip = { family: address.bytes.length === 4 ? (4 as const) : (6 as const), bytes: address.bytes };
  return ranges.some((range) => contains(range, ip));
}
