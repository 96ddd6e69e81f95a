// SPDX-License-Identifier: Apache-2.0
// A freeze as a sentence, for the page, the log and the events.
import type { Freeze } from '../guard/guarded.ts';
import { printable } from '../lib/printable.ts';
import { utcTime } from '../lib/utc-time.ts';
import { type FreezeTarget, LONGEST_REASON } from '../model/freeze-order.ts';

export function freezeSentence({ target, reason, untilMs, origin }: Freeze): string {
  const byHand = 'until somebody ends it';
  const open = origin === 'hand' ? byHand : 'until it is taken out of the configuration';
  const end = untilMs === undefined ? open : `until ${utcTime(untilMs)}`;
  return `${targetName(target)} stays as it is ${end} (${printable(reason, LONGEST_REASON)}).`;
}

function targetName(target: FreezeTarget): string {
  switch (target.kind) {
    case 'all':
      return 'Everything';
    case 'registry':
      return `Registry ${target.registry}`;
    case 'service':
      return `Service ${printable(target.service, 200)} of registry ${target.registry}`;
  }
}
