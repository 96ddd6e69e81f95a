// SPDX-License-Identifier: Apache-2.0
// A limit that lets wait and refuses nobody: a bucket of `burst` tokens, refilled `perSecond`. Who finds it empty stands in line.
import type { Cancel, Clock } from '../../lib/clock.ts';

export interface RateLimitOptions {
  /** 0: no limit. */
  readonly perSecond: number;
  /** How many may pass at once after a quiet time; at least 1. */
  readonly burst: number;
}

export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();
  #tokens: number;
  #countedAtMs: number;
  #cancelTimer: Cancel = () => {};

  constructor(options: RateLimitOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#tokens = options.burst;
    this.#countedAtMs = clock.now();
  }

  /**
   * Calls `pass` when a token is free: before it returns if one is and nobody stands in line. Returns undefined then, else what leaves
   * the line.
   */
  take(pass: () => void): Cancel | undefined {
    if (this.#options.perSecond === 0) {
      pass();
      return undefined;
    }
    this.#refill();
    if (this.#waiting.size === 0 && this.#tokens >= 1) {
      this.#tokens--;
      pass();
      return undefined;
    }
    this.#waiting.add(pass);
    if (this.#waiting.size === 1) this.#wakeForNext();
    return () => {
      this.#waiting.delete(pass);
      if (this.#waiting.size === 0) this.#cancelTimer();
    };
  }

  #refill(): void {
    const { perSecond, burst } = this.#options;
    const nowMs = this.#clock.now();
    this.#tokens = Math.min(burst, this.#tokens + ((nowMs - this.#countedAtMs) / 1000) * perSecond);
    this.#countedAtMs = nowMs;
  }

  #wakeForNext(): void {
    const missing = 1 - this.#tokens;
    // Rounded up: a timer that comes a moment too early would find the bucket still short.
    const delayMs = Math.max(1, Math.ceil((missing / this.#options.perSecond) * 1000));
    this.#cancelTimer = this.#clock.after(delayMs, () => this.#letPass());
  }

  #letPass(): void {
    this.#refill();
    for (const pass of this.#waiting) {
      if (this.#tokens < 1) break;
      this.#tokens--;
      this.#waiting.delete(pass);
      pass();
    }
    if (this.#waiting.size > 0) this.#wakeForNext();
  }
}
