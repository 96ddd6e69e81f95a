// The cases of one target, in the thread that runs them: made, checked and, where one fails, made smaller, all by its seed.
import fc from 'fast-check';
import { workDone } from '../counting/work.ts';
import { type Cost, checkCase, Finding, type Oracle } from '../oracles/check-case.ts';
import type { Prototypes } from '../oracles/prototypes.ts';
import type { Target } from '../target.ts';

/** A target whose inputs nobody outside needs to know the type of. */
export interface RunnableTarget {
  readonly name: string;
  readonly share: number;
  run(asked: AskedCases, watched: Watched): CasesOutcome;
  /** The input of the case that stands at `path`. */
  literal(seed: number, path: string): string;
}

export interface AskedCases {
  readonly seed: number;
  readonly cases: number;
  /** Of one case alone, as it was printed. */
  readonly path: string | undefined;
}

/** What the thread is watched by. */
export interface Watched {
  readonly prototypes: Prototypes;
  /** Told before each case. `isShrinking`: a smaller form of one that failed. */
  readonly onCase: (isShrinking: boolean) => void;
  readonly onChecked: () => void;
}

export type CasesOutcome =
  /** `dearest`: the case that came nearest to the end of its budget. */
  { readonly kind: 'held'; readonly cases: number; readonly dearest: Cost } | FoundCase;

export interface FoundCase {
  readonly kind: 'found';
  readonly cases: number;
  readonly oracle: Oracle | 'hung';
  /** What it did, behind the name of the target. */
  readonly what: string;
  readonly stack: string;
  readonly path: string;
  readonly literal: string;
}

export function runnable<Input>(target: Target<Input>): RunnableTarget {
  return {
    name: target.name,
    share: target.share ?? 1,
    run: (asked, watched) => runCases(target, asked, watched),
    literal(seed, path) {
      const property = fc.property(target.inputs, () => {});
      const [input] = fc.sample(property, { seed, path, numRuns: 1, examples: knownOf(target) }).flat();
      return fc.stringify(input);
    },
  };
}

/** A smaller form of what was found is looked for with patience that ends: by how many were tried, and by the work of trying. */
const MOST_SMALLER = 3000;
const ENOUGH_WORK = 30_000_000;

function runCases<Input>(target: Target<Input>, { seed, cases, path }: AskedCases, watched: Watched): CasesOutcome {
  let dearest: Cost = { work: 0, bytes: 0, shareOfBudget: 0 };
  let smaller: number | undefined;
  const property = fc.property(target.inputs, (input) => {
    watched.onCase(smaller !== undefined);
    // What is left unlooked at does not fail, and so ends the search for something smaller.
    if (smaller !== undefined && (++smaller > MOST_SMALLER || workDone() > enough)) return;
    try {
      const cost = checkCase(target, input, watched.prototypes);
      if (cost.shareOfBudget > dearest.shareOfBudget) dearest = cost;
    } catch (thrown) {
      if (smaller === undefined) enough = workDone() + ENOUGH_WORK;
      smaller ??= 0;
      throw thrown;
    } finally {
      watched.onChecked();
    }
  });
  let enough = Number.POSITIVE_INFINITY;
  const known = knownOf(target);
  const numRuns = path === undefined ? known.length + cases : 1;
  const details = fc.check(property, { seed, numRuns, examples: known, ...(path === undefined ? {} : { path }) });
  if (!details.failed) return { kind: 'held', cases: details.numRuns, dearest };
  const thrown: unknown = details.errorInstance;
  const finding =
    thrown instanceof Finding ? thrown : new Finding('threw', `the fuzzer itself threw ${String(thrown)}`, thrown);
  return {
    kind: 'found',
    cases: details.numRuns,
    oracle: finding.oracle,
    what: finding.message,
    stack: finding.cause instanceof Error ? (finding.cause.stack ?? '') : '',
    path: details.counterexamplePath ?? '0',
    literal: details.counterexample === null ? '' : fc.stringify(details.counterexample[0]),
  };
}

function knownOf<Input>({ known = [] }: Target<Input>): [Input][] {
  return known.map((input) => [input]);
}
