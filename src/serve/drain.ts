// SPDX-License-Identifier: Apache-2.0
// The clean leave, step by step: say so, wait until nobody new is sent here, stop listening, end the streams one after the
// other, and cut what is left at the deadline. Streams of xDS never end by themselves, so they have to be ended.
import type { Cancel, Clock } from '../lib/clock.ts';
import type { ShutdownOptions } from './options.ts';

export interface DrainSteps {
  readonly notServing: () => void;
  /** Accepts no connection any more; resolves when every stream and connection is gone. */
  readonly stopListening: () => Promise<void>;
  /** An action for each open stream that ends it. */
  readonly streams: () => readonly (() => void)[];
  /** Cuts everything that is still open. */
  readonly force: () => void;
}

/** Resolves when all is closed: `clean`, or `forced` where the deadline had to cut something. */
export function drain(steps: DrainSteps, options: ShutdownOptions, clock: Clock): Promise<'clean' | 'forced'> {
  return new Promise((resolve, reject) => {
    const timers: Cancel[] = [];
    const after = (delayMs: number, action: () => void) => timers.push(clock.after(delayMs, action));
    const finish = (outcome: 'clean' | 'forced') => {
      for (const cancel of timers) cancel();
      resolve(outcome);
    };
    steps.notServing();
    after(options.deadlineMs, () => {
      steps.force();
      finish('forced');
    });
    after(options.drainDelayMs, () => {
      steps.stopListening().then(() => finish('clean'), reject);
      endStaggered(steps.streams(), options.staggerMs, after);
    });
  });
}

/** Each client comes back at once, to another replica, and is sent everything: evenly spread, not all together. */
function endStaggered(
  streams: readonly (() => void)[],
  staggerMs: number,
  after: (delayMs: number, action: () => void) => void,
): void {
  streams.forEach((end, place) => {
    after((place * staggerMs) / streams.length, end);
  });
}
