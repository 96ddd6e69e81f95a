// SPDX-License-Identifier: Apache-2.0
// What the configuration says of operating the bridge: the files of tokens, and what is frozen.
import type { Config } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import { UnusableFile } from '../lib/secret-files.ts';
import { tokenFrom } from '../lib/token-file.ts';
import { utcTime } from '../lib/utc-time.ts';
import { targetText } from '../model/freeze-order.ts';
import { type Category, type Check, check, failed, PASSED, passed, type Verdict, warned } from './check.ts';
import { fewOf } from './problem-causes.ts';

const MOST_NAMED = 10;

/** undefined: it says nothing of the kind. */
export function operatingChecks({ admin, replicas, freeze }: Config, clock: Clock): Category | undefined {
  const checks: readonly Check[] = [
    ...(admin.tokenFile === undefined ? [] : [tokenCheck('admin-token', 'admin.tokenFile', admin.tokenFile)]),
    ...(replicas.tokenFile === undefined
      ? []
      : [tokenCheck('replicas-token', 'replicas.tokenFile', replicas.tokenFile)]),
    ...(freeze.length === 0 ? [] : [check('nothing-frozen', () => judgeFreezes(freeze, clock.now()))]),
  ];
  return checks.length === 0 ? undefined : { title: 'operating', checks };
}

function tokenCheck(id: 'admin-token' | 'replicas-token', key: string, file: string): Check {
  return check(
    id,
    async () => {
      try {
        await tokenFrom(file);
        return PASSED;
      } catch (thrown) {
        if (thrown instanceof UnusableFile) return failed(`${thrown.message}.`);
        throw thrown;
      }
    },
    { subject: `${key} ${file}` },
  );
}

function judgeFreezes(freezes: Config['freeze'], nowMs: number): Verdict {
  const lasting = freezes.filter(({ untilMs }) => untilMs === undefined || untilMs > nowMs);
  if (lasting.length === 0) return passed(`${freezes.length} of the configuration, all over`);
  const texts = lasting.map(({ target, reason, untilMs }) => {
    const end = untilMs === undefined ? 'without an end' : `until ${utcTime(untilMs)}`;
    return `\`${targetText(target)}\` ${end} (${reason})`;
  });
  return warned(`Frozen: ${fewOf(texts, MOST_NAMED)}.`);
}
