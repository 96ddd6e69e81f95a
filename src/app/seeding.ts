// SPDX-License-Identifier: Apache-2.0
// What the other replicas of this bridge know, for as long as it does not know enough itself: what they read last, and whether clients
// of theirs may hold entries. Asked when it starts, and again and again until every registry was read or restored; two that start at
// once find nothing at each other and go on.
import type { Config } from '../config/config.ts';
import type { Cancel, Clock } from '../lib/clock.ts';
import type { Log } from '../observe/log.ts';
import { newestFirst } from '../persist/combined-state.ts';
import type { StateRefusal } from '../persist/refusal.ts';
import type { SavedState } from '../persist/saved-state.ts';
import { type SiblingAnswer, Siblings } from '../persist/siblings.ts';
import { type SeedingOutcome, seedingOutcome } from './seeding-outcome.ts';

export interface SeedingDeps {
  readonly siblings: Pick<Siblings, 'states' | 'heldAgoMs'>;
  readonly clock: Clock;
  readonly log: Log;
  /** A client that holds nothing may be answered after it: by then the others were asked. */
  readonly boundMs: number | undefined;
  readonly isComplete: () => boolean;
  readonly onRefused: (refusals: readonly StateRefusal[]) => void;
  /** States of others, the newest first. Also while this process reads. */
  readonly onStates: (states: readonly SavedState[]) => void;
  /** A client that may hold entries was connected to another replica so long ago. */
  readonly onHeld: (agoMs: number) => void;
}

const ASK_EVERY_MS = 5_000;

/** undefined: no other replica is asked. */
export function createSeeding(
  { namespace, instance, replicas, coldStart, state }: Config,
  { ownPort, ...deps }: Omit<SeedingDeps, 'siblings' | 'boundMs'> & { readonly ownPort: () => number },
): Seeding | undefined {
  const { service, port, tokenFile } = replicas;
  // That a token is named where a Service is, is a rule of the configuration.
  if (service === undefined || tokenFile === undefined) return undefined;
  const options = { service, port, tokenFile, maxBytes: state.maxBytes, bridge: { namespace, instance } };
  const siblings = new Siblings(options, { clock: deps.clock, ownPort });
  return new Seeding({ ...deps, siblings, boundMs: coldStart.boundMs });
}

export class Seeding {
  readonly #deps: SeedingDeps;
  /** By address, '' for all of them: what was said last of who cannot be asked. */
  readonly #silent = new Map<string, string>();
  #outcome: SeedingOutcome | undefined;
  #cancel: Cancel = () => {};
  #isClosed = false;

  constructor(deps: SeedingDeps) {
    this.#deps = deps;
  }

  /** What the others read last, the newest first. Never rejects. */
  async states(): Promise<readonly SavedState[]> {
    const { siblings, onRefused, log } = this.#deps;
    const asked = await siblings.states();
    const { answers, failure } = asked;
    // What was given once is what this process began with, whoever is silent later.
    if (this.#outcome !== 'given') this.#outcome = seedingOutcome(asked);
    this.#tellSilence('', failure?.why);
    for (const answer of answers) this.#tellSilence(answer.address, 'why' in answer ? answer.why : undefined);
    onRefused(answers.flatMap((answer) => (answer.kind === 'refused' ? [answer.refusal] : [])));
    const states = newestFirst(answers.flatMap((answer) => (answer.kind === 'state' ? [answer.state] : [])));
    if (states.length > 0)
      log.info('replicas.answered', { replicas: answers.filter(isState).map(({ address }) => address) });
    return states;
  }

  /** What came of asking; undefined: nobody was asked yet. */
  outcome(): SeedingOutcome | undefined {
    return this.#outcome;
  }

  /** Asks until the snapshot is complete. */
  start(): void {
    void this.#ask();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  async #ask(): Promise<void> {
    const { siblings, clock, boundMs, isComplete, onStates, onHeld } = this.#deps;
    if (this.#isClosed || isComplete()) return;
    const agoMs = await siblings.heldAgoMs();
    if (agoMs !== undefined && !this.#isClosed) onHeld(agoMs);
    const states = await this.states();
    if (this.#isClosed || isComplete()) return;
    if (states.length > 0) onStates(states);
    const delayMs = Math.min(ASK_EVERY_MS, (boundMs ?? ASK_EVERY_MS) / 3);
    this.#cancel = clock.after(delayMs, () => void this.#ask());
  }

  #tellSilence(address: string, why: string | undefined): void {
    if (this.#silent.get(address) === why) return;
    if (why === undefined) this.#silent.delete(address);
    else this.#silent.set(address, why);
    if (why !== undefined) this.#deps.log.warn('replicas.silent', { address, why, effect: 'it starts as without it' });
  }
}

function isState(answer: SiblingAnswer): boolean {
  return answer.kind === 'state';
}
