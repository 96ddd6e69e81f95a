// SPDX-License-Identifier: Apache-2.0
// What `footbridge mesh-config --check` prints: each finding with its remedy, and with --live the bridges of the list. Pure. What
// bridges and files say is made printable here.
import { FINDINGS, findingSentence, isFailure, type SourceFinding } from '../fleet/finding-table.ts';
import type { ConfigSource } from '../fleet/mesh-config.ts';
import type { FleetMember } from '../fleet/read-fleet.ts';
import { counted } from '../lib/counted.ts';
import { printable } from '../lib/printable.ts';
import type { Paint } from './paint.ts';

export interface ListReport {
  readonly sources: readonly ConfigSource[];
  readonly findings: readonly SourceFinding[];
  /** undefined: none was read. */
  readonly members: readonly FleetMember[] | undefined;
}

const LONGEST = 600;

export function reportFails({ findings }: ListReport): boolean {
  return findings.some(isFailure);
}

export function fleetLines({ members = [] }: ListReport): readonly string[] {
  const lines = members.map(({ address, outcome }) => {
    const about = outcome.kind === 'read' ? readText(outcome) : outcome.why;
    return printable(`${address}  ${about}`, LONGEST);
  });
  return lines.length === 0 ? [] : [...lines, ''];
}

function readText({ owners, entries }: FleetMember['outcome'] & { readonly kind: 'read' }): string {
  const who = owners.length === 0 ? '' : `${owners.join(', ')}: `;
  const hosts = new Set(entries.flatMap((entry) => entry.hosts)).size;
  return `${who}${counted(entries.length, 'entry', 'entries')}, ${counted(hosts, 'host')}`;
}

export function reportLines({ sources, findings }: ListReport, paint: Paint): readonly string[] {
  const failures = findings.filter(isFailure).length;
  const warnings = findings.length - failures;
  const colour = failures > 0 ? 'bad' : warnings > 0 ? 'caution' : 'good';
  return [
    ...findings.flatMap((finding) => {
      const sign = isFailure(finding) ? paint('bad', '×') : paint('caution', '‼');
      return [`${sign} ${printable(findingSentence(finding), LONGEST)}`, `    → ${FINDINGS[finding.code].remedy}`];
    }),
    paint(colour, `${counted(sources.length, 'source')}: ${failures} failed, ${counted(warnings, 'warning')}`),
  ];
}

const FORMAT = 1;

/** Fields are only ever added. */
export function meshConfigJson(report: ListReport): string {
  const { sources, findings, members } = report;
  return JSON.stringify(
    {
      footbridgeMeshConfig: FORMAT,
      ok: !reportFails(report),
      sources: sources.map(({ address }) => printable(address, LONGEST)),
      findings: findings.map((finding) => ({
        code: finding.code,
        severity: FINDINGS[finding.code].severity,
        subject: printable(finding.subject, LONGEST),
        sentence: printable(findingSentence(finding), LONGEST),
        remedy: FINDINGS[finding.code].remedy,
      })),
      ...(members === undefined ? {} : { bridges: members.map(memberRecord) }),
    },
    null,
    2,
  );
}

function memberRecord({ address, outcome }: FleetMember): object {
  if (outcome.kind !== 'read')
    return { address: printable(address), outcome: outcome.kind, why: printable(outcome.why) };
  const entries = outcome.entries.map(({ name, hosts, addresses }) => ({
    name: printable(name),
    hosts: hosts.map((host) => printable(host)),
    addresses: addresses.map((ip) => printable(ip)),
  }));
  return {
    address: printable(address),
    outcome: outcome.kind,
    owners: outcome.owners.map((one) => printable(one)),
    entries,
  };
}
