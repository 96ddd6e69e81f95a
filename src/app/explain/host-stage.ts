// SPDX-License-Identifier: Apache-2.0
// Under which host a service is called, and who else asked for it: who keeps it, and what decided.
import type { HostStage } from '../../admin/explanation.ts';
import { type Claim, compareStandings, type Standing } from '../../convert/claims.ts';
import { printable } from '../../lib/printable.ts';
import type { ServiceKey } from '../../model/service.ts';
import { problemsAt, type Subject } from './subject.ts';
import type { TurnIndex } from './turn-index.ts';

/** undefined where nothing asks for a host. */
export function hostStage(subject: Subject): HostStage | undefined {
  const { key, unit, turn } = subject;
  const claim = turn?.index.claims.get(key);
  if (turn === undefined || unit === undefined || claim === undefined) return undefined;
  const problems = problemsAt('host', subject);
  const isRefused = problems.length > 0;
  const { rivals, otherRivals } = rivalsOf(subject, claim, turn.index, isRefused);
  const joined = claim.services.length > 1 ? claim.services : [];
  const virtualIps = unit.proposed.entry?.spec.addresses ?? [];
  const details = { host: claim.host, virtualIps, joined, rivals, otherRivals };
  const [problem] = problems;
  if (problem !== undefined) {
    return { stage: 'host', verdict: 'stopped', sentence: problem.sentence, details, problems };
  }
  const more = otherRivals === 0 ? '' : ` and ${otherRivals} more`;
  const others = rivals.map(({ service }) => printable(service)).join(', ') + more;
  const contested = others === '' ? '' : `; ${others} asked for it too and got nothing`;
  const shared = joined.length === 0 ? '' : `, which is shared by ${joined.map((one) => printable(one)).join(', ')}`;
  const address = virtualIps.length === 0 ? 'no virtual IP' : `virtual IP ${virtualIps.join(', ')}`;
  const sentence = `Called as ${claim.host ?? claim.tried}${shared} (${address})${contested}.`;
  return { stage: 'host', verdict: others === '' ? 'passed' : 'noted', sentence, details, problems };
}

/** Names that differ in what a host cannot spell are without number. */
const MOST_RIVALS = 20;

function rivalsOf({ key, turn }: Subject, claim: Claim, index: TurnIndex, isRefused: boolean) {
  const { host } = claim;
  const claimants = (host === undefined ? undefined : index.claimants.get(host)) ?? [];
  const own = new Set([key, ...claim.services]);
  const others = claimants.filter((other) => !own.has(other));
  const keepers = others.filter((other) => hostOf(index, other) === host);
  const shown = [...new Set([...keepers, ...others])].slice(0, MOST_RIVALS);
  const rivals = shown.map((other) => {
    const keepsHost = hostOf(index, other) === host;
    const because = isRefused
      ? keepsHost
        ? reason(other, key, index, turn)
        : 'it was refused as well'
      : reason(key, other, index, turn);
    return { service: other, keepsHost, because };
  });
  return { rivals, otherRivals: others.length - rivals.length };
}

function hostOf({ unitOf }: TurnIndex, key: ServiceKey): string | undefined {
  return unitOf(key)?.proposed.entry?.spec.hosts[0];
}

/** Why `winner` was heard before `loser`. */
function reason(winner: ServiceKey, loser: ServiceKey, index: TurnIndex, turn: Subject['turn']): string {
  const seniority = turn?.turn.guarded.seniority;
  const standing = (key: ServiceKey): Standing => ({
    key,
    edits: index.claims.get(key)?.edits ?? 0,
    presentSinceMs: seniority?.get(key)?.presentSinceMs ?? Number.POSITIVE_INFINITY,
  });
  if (isConfigured(winner, index)) return `${printable(winner)} is given the host by \`hosts\` in the configuration`;
  switch (compareStandings(standing(winner), standing(loser)).by) {
    case 'presence':
      return `${printable(winner)} has been here longer`;
    case 'edits':
      return `both came together, and the name ${printable(winner)} is nearer to the host`;
    case 'byte-order':
      return `both came together with names equally near to the host, and ${printable(winner)} is first in byte order`;
  }
}

function isConfigured(key: ServiceKey, { claims, configured }: TurnIndex): boolean {
  const claim = claims.get(key);
  return claim !== undefined && configured.has(claim);
}
