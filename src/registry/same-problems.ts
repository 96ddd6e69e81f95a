// SPDX-License-Identifier: Apache-2.0
// Whether two lists of problems say the same, so that an unchanged list can keep its identity.
import type { Problem } from '../model/problem.ts';

export function sameProblems(a: readonly Problem[], b: readonly Problem[]): boolean {
  return a.length === b.length && a.every((left, index) => sameProblem(left, b[index]));
}

function sameProblem(a: Problem, b: Problem | undefined): boolean {
  if (a === b) return true;
  return (
    a.code === b?.code &&
    a.registry === b.registry &&
    a.service === b.service &&
    a.instance === b.instance &&
    a.value === b.value
  );
}
