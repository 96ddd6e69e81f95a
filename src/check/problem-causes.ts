// SPDX-License-Identifier: Apache-2.0
// Problems of a whole registry in a few sentences: one for each code, with whom it is about.
import { groupBy } from '../lib/group-by.ts';
import { type Problem, problemSentence, problemSubject } from '../model/problem.ts';

const MOST_NAMED = 3;

/** `NO_PORTS orders, bills and 3 more: ...`, codes in the order in which they were found. */
export function problemCauses(problems: readonly Problem[]): readonly string[] {
  return [...groupBy(problems, ({ code }) => code)].map(([code, group]) => {
    const subjects = [...new Set(group.map(problemSubject))];
    return `${code} ${fewOf(subjects, MOST_NAMED)}: ${problemSentence(group[0])}`;
  });
}

/** The first of some names, and how many more there are. */
export function fewOf(names: readonly string[], most: number): string {
  const [shown, rest] = [names.slice(0, most).join(', '), names.length - most];
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
