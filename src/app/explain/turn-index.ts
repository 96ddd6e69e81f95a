// SPDX-License-Identifier: Apache-2.0
// One turn, arranged for questions about single services. Made once for each turn that is asked about.
import type { Config } from '../../config/config.ts';
import { type Claim, explicitClaims, templateClaim } from '../../convert/claims.ts';
import type { Converted } from '../../convert/entry.ts';
import type { ConvertOptions } from '../../convert/options.ts';
import { byIdentity } from '../../lib/by-identity.ts';
import type { Problem } from '../../model/problem.ts';
import { type ServiceKey, serviceKey } from '../../model/service.ts';
import type { Resource } from '../../snapshot/resource.ts';
import { pipelineOptions } from '../options.ts';
import { problemsOf } from '../problems.ts';
import type { Turn } from '../turn.ts';

export interface TurnIndex {
  readonly units: ReadonlyMap<ServiceKey, Unit>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly problems: ReadonlyMap<ServiceKey, readonly Problem[]>;
  /** What each present service asks for. */
  readonly claims: ReadonlyMap<ServiceKey, Claim>;
  /** Those of `hosts` in the configuration. */
  readonly configured: ReadonlySet<Claim>;
  readonly claimants: ReadonlyMap<string, readonly ServiceKey[]>;
  readonly byVirtualIp: ReadonlyMap<string, readonly ServiceKey[]>;
}

/** What became of a service, before the gate and after it. */
export interface Unit {
  readonly proposed: Converted;
  readonly admitted: Converted;
}

/** `config` is the one that the turn ran with. */
export function indexTurn(turn: Turn, config: Config): TurnIndex {
  return indexes(turn)(config);
}

const indexes = byIdentity((turn: Turn) => byIdentity((config: Config) => makeIndex(turn, config)));

function makeIndex(turn: Turn, config: Config): TurnIndex {
  const units = unitsOf(turn);
  const options = pipelineOptions(config).convert;
  const configured = explicitClaims(options);
  const claims = claimsOf(turn, options, configured);
  const hosts = [...claims].flatMap(([key, { host }]) => (host === undefined ? [] : [[host, key] as const]));
  const addresses = [...units].flatMap(([key, { proposed }]) =>
    (proposed.entry?.spec.addresses ?? []).map((address) => [address, key] as const),
  );
  return {
    units,
    resources: new Map(turn.resources.map((resource) => [resource.name, resource])),
    problems: grouped(problemsOf(turn).map((found) => [serviceKey(found.registry, found.service), found])),
    claims,
    configured: new Set(configured),
    claimants: grouped(hosts),
    byVirtualIp: grouped(addresses),
  };
}

function unitsOf({ proposed, converted }: Turn): ReadonlyMap<ServiceKey, Unit> {
  const units = new Map<ServiceKey, Unit>();
  for (const [index, before] of proposed.entries()) {
    const unit = { proposed: before, admitted: converted[index] ?? before };
    for (const key of before.services) units.set(key, unit);
  }
  return units;
}

function claimsOf({ guarded }: Turn, options: ConvertOptions, configured: readonly Claim[]) {
  const explicit = new Map(configured.flatMap((claim) => claim.services.map((key) => [key, claim] as const)));
  return new Map(
    [...guarded.services.keys()].map((key) => [key, explicit.get(key) ?? templateClaim(key, options)] as const),
  );
}

function grouped<Key, Value>(pairs: Iterable<readonly [Key, Value]>): ReadonlyMap<Key, readonly Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
