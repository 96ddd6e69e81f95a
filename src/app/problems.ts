// SPDX-License-Identifier: Apache-2.0
// Every problem of a turn, from every stage, in the order of the pipeline.
import type { Problem } from '../model/problem.ts';
import type { Turn } from './turn.ts';

export function problemsOf({ slices, converted }: Turn): readonly Problem[] {
  const decoded = slices.flatMap(({ reading }) => (reading.kind === 'waiting' ? [] : reading.content.problems));
  return [...decoded, ...converted.flatMap(({ problems }) => problems)];
}
