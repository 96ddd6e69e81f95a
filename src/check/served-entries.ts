// SPDX-License-Identifier: Apache-2.0
// What a running bridge serves, judged as istiod would take it. Pure.
import { counted } from '../lib/counted.ts';
import { textsOf } from '../lib/json-value.ts';
import type { ProbeAnswer } from '../probe/config-source.ts';
import type { ProbedResource } from '../probe/decode-resource.ts';
import { failed, PASSED, passed, type Verdict, warned } from './check.ts';
import type { EntrySeen } from './entry-seen.ts';
import { fewOf } from './problem-causes.ts';

const MOST_NAMED = 3;

export interface Identity {
  readonly namespace: string;
  readonly instance: string;
}

export function entriesSeen(answer: ProbeAnswer): readonly EntrySeen[] {
  return [...answer.resources.values()].map(({ name, version, spec }) => ({
    name,
    version,
    hosts: textsOf(spec?.['hosts']),
  }));
}

export function judgeSound({ resources, problems }: ProbeAnswer, { namespace, instance }: Identity): Verdict {
  const all = [...resources.values()];
  const about = (isWrong: (one: ProbedResource) => boolean, sentence: string) => {
    const names = all.filter(isWrong).map(({ name }) => name);
    return names.length === 0 ? [] : [`${sentence}: ${fewOf(names, MOST_NAMED)}.`];
  };
  const causes = [
    ...(problems.length === 0 ? [] : [`Resources that cannot be kept: ${fewOf(problems, MOST_NAMED)}.`]),
    ...about(({ name }) => !name.startsWith(`${namespace}/`), `Outside the namespace ${namespace}`),
    ...about(
      ({ name }) => name.startsWith(`${namespace}/`) && !name.startsWith(`${namespace}/${instance}.`),
      `Not named by the instance ${instance}`,
    ),
    ...about(({ version }) => version === '', 'Without a version, so that istiod takes each of them for changed'),
    ...about(({ createTime }) => createTime === undefined, 'Without a creation time, which older istiods drop'),
  ];
  return causes.length === 0 ? PASSED : failed(...causes);
}

export function judgeAddresses({ resources }: ProbeAnswer): Verdict {
  const without = [...resources.values()].filter(({ spec }) => textsOf(spec?.['addresses']).length === 0);
  if (without.length === 0) return PASSED;
  return warned(
    `Without an address: ${fewOf(
      without.map(({ name }) => name),
      MOST_NAMED,
    )}.`,
  );
}

const REVISION = 'istio.io/rev';

export function judgeRevision({ resources }: ProbeAnswer): Verdict {
  const bound = [...resources.values()].filter(({ labels }) => labels[REVISION] !== undefined);
  if (bound.length === 0) return PASSED;
  const revisions = [...new Set(bound.map(({ labels }) => labels[REVISION] ?? ''))];
  return warned(
    `Only istiods of revision ${fewOf(revisions, MOST_NAMED)} take: ${fewOf(
      bound.map(({ name }) => name),
      MOST_NAMED,
    )}.`,
  );
}

export function judgeTypes(asked: number, unanswered: readonly string[]): Verdict {
  if (unanswered.length === 0) return passed(`${asked} types`);
  return failed(`Not answered: ${unanswered.join(', ')}.`);
}

/** What replicas serve, by the address of each; none of them serving is for other checks to say. */
export function judgeReplicas(served: ReadonlyMap<string, readonly EntrySeen[]>): Verdict {
  const versions = new Map<string, Map<string, string>>();
  for (const [address, entries] of served) {
    for (const { name, version } of entries) {
      const known = versions.get(name) ?? new Map<string, string>();
      versions.set(name, known.set(address, version));
    }
  }
  const differing = [...versions].filter(
    ([, byAddress]) => byAddress.size < served.size || new Set(byAddress.values()).size > 1,
  );
  if (differing.length === 0) return passed(counted(versions.size, 'entry', 'entries'));
  const texts = differing.map(([name, byAddress]) => {
    const says = [...served.keys()].map((address) => `${address}: ${byAddress.get(address) ?? 'none'}`);
    return `${name} (${says.join(', ')})`;
  });
  return warned(`Served differently: ${fewOf(texts, MOST_NAMED)}.`);
}
