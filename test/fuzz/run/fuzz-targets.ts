// A whole run: the cases shared out among the targets, and the targets among a few threads.
import type { CasesOutcome } from './run-cases.ts';
import { LONGEST_CASE_MS, WatchedWorker } from './watched-worker.ts';

export interface FuzzRun {
  readonly targets: readonly Named[];
  readonly cases: number;
  readonly seed: number;
  readonly path?: string | undefined;
  readonly threads: number;
  /** Default: five seconds. */
  readonly longestCaseMs?: number;
  /** Told of each target when it is through. */
  readonly onTarget?: (report: TargetReport) => void;
}

interface Named {
  readonly name: string;
  readonly share: number;
}

export interface TargetReport {
  readonly target: string;
  readonly outcome: CasesOutcome;
  readonly seconds: number;
}

/** `bundle`: the path of one that was built (bundle.ts). */
export async function fuzzTargets(run: FuzzRun, bundle: string): Promise<readonly TargetReport[]> {
  const { seed, path, longestCaseMs = LONGEST_CASE_MS, onTarget = () => {} } = run;
  const reports: TargetReport[] = [];
  const waiting = sharedOut(run).values();
  const threads = Math.min(run.threads, run.targets.length);
  const work = async (): Promise<void> => {
    const worker = new WatchedWorker(bundle, { threads, longestCaseMs });
    try {
      for (const { target, cases } of waiting) {
        const begunMs = performance.now();
        const outcome = await worker.run(target, { seed, cases, path });
        const report = { target, outcome, seconds: (performance.now() - begunMs) / 1000 };
        reports.push(report);
        onTarget(report);
      }
    } finally {
      await worker.close();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return reports;
}

/** All cases, by share; the first ones take what does not come out even. */
function sharedOut({ targets, cases }: FuzzRun): readonly { readonly target: string; readonly cases: number }[] {
  const shares = targets.reduce((sum, { share }) => sum + share, 0);
  let left = cases;
  let leftShares = shares;
  return targets.map(({ name, share }) => {
    const own = Math.ceil((left * share) / leftShares);
    left -= own;
    leftShares -= share;
    return { target: name, cases: own };
  });
}
