// SPDX-License-Identifier: Apache-2.0
// What would be published of all registries together: every stage of the bridge, run once on what was read.
import { pipelineOptions } from '../app/options.ts';
import { createTurnStages, type Turn } from '../app/turn.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import { counted } from '../lib/counted.ts';
import type { Slice } from '../registry/registry.ts';
import { type Category, check, once, passed, skipped, type Verdict, warned } from './check.ts';
import { problemCauses } from './problem-causes.ts';

export interface PublishingChecks {
  readonly category: Category;
  /** What would be published; undefined where not every registry was read. */
  readonly whole: () => Promise<Turn | undefined>;
}

export function publishingChecks(
  config: Config,
  slices: readonly (() => Promise<Slice | undefined>)[],
  clock: Clock,
): PublishingChecks {
  const read = once(async () => {
    const known = (await Promise.all(slices.map((slice) => slice()))).flatMap((slice) => slice ?? []);
    const turn = known.length === 0 ? undefined : createTurnStages(pipelineOptions(config)).run(known, clock.now());
    return { turn, isWhole: known.length === slices.length };
  });
  const complete = check('publish-complete', async () => judge((await read()).turn));
  return {
    category: { title: 'what would be published', checks: [complete] },
    whole: async () => {
      const { turn, isWhole } = await read();
      return isWhole ? turn : undefined;
    },
  };
}

/** What was found while decoding is told with the registry that it is of. */
function judge(turn: Turn | undefined): Verdict {
  if (turn === undefined) return skipped('no registry was read');
  const problems = turn.converted.flatMap((unit) => unit.problems);
  const entries = counted(turn.resources.length, 'entry', 'entries');
  if (problems.length === 0) return passed(entries);
  return warned(`${entries} would be published. Left out, in whole or in part:`, ...problemCauses(problems));
}
