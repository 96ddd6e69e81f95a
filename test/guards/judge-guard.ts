// What it says of a guard that its test was run without it.
import type { GuardRow } from './guard-table.ts';

/** Of one test that ended; `kind` says how it failed. */
export interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly kind?: string;
}

/** A name that is not there, or a syntax that is none: what was taken away was no guard but a piece of the machine. */
const BREAKAGES = new Set(['SyntaxError', 'ReferenceError', 'ERR_MODULE_NOT_FOUND', 'ERR_UNKNOWN_FILE_EXTENSION']);

/** The text of the file without the guard; undefined where that is no change, or not one change. */
export function withoutGuard(
  text: string,
  { guard, without }: Pick<GuardRow, 'guard' | 'without'>,
): string | undefined {
  const [before, after, ...more] = text.split(guard);
  if (before === undefined || after === undefined || more.length > 0 || guard === without) return undefined;
  return before + without + after;
}

/** undefined: the test that is named for the guard fails without it, and for a reason of its own. */
export function judgeOutcomes({ test }: Pick<GuardRow, 'test'>, outcomes: readonly Outcome[]): string | undefined {
  const named = outcomes.filter(({ name }) => name === test);
  if (named.length === 0) return 'without it nothing loads, or the test does not run: that proves nothing';
  if (named.every(({ passed }) => passed)) return `without it the test passes all the same (${outcomes.length} ran)`;
  const broken = named.find(({ passed, kind }) => !passed && BREAKAGES.has(kind ?? ''));
  return broken === undefined ? undefined : `without it the test only breaks (${broken.kind})`;
}
