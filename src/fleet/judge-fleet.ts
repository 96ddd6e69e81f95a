// SPDX-License-Identifier: Apache-2.0
// What the bridges of a fleet claim twice: an identity, a name, a host, a virtual IP. Pure; each with its owners.
import { groupBy } from '../lib/group-by.ts';
import type { FindingCode, SourceFinding } from './finding-table.ts';
import type { FleetEntry, FleetMember } from './read-fleet.ts';

/** A pair of bridges that read the same registry can share ten thousand names; a person needs the first few. */
const MOST_NAMED = 20;

interface Claim {
  readonly bridge: string;
  readonly entry: FleetEntry;
}

export function judgeFleet(members: readonly FleetMember[]): readonly SourceFinding[] {
  const claims = members.flatMap(({ address, outcome }) =>
    outcome.kind === 'read' ? outcome.entries.map((entry): Claim => ({ bridge: address, entry })) : [],
  );
  return [
    ...members.flatMap(judgeReach),
    ...judgeIdentities(members),
    ...judgeNames(claims),
    ...judgeHosts(claims),
    ...judgeAddresses(claims),
  ];
}

function judgeReach({ address, outcome }: FleetMember): readonly SourceFinding[] {
  switch (outcome.kind) {
    case 'unreachable':
      return [{ code: 'BRIDGE_UNREACHABLE', subject: address }];
    case 'silent':
      return [{ code: 'BRIDGE_SILENT', subject: address }];
    case 'not-asked':
      return [{ code: 'BRIDGE_NOT_ASKED', subject: address }];
    case 'read':
      return [];
  }
}

function judgeIdentities(members: readonly FleetMember[]): readonly SourceFinding[] {
  const owned = members.flatMap(({ address, outcome }) =>
    outcome.kind === 'read' ? outcome.owners.map((owner) => ({ owner, address })) : [],
  );
  return [...groupBy(owned, ({ owner }) => owner)]
    .filter(([, group]) => group.length > 1)
    .map(([owner, group]) => ({
      code: 'IDENTITY_SHARED',
      subject: `${owner} (${group.map(({ address }) => address).join(', ')})`,
    }));
}

function judgeNames(claims: readonly Claim[]): readonly SourceFinding[] {
  return conflicts(
    'NAME_CLAIMED_TWICE',
    groupBy(claims, ({ entry }) => entry.name),
    () => true,
  );
}

/** Of one namespace istiod joins the endpoints of both; of two, each caller gets that of its own. */
function judgeHosts(claims: readonly Claim[]): readonly SourceFinding[] {
  const byHost = groupBy(
    claims.flatMap((claim) => claim.entry.hosts.map((host) => ({ ...claim, host }))),
    ({ host }) => host,
  );
  const isOneNamespace = (group: readonly Claim[]) =>
    [...groupBy(group, ({ entry }) => namespaceOf(entry))].some(([, same]) => areOfSeveralBridges(same));
  return [
    ...conflicts('HOST_JOINED', byHost, isOneNamespace),
    ...conflicts('HOST_CLAIMED_TWICE', byHost, (group) => !isOneNamespace(group)),
  ];
}

/** Two entries of one host may share an address: they are one service for whoever calls it. */
function judgeAddresses(claims: readonly Claim[]): readonly SourceFinding[] {
  const byAddress = groupBy(
    claims.flatMap((claim) => claim.entry.addresses.map((ip) => ({ ...claim, ip }))),
    ({ ip }) => ip,
  );
  return conflicts(
    'VIRTUAL_IP_CLAIMED_TWICE',
    byAddress,
    (group) => new Set(group.map(({ entry }) => entry.hosts.join())).size > 1,
  );
}

function conflicts(
  code: FindingCode,
  groups: ReadonlyMap<string, readonly Claim[]>,
  isMeant: (group: readonly Claim[]) => boolean,
): readonly SourceFinding[] {
  const found = [...groups].filter(([, group]) => areOfSeveralBridges(group) && isMeant(group));
  const shown = found
    .slice(0, MOST_NAMED)
    .map(([what, group]) => ({ code, subject: `${what} (${group.map(ownerText).join(', ')})` }));
  const rest = found.length - shown.length;
  return rest === 0 ? shown : [...shown, { code, subject: `${rest} more` }];
}

function areOfSeveralBridges(group: readonly Claim[]): boolean {
  return new Set(group.map(({ bridge }) => bridge)).size > 1;
}

function ownerText({ bridge, entry }: Claim): string {
  return `${entry.name} of ${bridge}`;
}

function namespaceOf({ name }: FleetEntry): string {
  return name.replace(/\/.*$/s, '');
}
