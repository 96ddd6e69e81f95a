// SPDX-License-Identifier: Apache-2.0
// Names all services at once: who gets which host, resource name and virtual IP, and who is refused. It looks at names and
// their seniority alone, never at instances, and it is the one place where two services can get in each other's way.
//
//   the service is                          it gets
//   listed in `hosts`                       that host, before all others; the host stays reserved while it is listed
//   present, and its host is free           the host that the template makes of its name
//   present, and its host has an owner      nothing (HOST_TAKEN): who has been present longer keeps the host; of those
//                                           that came together the one whose name is nearest to the host, then byte order
//   departed                                nothing, but the virtual IP of its host stays reserved while there are others
import type { Seniority } from '../guard/guarded.ts';
import { compareTexts } from '../lib/compare-texts.ts';
import { compileGlobs } from '../lib/globs.ts';
import { type Problem, type ProblemCode, problem } from '../model/problem.ts';
import { type ServiceKey, splitServiceKey } from '../model/service.ts';
import {
  type Claim,
  departedHosts,
  explicitClaims,
  hostsBySeniority,
  inOrderOfHearing,
  templateClaim,
} from './claims.ts';
import type { ResourceName } from './entry.ts';
import type { ConvertOptions } from './options.ts';
import { type AllocateVirtualIps, createVirtualIps } from './virtual-ips.ts';

/** One host and all that is published under it. */
export interface Naming {
  readonly host: string;
  readonly resourceName: ResourceName;
  /** Virtual IPs: IPv4, then IPv6 where configured; empty where they are turned off. */
  readonly addresses: readonly string[];
  /** The services that are joined under it, present or not, in the order in which they are joined. */
  readonly services: readonly ServiceKey[];
}

/** What became of a service. The object stays the same while it is equal; joined services share one. */
export type NameOutcome =
  | { readonly kind: 'named'; readonly naming: Naming }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** The outcome of every present service, in code unit order of the keys. */
export type Names = ReadonlyMap<ServiceKey, NameOutcome>;

type Verdict =
  | { readonly kind: 'named'; readonly naming: Naming }
  | { readonly kind: 'refused'; readonly code: ProblemCode; readonly value: string };

type SeniorityMap = ReadonlyMap<ServiceKey, Seniority>;

/**
 * Returns what names services under `options`. The answer is the same object while the seniority map is, and what a name
 * alone decides is computed once, so that one arrival costs sorting names and no more.
 */
export function createNamer(options: ConvertOptions): (seniority: SeniorityMap) => Names {
  const explicit = explicitClaims(options);
  const isExplicit = new Set(explicit.flatMap(({ services }) => services));
  const isYielded = compileGlobs(options.yieldHosts);
  const pools = virtualIpPools(options);
  let claims: ReadonlyMap<ServiceKey, Claim> = new Map();
  let former: { readonly seniority: SeniorityMap; readonly names: Names } | undefined;

  return (seniority) => {
    if (former?.seniority === seniority) return former.names;
    const others = [...seniority.keys()].filter((key) => !isExplicit.has(key));
    claims = new Map(others.map((key) => [key, claims.get(key) ?? templateClaim(key, options)]));
    const hosts = hostsBySeniority([...explicit, ...claims.values()], seniority);
    const reserved = departedHosts(claims, seniority);
    const virtualIps = pools.map(({ range, allocate }) => ({ range, byHost: allocate(hosts, reserved) }));
    const verdicts = judge([...explicit, ...inOrderOfHearing(claims, seniority)], isYielded, virtualIps);
    const names = outcomes(verdicts, seniority, former?.names ?? new Map());
    former = { seniority, names };
    return names;
  };
}

interface VirtualIpPool {
  readonly range: string;
  readonly allocate: AllocateVirtualIps;
}

interface GivenVirtualIps {
  readonly range: string;
  readonly byHost: ReadonlyMap<string, string>;
}

function virtualIpPools({ virtualIps: { enabled, range, rangeV6 } }: ConvertOptions): readonly VirtualIpPool[] {
  const ranges = !enabled ? [] : rangeV6 === undefined ? [range] : [range, rangeV6];
  return ranges.map((one) => ({ range: one, allocate: createVirtualIps(one) }));
}

/** Hears the claims one after the other: what is granted to one is taken for those behind it. */
function judge(
  claims: readonly Claim[],
  isYielded: (host: string) => boolean,
  virtualIps: readonly GivenVirtualIps[],
): ReadonlyMap<Claim, Verdict> {
  const hosts = new Map<string, Claim>();
  const resourceNames = new Map<string, Claim>();
  const verdicts = new Map<Claim, Verdict>();
  for (const claim of claims) {
    const verdict = verdictOn(claim, { hosts, resourceNames, isYielded, virtualIps });
    verdicts.set(claim, verdict);
    if (verdict.kind === 'refused') continue;
    hosts.set(verdict.naming.host, claim);
    resourceNames.set(claim.resourceName, claim);
  }
  return verdicts;
}

interface Ledger {
  readonly hosts: ReadonlyMap<string, Claim>;
  readonly resourceNames: ReadonlyMap<string, Claim>;
  readonly isYielded: (host: string) => boolean;
  readonly virtualIps: readonly GivenVirtualIps[];
}

function verdictOn({ host, tried, services, resourceName }: Claim, ledger: Ledger): Verdict {
  const refuse = (code: ProblemCode, value: string): Verdict => ({ kind: 'refused', code, value });
  if (host === undefined) return refuse('HOST_INVALID', tried);
  if (ledger.isYielded(host)) return refuse('HOST_YIELDED', host);
  const hostOwner = ledger.hosts.get(host);
  if (hostOwner !== undefined) return refuse('HOST_TAKEN', `${host} (${hostOwner.services.join(', ')})`);
  const nameOwner = ledger.resourceNames.get(resourceName);
  if (nameOwner !== undefined) return refuse('NAME_TAKEN', `${resourceName} (${nameOwner.services.join(', ')})`);
  const exhausted = ledger.virtualIps.find(({ byHost }) => !byHost.has(host));
  if (exhausted !== undefined) return refuse('VIRTUAL_IP_EXHAUSTED', exhausted.range);
  const addresses = ledger.virtualIps.flatMap(({ byHost }) => byHost.get(host) ?? []);
  return { kind: 'named', naming: { host, resourceName, addresses, services } };
}

function outcomes(verdicts: ReadonlyMap<Claim, Verdict>, seniority: SeniorityMap, former: Names): Names {
  const found: [ServiceKey, NameOutcome][] = [];
  for (const [claim, verdict] of verdicts) {
    const present = claim.services.filter((key) => seniority.get(key)?.present === true);
    if (verdict.kind === 'refused') {
      for (const key of present) found.push([key, refusal(key, verdict.code, verdict.value, former.get(key))]);
    } else {
      const outcome = named(verdict.naming, claim.services, former);
      for (const key of present) found.push([key, outcome]);
    }
  }
  return new Map(found.sort(([a], [b]) => compareTexts(a, b)));
}

/** The former outcome where it was the same, so that what was made of it can be found again by identity. */
function named(naming: Naming, services: readonly ServiceKey[], former: Names): NameOutcome {
  for (const key of services) {
    const before = former.get(key);
    if (before?.kind === 'named' && isSameNaming(before.naming, naming)) return before;
  }
  return { kind: 'named', naming };
}

function refusal(key: ServiceKey, code: ProblemCode, value: string, before: NameOutcome | undefined): NameOutcome {
  const { registry, name } = splitServiceKey(key);
  const found = problem(code, { registry, service: name }, value);
  if (before?.kind === 'refused' && before.problem.code === found.code && before.problem.value === found.value) {
    return before;
  }
  return { kind: 'refused', problem: found };
}

/** Resource name and services follow from the configuration and the first service, so they are equal where this is asked. */
function isSameNaming(a: Naming, b: Naming): boolean {
  return a.host === b.host && a.addresses.join() === b.addresses.join();
}
