// SPDX-License-Identifier: Apache-2.0
// Tells of each freeze that begins or ends, whoever made it and however it ended.
import type { Freeze } from '../guard/guarded.ts';
import type { Events } from '../observe/events.ts';
import type { Log } from '../observe/log.ts';
import { freezeSentence } from './freeze-sentence.ts';

/** Asked with every turn. */
export function createFreezeWatch(log: Log, events: Events): (freezes: readonly Freeze[]) => void {
  let known: readonly Freeze[] = [];
  return (freezes) => {
    if (freezes === known) return;
    const isIn = (list: readonly Freeze[], { id }: Freeze) => list.some((one) => one.id === id);
    for (const freeze of freezes.filter((one) => !isIn(known, one))) {
      log.warn('guard.frozen', { freeze: freeze.id, origin: freeze.origin, what: freezeSentence(freeze) });
      events.add({ ...placeOf(freeze), text: freezeSentence(freeze) });
    }
    for (const freeze of known.filter((one) => !isIn(freezes, one))) {
      log.warn('guard.thawed', { freeze: freeze.id });
      events.add({ ...placeOf(freeze), text: `the freeze ${freeze.id} is over: what changed meanwhile is taken in` });
    }
    known = freezes;
  };
}

function placeOf({ target }: Freeze) {
  const registry = target.kind === 'all' ? '' : target.registry;
  return { kind: 'guard', registry, service: target.kind === 'service' ? target.service : '' } as const;
}
