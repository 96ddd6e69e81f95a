// A clock that only moves when a test says so.
import type { Cancel, Clock } from '../../src/lib/clock.ts';

interface Timer {
  readonly atMs: number;
  readonly action: () => void;
}

export class FakeClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(nowMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): Cancel {
    const timer = { atMs: this.#nowMs + Math.max(0, delayMs), action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How many timers wait: 0 after everything was closed. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves time on and runs what falls due, in order; a timer set by another one runs too if it falls due. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > untilMs) break;
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.action();
    }
    this.#nowMs = untilMs;
  }

  /** Moves time on to the next timer, and runs it and no other. */
  runNext(): void {
    const next = [...this.#timers].sort((a, b) => a.atMs - b.atMs)[0];
    if (next !== undefined) this.advance(Math.max(0, next.atMs - this.#nowMs));
  }

  /** As `advance`, and lets promises settle after every step of `stepMs`: for loops that await between timers. */
  async advanceAsync(byMs: number, stepMs = byMs): Promise<void> {
    for (let leftMs = byMs; leftMs > 0; leftMs -= stepMs) {
      this.advance(Math.min(stepMs, leftMs));
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
