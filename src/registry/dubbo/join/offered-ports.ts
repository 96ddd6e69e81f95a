// SPDX-License-Identifier: Apache-2.0
// The ports that a process offers, by what its endpoints and providers say. One port can speak several protocols: then it is
// there several times, once for each, and conversion decides what can be published of that.
import { compareTexts } from '../../../lib/compare-texts.ts';
import type { Port } from '../../../model/service.ts';
import type { Endpoint } from '../records/application-instance.ts';
import { flagOf } from '../records/parameters.ts';
import { isKnownScheme, isReachable, schemeOf } from '../records/protocols.ts';
import type { Provider } from '../records/provider.ts';

export interface OfferedPorts {
  readonly ports: readonly Port[];
  /** Schemes of which nobody here knows what they speak; sorted. */
  readonly unknown: readonly string[];
}

const MOST_FURTHER_SCHEMES = 8;

/** All that its port speaks: since Dubbo 3.2 one server can answer further protocols. */
export function schemesOf({ scheme, parameters }: Provider): readonly string[] {
  const further = [parameters.get('ext.protocol'), parameters.get('preferred.protocol')].flatMap(
    (text) => text?.toLowerCase().split(',', MOST_FURTHER_SCHEMES) ?? [],
  );
  const named = further.map((one) => one.trim()).filter((one) => one !== '' && isReachable(one));
  return named.length === 0 ? [scheme] : [...new Set([scheme, ...named])];
}

/** Ordered by number and name. */
export function offeredPorts(endpoints: readonly Endpoint[], providers: readonly Provider[]): OfferedPorts {
  const offered = new Map<string, Endpoint & { readonly isSecure: boolean }>();
  const offer = (endpoint: Endpoint, isSecure: boolean): void => {
    const key = `${endpoint.scheme}:${endpoint.port}`;
    offered.set(key, { ...endpoint, isSecure: isSecure || offered.get(key)?.isSecure === true });
  };
  for (const endpoint of endpoints) offer(endpoint, false);
  for (const provider of providers) {
    const isSecure = flagOf(provider.parameters.get('ssl-enabled'), false);
    for (const scheme of schemesOf(provider)) offer({ scheme, port: provider.port }, isSecure);
  }
  const ordered = [...offered.values()].sort((a, b) => a.port - b.port || compareTexts(a.scheme, b.scheme));
  const unknown = new Set(ordered.map(({ scheme }) => scheme).filter((scheme) => !isKnownScheme(scheme)));
  return { ports: named(ordered), unknown: [...unknown].sort(compareTexts) };
}

/** A port is named for its scheme, with a number behind it where that name is taken. */
function named(offered: readonly (Endpoint & { readonly isSecure: boolean })[]): readonly Port[] {
  const taken = new Map<string, number>();
  return offered.map(({ scheme, port, isSecure }) => {
    const nth = (taken.get(scheme) ?? 0) + 1;
    taken.set(scheme, nth);
    const { protocol } = schemeOf(scheme);
    const name = nth === 1 ? scheme : `${scheme}-${nth}`;
    return { name, number: port, protocol, secure: isSecure || protocol === 'https' };
  });
}
