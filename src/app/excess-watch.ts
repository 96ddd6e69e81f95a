// SPDX-License-Identifier: Apache-2.0
// Tells when a registry begins to bring more than a limit allows, and when it no longer does: once each, however many turns
// find it so.
import type { Events } from '../observe/events.ts';
import type { Log } from '../observe/log.ts';
import { type Excess, LIMITS, type Limit, NO_EXCESS } from '../registry/limit/excess.ts';

const WORDS: Readonly<Record<Limit, string>> = {
  services: 'services',
  instances: 'instances',
  ports: 'ports',
  metadata: 'metadata entries',
  texts: 'texts that are too long',
};

/** Called with what each turn left out, by registry. */
export function createExcessWatch(log: Log, events: Events): (excess: ReadonlyMap<string, Excess>) => void {
  let former: ReadonlyMap<string, Excess> = new Map();

  function compare(registry: string, before: Excess, now: Excess): void {
    for (const limit of LIMITS) {
      if (now[limit] > 0 && before[limit] === 0) {
        const text = `more than a limit allows: ${WORDS[limit]} are left out, and what is published stays`;
        log.warn('limits.exceeded', { registry, limit, leftOut: now[limit], effect: 'what is published stays' });
        events.add({ kind: 'registry', registry, text });
      } else if (now[limit] === 0 && before[limit] > 0) {
        log.info('limits.kept', { registry, limit });
        events.add({ kind: 'registry', registry, text: `within the limit again: ${WORDS[limit]}` });
      }
    }
  }

  return (excess) => {
    for (const registry of new Set([...former.keys(), ...excess.keys()]))
      compare(registry, former.get(registry) ?? NO_EXCESS, excess.get(registry) ?? NO_EXCESS);
    former = excess;
  };
}
