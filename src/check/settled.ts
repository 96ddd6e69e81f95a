// SPDX-License-Identifier: Apache-2.0
// The verdict on what is always moving a little: a change takes its way from a registry to every place, so what does not agree is
// looked at again before it counts.
import type { Clock } from '../lib/clock.ts';
import type { Verdict } from './check.ts';

const MOST_LOOKS = 4;
const PAUSE_MS = 1_000;

/** The first verdict that finds nothing, else the last one. */
export async function settled(judge: () => Promise<Verdict>, clock: Clock): Promise<Verdict> {
  for (let looks = 1; ; looks++) {
    const verdict = await judge();
    const isFinding = verdict.kind === 'warned' || verdict.kind === 'failed';
    if (!isFinding || looks === MOST_LOOKS) return verdict;
    await new Promise<void>((resolve) => clock.after(PAUSE_MS, resolve));
  }
}
