// SPDX-License-Identifier: Apache-2.0
// Time as a parameter: nothing in Footbridge reads the wall clock or sets a timer but through a Clock, so that tests
// move time by hand (test/fakes/fake-clock.ts) and never sleep.

/** Ends what it stands for. Calling it twice does nothing more. */
export type Cancel = () => void;

export interface Clock {
  /** Epoch milliseconds. May jump when the machine's clock is set: compare ages, never order events by it. */
  now(): number;
  /** Runs `action` once, `delayMs` from now. The timer never keeps the process alive by itself. */
  after(delayMs: number, action: () => void): Cancel;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
