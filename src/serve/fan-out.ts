// SPDX-License-Identifier: Apache-2.0
// Turns for sending: a few streams at a time are handed their push, the others wait in line. The transport copies every
// message once for each stream (50 streams at once cost 700 MB for a push of 12 MB, 8 at a time a fraction of it).
import type { Cancel, Clock } from '../lib/clock.ts';

/** A client that reads slowly keeps its turn no longer than this, so that it delays nobody else. */
const TURN_LIMIT_MS = 1000;

export class FanOut {
  readonly #concurrency: number;
  readonly #clock: Clock;
  /** In order of arrival. */
  readonly #waiting = new Set<() => void>();
  #running = 0;
  #handingOut = false;

  constructor(concurrency: number, clock: Clock) {
    this.#concurrency = concurrency;
    this.#clock = clock;
  }

  /**
   * Calls `turn` (which must not throw) when a place is free, at once if one is. The place is taken until `turn` calls `done`,
   * the cancel that is returned is called, or one second is over.
   */
  enqueue(turn: (done: Cancel) => void): Cancel {
    const start = () => {
      end = this.#begin();
      turn(end);
    };
    let end: Cancel = () => this.#waiting.delete(start);
    this.#waiting.add(start);
    this.#handOut();
    return () => end();
  }

  #begin(): Cancel {
    this.#running++;
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      cancelLimit();
      this.#running--;
      this.#handOut();
    };
    const cancelLimit = this.#clock.after(TURN_LIMIT_MS, end);
    return end;
  }

  /** A loop, not a recursion: a turn may end while it is being handed out, and thousands may wait. */
  #handOut(): void {
    if (this.#handingOut) return;
    this.#handingOut = true;
    for (const start of this.#waiting) {
      if (this.#running >= this.#concurrency) break;
      this.#waiting.delete(start);
      start();
    }
    this.#handingOut = false;
  }
}
