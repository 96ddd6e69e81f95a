// SPDX-License-Identifier: Apache-2.0
// For what may happen a thousand times a second and is worth saying once in a while.
import type { Clock } from './clock.ts';

export class NowAndThen {
  readonly #everyMs: number;
  readonly #clock: Clock;
  #saidAtMs = Number.NEGATIVE_INFINITY;
  #unsaid = 0;

  constructor(everyMs: number, clock: Clock) {
    this.#everyMs = everyMs;
    this.#clock = clock;
  }

  /** Counts one. undefined: it was said a short time ago; else how many there were since then, this one included. */
  count(): number | undefined {
    this.#unsaid++;
    if (this.#clock.now() - this.#saidAtMs < this.#everyMs) return undefined;
    const times = this.#unsaid;
    this.#saidAtMs = this.#clock.now();
    this.#unsaid = 0;
    return times;
  }
}
