// SPDX-License-Identifier: Apache-2.0
// Many changes, one publication: waits until it has been quiet for a while, but never longer than a ceiling. Owns two
// timers and knows nothing of what it starts.
import type { Cancel, Clock } from '../lib/clock.ts';

export interface Coalesced {
  /** Something changed: the action follows after the quiet period, at the latest at the ceiling. Never runs it itself. */
  trigger(): void;
  /** Runs the action now if it is due at all, instead of later. */
  flush(): void;
  /** Drops what is due; whatever comes later does nothing. */
  close(): void;
}

export interface CoalesceOptions {
  /** The action runs when this long passed without a further trigger. */
  readonly quietPeriodMs: number;
  /** The action runs at the latest this long after the first trigger. */
  readonly ceilingMs: number;
}

/**
 * Runs `action` once for each burst of triggers, always from a timer or `flush`. A trigger from inside `action` begins the
 * next burst. Two timers rather than two points in time: the clock may be set while a burst waits.
 */
export function coalesce(clock: Clock, options: CoalesceOptions, action: () => void): Coalesced {
  let cancelQuiet: Cancel | undefined;
  let cancelCeiling: Cancel | undefined;
  let isClosed = false;

  function forget(): void {
    cancelQuiet?.();
    cancelCeiling?.();
    cancelQuiet = undefined;
    cancelCeiling = undefined;
  }

  function run(): void {
    forget();
    action();
  }

  return {
    trigger() {
      if (isClosed) return;
      cancelCeiling ??= clock.after(options.ceilingMs, run);
      cancelQuiet?.();
      cancelQuiet = clock.after(options.quietPeriodMs, run);
    },
    flush() {
      if (cancelCeiling !== undefined) run();
    },
    close() {
      isClosed = true;
      forget();
    },
  };
}
