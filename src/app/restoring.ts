// SPDX-License-Identifier: Apache-2.0
// What a process begins with that it did not read itself: what other replicas read, then what its state file holds. Says what became
// of each.
import type { Config } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import { utcTime } from '../lib/utc-time.ts';
import type { Log } from '../observe/log.ts';
import { combinedState } from '../persist/combined-state.ts';
import type { StateRefusal } from '../persist/refusal.ts';
import { type Restoration, restoreState } from '../persist/restore-state.ts';
import type { SavedState } from '../persist/saved-state.ts';

export interface RestoringDeps {
  readonly config: () => Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Told in words of whatever became of a registry. */
  readonly onRestored: (text: string) => void;
}

export class Restoring {
  readonly #deps: RestoringDeps;
  /** By what they are about: a replica is asked again and again, and what it says grows older meanwhile. */
  readonly #refusals = new Map<string, StateRefusal>();

  constructor(deps: RestoringDeps) {
    this.#deps = deps;
  }

  /** The first state that holds a registry counts for it. undefined: there is nothing to begin with. */
  from(states: readonly SavedState[]): Restoration | undefined {
    const { config, clock, log, onRestored } = this.#deps;
    const { registries, state } = config();
    const combined = combinedState(states);
    if (combined === undefined) return undefined;
    const restoration = restoreState(combined, new Map(Object.entries(registries)), state.maxAgeMs, clock.now());
    this.refuse(restoration.refusals);
    for (const [registry, { services, readAtMs }] of restoration.contents) {
      log.info('state.restored', { registry, services: services.size, readAt: utcTime(readAtMs) });
      onRestored(`registry ${registry}: restored as it was read at ${utcTime(readAtMs)}, until it is read`);
    }
    const { seniority, freezes } = restoration.memory;
    const isEmpty = restoration.contents.size === 0 && seniority.size === 0 && freezes.length === 0;
    return isEmpty ? undefined : restoration;
  }

  refuse(refusals: readonly StateRefusal[]): void {
    const { log, onRestored } = this.#deps;
    for (const one of refusals) {
      const { code, registry, replica = '', sentence } = one;
      const about = [code, registry, replica].join(' ');
      if (this.#refusals.has(about)) continue;
      this.#refusals.set(about, one);
      log.warn('state.refused', { code, registry, why: sentence, effect: 'it starts as without it' });
      onRestored(`${code}: ${sentence}`);
    }
  }

  /** All that was refused, each once. */
  refusals(): readonly StateRefusal[] {
    return [...this.#refusals.values()];
  }
}
