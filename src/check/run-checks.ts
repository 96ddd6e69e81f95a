// SPDX-License-Identifier: Apache-2.0
// Runs checks in their order, one at a time. One that needs a failed one is skipped and says so; a defect in one is its failure
// and no more.
import { type Category, type Check, checkSentence, failed, skipped, type Verdict } from './check.ts';

export interface Checked {
  readonly check: Check;
  readonly verdict: Verdict;
}

export interface CheckedCategory {
  readonly title: string;
  readonly checked: readonly Checked[];
}

/** Called as it goes, so that a person sees where it stands. */
export interface CheckEvents {
  readonly onCategory: (title: string) => void;
  readonly onBegin: (check: Check) => void;
  readonly onEnd: (checked: Checked) => void;
}

/** Never rejects. */
export async function runChecks(
  categories: readonly Category[],
  events: CheckEvents,
): Promise<readonly CheckedCategory[]> {
  const verdicts = new Map<Check, Verdict>();
  const done: CheckedCategory[] = [];
  for (const { title, checks } of categories) {
    events.onCategory(title);
    const checked: Checked[] = [];
    for (const check of checks) {
      events.onBegin(check);
      const verdict = obstacle(check, verdicts) ?? (await judge(check));
      verdicts.set(check, verdict);
      checked.push({ check, verdict });
      events.onEnd({ check, verdict });
    }
    done.push({ title, checked });
  }
  return done;
}

/** The verdict on a check that need not be run. */
function obstacle({ needs }: Check, verdicts: ReadonlyMap<Check, Verdict>): Verdict | undefined {
  for (const needed of needs) {
    const verdict = verdicts.get(needed);
    if (verdict?.kind === 'failed') return skipped(`it needs that ${checkSentence(needed)}`);
    // The reason is that of the first one, however long the chain.
    if (verdict?.kind === 'skipped') return verdict;
  }
  return undefined;
}

async function judge({ run }: Check): Promise<Verdict> {
  try {
    return await run();
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : typeof thrown;
    return failed(`The check ended with an unexpected ${name}. This is a defect of Footbridge: please report it.`);
  }
}
