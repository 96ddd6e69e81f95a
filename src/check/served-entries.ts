// SPDX-License-Identifier: Apache-2.0
// What a running bridge serves, judged as istiod would take it. Pure.
import type { ProbeAnswer } from '../probe/config-source.ts';
import type { ProbedResource } from '../probe/decode-resource.ts';
import { failed, PASSED, passed, type Verdict, warned } from './check.ts';
import { type EntrySeen, textsOf } from './entry-seen.ts';
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
    ...problems.map((sentence) => `A resource cannot be kept: ${sentence}.`),
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
    `Only istiods of revision ${revisions.join(' or ')} take: ${fewOf(
      bound.map(({ name }) => name),
      MOST_NAMED,
    )}.`,
  );
}

export function judgeTypes(asked: number, unanswered: readonly string[]): Verdict {
  if (unanswered.length === 0) return passed(`${asked} types`);
  return failed(`Not answered: ${unanswered.join(', ')}.`);
}
