// SPDX-License-Identifier: Apache-2.0
// What came of asking the other replicas, in one word: what somebody wants to know of a pod that was replaced. Pure.
import type { LabelsOf } from '../observe/metric-table.ts';
import type { SiblingAnswer, SiblingsAsked } from '../persist/siblings.ts';

export type SeedingOutcome = LabelsOf<'seedingOutcome'>['outcome'];

/** Of several replicas the answer that stands first here counts: what helped, then what somebody has to mend. */
const BY_ANSWER = {
  state: 'given',
  refused: 'refused',
  stranger: 'token',
  silent: 'silent',
  none: 'nothing-read',
} as const satisfies Record<SiblingAnswer['kind'], SeedingOutcome>;

export function seedingOutcome({ answers, failure }: SiblingsAsked): SeedingOutcome {
  if (failure !== undefined) return failure.reason;
  const outcomes = new Set<SeedingOutcome>(answers.map(({ kind }) => BY_ANSWER[kind]));
  return Object.values(BY_ANSWER).find((one) => outcomes.has(one)) ?? 'alone';
}
