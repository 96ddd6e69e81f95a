// SPDX-License-Identifier: Apache-2.0
// Nothing that traffic is told apart by may have two owners: a resource name (istiod keeps the last), a host (it would join the
// endpoints of both), an `ip:port` that callers dial (one of the two would get the traffic of both, in silence). Conversion sees
// to it; this is the gate's own look at what came out. Endpoints are no claims: docs/adr/0018-one-owner-of-what-is-dialled.md.
import type { Converted, Entry } from '../convert/entry.ts';
import { byIdentity } from '../lib/by-identity.ts';
import { compareTexts } from '../lib/compare-texts.ts';
import { formatIp, parseIp, unmapped } from '../lib/ip.ts';
import type { ServiceKey } from '../model/service.ts';
import type { Refusal } from './refusal.ts';
import { plainName } from './suffixes.ts';

/** Since when a service is present, in ms; infinity where that is not known. */
export type PresentSince = (key: ServiceKey) => number;

/** The refusal of each unit that wants what another one has. Empty as long as conversion does its work. */
export type Refused = ReadonlyMap<Converted, Refusal>;

/**
 * Who has been present longer keeps what it claims (ADR 0007); of those that came together the first in code unit order of its
 * services. Who is refused claims nothing, so that it stands in nobody's way.
 */
export function refuseSecondOwners(units: readonly Converted[], presentSince: PresentSince): Refused {
  if (areDistinct(units)) return new Map();
  const owners = new Map<string, Converted>();
  const refused = new Map<Converted, Refusal>();
  for (const { unit, entry } of inOrder(units, presentSince)) {
    const claims = claimsOf(entry);
    const taken = claims.find((claim) => owners.has(claim));
    if (taken === undefined) for (const claim of claims) owners.set(claim, unit);
    else refused.set(unit, { code: 'CLAIMED_TWICE', value: `${taken} (${owners.get(taken)?.services.join(', ')})` });
  }
  return refused;
}

function areDistinct(units: readonly Converted[]): boolean {
  const seen = new Set<string>();
  let count = 0;
  for (const { entry } of units) {
    if (entry === undefined) continue;
    const claims = claimsOf(entry);
    count += claims.length;
    for (const claim of claims) seen.add(claim);
  }
  return seen.size === count;
}

/** In all the spellings of a name or an address, once each. */
const claimsOf = byIdentity(({ name, spec }: Entry): readonly string[] => {
  const hosts = spec.hosts.map((host) => `host ${plainName(host)}`);
  const dialled = spec.addresses.flatMap((address) => {
    const place = plainAddress(address);
    return spec.ports.map(({ number }) => `address ${place}, port ${number}`);
  });
  return [...new Set([`name ${name}`, ...hosts, ...dialled])];
});

function plainAddress(address: string): string {
  const ip = parseIp(address);
  return ip === undefined ? address : formatIp(unmapped(ip).bytes);
}

function inOrder(
  units: readonly Converted[],
  presentSince: PresentSince,
): readonly { readonly unit: Converted; readonly entry: Entry }[] {
  // A joined unit is as old as the oldest of its services.
  const since = ({ services }: Converted): number => Math.min(...services.map(presentSince));
  const first = ({ services }: Converted): string => services[0] ?? '';
  return units
    .flatMap((unit) => (unit.entry === undefined ? [] : [{ unit, entry: unit.entry, since: since(unit) }]))
    .sort((a, b) => (a.since === b.since ? compareTexts(first(a.unit), first(b.unit)) : a.since - b.since));
}
