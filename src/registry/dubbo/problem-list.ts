// SPDX-License-Identifier: Apache-2.0
// The problems of everything that was read, kept by what they were found in, so that what says the same as before costs nothing.
import { compareTexts } from '../../lib/compare-texts.ts';
import type { Problem } from '../../model/problem.ts';
import { sameProblems } from '../same-problems.ts';

const NONE: readonly Problem[] = [];

export class ProblemList {
  readonly #bySource = new Map<string, readonly Problem[]>();
  #isStale = false;
  #list: readonly Problem[] = NONE;

  /** All that is found in `source` from here on. */
  set(source: string, problems: readonly Problem[]): void {
    if (sameProblems(this.#bySource.get(source) ?? NONE, problems)) return;
    if (problems.length === 0) this.#bySource.delete(source);
    else this.#bySource.set(source, problems);
    this.#isStale = true;
  }

  /** Each once, in an order of their own whatever came first; the same object until something is another. */
  list(): readonly Problem[] {
    if (this.#isStale) {
      const found = [...this.#bySource.values()].flat();
      const distinct = new Map(found.map((one) => [[one.service, one.instance, one.code, one.value].join('\n'), one]));
      const ordered = [...distinct].sort(([a], [b]) => compareTexts(a, b)).map(([, one]) => one);
      if (!sameProblems(this.#list, ordered)) this.#list = ordered;
    }
    this.#isStale = false;
    return this.#list;
  }
}
