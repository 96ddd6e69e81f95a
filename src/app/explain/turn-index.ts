// SPDX-License-Identifier: Apache-2.0
// One turn, arranged for questions about single services. What costs work for every service is made once for what it depends
// on, which most turns leave as it was: a page that asks after every turn costs little more than the first one.
import type { Config } from '../../config/config.ts';
import { type Claim, explicitClaims, templateClaim } from '../../convert/claims.ts';
import type { Converted } from '../../convert/entry.ts';
import type { Guarded } from '../../guard/guarded.ts';
import { byIdentity } from '../../lib/by-identity.ts';
import type { Problem } from '../../model/problem.ts';
import type { ServiceKey } from '../../model/service.ts';
import { type Resource, type ResourceKey, resourceKey } from '../../snapshot/resource.ts';
import { pipelineOptions } from '../options.ts';
import { problemsByService } from '../problems.ts';
import type { Turn } from '../turn.ts';

export interface TurnIndex extends ClaimIndex {
  readonly unitOf: (key: ServiceKey) => Unit | undefined;
  readonly resources: ReadonlyMap<ResourceKey, Resource>;
  readonly problems: ReadonlyMap<ServiceKey, readonly Problem[]>;
  readonly byVirtualIp: ReadonlyMap<string, readonly ServiceKey[]>;
}

interface ClaimIndex {
  /** What each present service asks for. */
  readonly claims: ReadonlyMap<ServiceKey, Claim>;
  /** Those of `hosts` in the configuration. */
  readonly configured: ReadonlySet<Claim>;
  readonly claimants: ReadonlyMap<string, readonly ServiceKey[]>;
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
  const { places, byVirtualIp } = proposedIndex(turn.proposed);
  return {
    ...claimIndexes(turn.guarded.services)(config),
    unitOf(key) {
      const place = places.get(key) ?? -1;
      const proposed = turn.proposed[place];
      return proposed && { proposed, admitted: turn.converted[place] ?? proposed };
    },
    resources: new Map(turn.resources.map((resource) => [resourceKey(resource), resource])),
    problems: problemsByService(turn),
    byVirtualIp,
  };
}

const proposedIndex = byIdentity((proposed: Turn['proposed']) => {
  const places = proposed.flatMap(({ services }, place) => services.map((key) => [key, place] as const));
  const addresses = proposed.flatMap(({ services, entry }) =>
    (entry?.spec.addresses ?? []).flatMap((address) => services.map((key) => [address, key] as const)),
  );
  return { places: new Map(places), byVirtualIp: grouped(addresses) };
});

const claimIndexes = byIdentity((services: Guarded['services']) =>
  byIdentity((config: Config): ClaimIndex => {
    const options = pipelineOptions(config).convert;
    const configured = explicitClaims(options);
    const explicit = new Map(configured.flatMap((claim) => claim.services.map((key) => [key, claim] as const)));
    const claims = [...services.keys()].map((key) => [key, explicit.get(key) ?? templateClaim(key, options)] as const);
    const hosts = claims.flatMap(([key, { host }]) => (host === undefined ? [] : [[host, key] as const]));
    return { claims: new Map(claims), configured: new Set(configured), claimants: grouped(hosts) };
  }),
);

function grouped<Key, Value>(pairs: Iterable<readonly [Key, Value]>): ReadonlyMap<Key, readonly Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
