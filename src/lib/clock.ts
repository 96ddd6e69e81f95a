// SPDX-License-Identifier: Apache-2.0
// Time as a parameter: nothing in Footbridge reads the wall clock or sets a timer but through a Clock, so that tests
// move time by hand (test/fakes/fake-clock.ts) and never sleep.

/** Ends what it stands for. Calling it twice does nothing more. */
export type Cancel = () => void;

export interface Clock {
  /** Epoch milliseconds; never steps back. */
  now(): number;
  /** Runs `action` once, `delayMs` from now. The timer never keeps the process alive by itself. */
  after(delayMs: number, action: () => void): Cancel;
}

export const systemClock: Clock = {
  // Counted from the start of the process: when the machine's clock is set, no hold or grace gets shorter by it.
  now: () => Math.round(performance.timeOrigin + performance.now()),
  after: startTimer,
};

/** Node fires a timer with a longer delay than this at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function startTimer(delayMs: number, action: () => void): Cancel {
  const restMs = delayMs - LONGEST_TIMER_MS;
  let cancelRest: Cancel = () => {};
  const onTimer = restMs <= 0 ? action : () => (cancelRest = startTimer(restMs, action));
  const timer = setTimeout(onTimer, Math.min(delayMs, LONGEST_TIMER_MS));
  timer.unref();
  return () => {
    clearTimeout(timer);
    cancelRest();
  };
}
