// SPDX-License-Identifier: Apache-2.0
// What would be published of all registries together: every stage of the bridge, run once on what was read.
import { pipelineOptions } from '../app/options.ts';
import { createTurnStages, type Turn } from '../app/turn.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import { counted } from '../lib/counted.ts';
import type { Slice } from '../registry/registry.ts';
import { type Category, check, once, passed, skipped, type Verdict, warned } from './check.ts';
import { fewOf, problemCauses } from './problem-causes.ts';

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
  const read = once(async (): Promise<Published> => {
    const known = (await Promise.all(slices.map((slice) => slice()))).flatMap((slice) => slice ?? []);
    const turn = known.length === 0 ? undefined : createTurnStages(pipelineOptions(config)).run(known, clock.now());
    return { turn, read: known.length, of: slices.length };
  });
  const complete = check('publish-complete', async () => judge(await read()));
  return {
    category: { title: 'what would be published', checks: [complete] },
    whole: async () => {
      const { turn, read: known, of } = await read();
      return known === of ? turn : undefined;
    },
  };
}

interface Published {
  /** undefined: no registry was read. */
  readonly turn: Turn | undefined;
  /** So many registries were read, of so many. */
  readonly read: number;
  readonly of: number;
}

/** What was found while decoding is told with the registry that it is of. */
function judge({ turn, read, of }: Published): Verdict {
  if (turn === undefined) return skipped('no registry was read');
  const problems = turn.converted.flatMap((unit) => unit.problems);
  const whole = read === of ? '' : `, from ${read} of ${of} registries`;
  const entries = `${counted(turn.resources.length, 'entry', 'entries')}${unansweredText(turn)}${whole}`;
  if (problems.length === 0) return passed(entries);
  return warned(`${entries} would be published. Left out, in whole or in part:`, ...problemCauses(problems));
}

const MOST_NAMED = 3;

/** Nothing is left out of an entry whose instances are all down, and yet its callers get 503. */
function unansweredText({ converted }: Turn): string {
  const entries = converted.flatMap(({ entry }) => entry ?? []);
  const hosts = entries.filter(({ spec }) => spec.endpoints.length === 0).flatMap(({ spec }) => spec.hosts);
  return hosts.length === 0 ? '' : ` (${hosts.length} without an endpoint: ${fewOf(hosts, MOST_NAMED)})`;
}
