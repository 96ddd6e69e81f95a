// SPDX-License-Identifier: Apache-2.0
// When to try again what failed: rights that are given and directories that are cleaned up fire no watch. Soon at first, then
// ever more rarely.
import type { Cancel } from '../../../lib/clock.ts';
import { jittered } from '../../../lib/jittered.ts';
import type { RegistryContext } from '../../kind.ts';

const FIRST_MS = 5_000;

interface Retry {
  readonly failures: number;
  readonly cancel: Cancel;
}

export class RetrySchedule<Item extends object> {
  readonly #longestMs: number;
  readonly #deps: Pick<RegistryContext, 'clock' | 'random'>;
  readonly #retry: (item: Item) => void;
  readonly #retries = new Map<Item, Retry>();

  constructor(longestMs: number, deps: Pick<RegistryContext, 'clock' | 'random'>, retry: (item: Item) => void) {
    this.#longestMs = longestMs;
    this.#deps = deps;
    this.#retry = retry;
  }

  /** Each failure in a row doubles the delay. */
  failed(item: Item): void {
    const former = this.#retries.get(item);
    former?.cancel();
    const failures = (former?.failures ?? 0) + 1;
    const { clock, random } = this.#deps;
    const delayMs = jittered(retryDelayMs(failures, this.#longestMs), random());
    this.#retries.set(item, { failures, cancel: clock.after(delayMs, () => this.#retry(item)) });
  }

  /** Also for what is not wanted any more. */
  forget(item: Item): void {
    this.#retries.get(item)?.cancel();
    this.#retries.delete(item);
  }

  /** Ends all timers; how often each failed is remembered. */
  pause(): void {
    for (const { cancel } of this.#retries.values()) cancel();
  }
}

function retryDelayMs(failures: number, longestMs: number): number {
  // The exponent is bounded so that a week of failures does not overflow.
  return Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 20), longestMs);
}
