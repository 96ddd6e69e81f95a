// SPDX-License-Identifier: Apache-2.0
// What a service asks for: a host and a resource name, of its own raw name and the configuration alone; and the order in
// which claims are heard.
import type { Seniority } from '../guard/guarded.ts';
import { compareTexts } from '../lib/compare-texts.ts';
import { type ServiceKey, serviceKey, splitServiceKey } from '../model/service.ts';
import type { ResourceName } from './entry.ts';
import { hostByTemplate, isPublishableHost } from './host.ts';
import type { ConvertOptions } from './options.ts';
import { resourceName } from './resource-name.ts';

export interface Claim {
  /** One service, or those that the configuration joins under one host, in the order in which they are joined. */
  readonly services: readonly ServiceKey[];
  /** undefined: no valid host can be made. */
  readonly host: string | undefined;
  /** The host as it came out, valid or not. */
  readonly tried: string;
  readonly edits: number;
  readonly resourceName: ResourceName;
}

/** The claim of a service that the configuration does not mention. */
export function templateClaim(key: ServiceKey, options: ConvertOptions): Claim {
  const { registry, name } = splitServiceKey(key);
  return {
    services: [key],
    ...hostByTemplate(registry, name, options),
    resourceName: resourceName(registry, name, options, false),
  };
}

/**
 * The claims of `options.hosts`, in byte order of the hosts. A service that is listed under two hosts belongs to the first.
 * The resource name is that of the first service in byte order, present or not: it does not change while a migration
 * moves instances from one registry to the other.
 */
export function explicitClaims(options: ConvertOptions): readonly Claim[] {
  const seen = new Set<ServiceKey>();
  const claims: Claim[] = [];
  for (const [host, listed] of Object.entries(options.hosts).sort(([a], [b]) => compareTexts(a, b))) {
    const services = [...new Set(listed.flatMap(readKey))].filter((key) => !seen.has(key));
    const first = [...services].sort(compareTexts)[0];
    if (first === undefined) continue;
    for (const key of services) seen.add(key);
    const { registry, name } = splitServiceKey(first);
    claims.push({
      services,
      host: isPublishableHost(host) ? host : undefined,
      tried: host,
      edits: 0,
      resourceName: resourceName(registry, name, options, true),
    });
  }
  return claims;
}

/**
 * The claims of present services: who has been present longest first; of those that came together the one nearest to its raw
 * name, then byte order. A return counts as an arrival, else it would take the host of a service that stayed.
 */
export function inOrderOfHearing(
  claims: ReadonlyMap<ServiceKey, Claim>,
  seniority: ReadonlyMap<ServiceKey, Seniority>,
): readonly Claim[] {
  return [...claims]
    .flatMap(([key, claim]) => {
      const { presentSinceMs, present } = seniority.get(key) ?? UNKNOWN;
      return present ? [{ key, edits: claim.edits, presentSinceMs, claim }] : [];
    })
    .sort((a, b) => compareStandings(a, b).order)
    .map(({ claim }) => claim);
}

/** What decides who is heard first. */
export interface Standing {
  readonly key: ServiceKey;
  readonly edits: number;
  readonly presentSinceMs: number;
}

/** `order` as of `sort()`, and what decided. */
export function compareStandings(
  a: Standing,
  b: Standing,
): { readonly order: number; readonly by: 'presence' | 'edits' | 'byte-order' } {
  if (a.presentSinceMs !== b.presentSinceMs) return { order: a.presentSinceMs - b.presentSinceMs, by: 'presence' };
  if (a.edits !== b.edits) return { order: a.edits - b.edits, by: 'edits' };
  return { order: compareTexts(a.key, b.key), by: 'byte-order' };
}

/**
 * The hosts of all claims by the age of the oldest service that ever asked for them, departed ones included; equally old
 * ones in byte order. Hosts of the configuration that no service was seen for yet come last.
 */
export function hostsBySeniority(
  claims: Iterable<Claim>,
  seniority: ReadonlyMap<ServiceKey, Seniority>,
): readonly string[] {
  const since = new Map<string, number>();
  for (const { host, services } of claims) {
    if (host === undefined) continue;
    const ages = services.map((key) => (seniority.get(key) ?? UNKNOWN).sinceMs);
    since.set(host, Math.min(since.get(host) ?? Number.POSITIVE_INFINITY, ...ages));
  }
  return [...since]
    .sort(([a, sinceA], [b, sinceB]) => (sinceA === sinceB ? compareTexts(a, b) : sinceA - sinceB))
    .map(([host]) => host);
}

/** The hosts that no present service asks for, the longest departed first: seniority keeps the order of departure. */
export function departedHosts(
  claims: ReadonlyMap<ServiceKey, Claim>,
  seniority: ReadonlyMap<ServiceKey, Seniority>,
): readonly string[] {
  const wanted = new Set<string>();
  for (const [key, { present }] of seniority) {
    const host = present ? claims.get(key)?.host : undefined;
    if (host !== undefined) wanted.add(host);
  }
  return [...seniority].flatMap(([key, { present }]) => {
    const host = present ? undefined : claims.get(key)?.host;
    return host === undefined || wanted.has(host) ? [] : [host];
  });
}

const NEVER = Number.POSITIVE_INFINITY;
const UNKNOWN: Seniority = { sinceMs: NEVER, presentSinceMs: NEVER, present: false };

/** `registry/service` as it is configured. What holds no slash names no service. */
function readKey(text: string): readonly ServiceKey[] {
  const slash = text.indexOf('/');
  return slash < 0 ? [] : [serviceKey(text.slice(0, slash), text.slice(slash + 1))];
}
