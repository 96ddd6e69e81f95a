// SPDX-License-Identifier: Apache-2.0
// Deadlines for what comes through sockets. When the process was busy for long, Node runs the timers that fell due before it
// looks at the sockets, so an answer that is there would count as missing.
import type { Cancel, Clock } from '../../../lib/clock.ts';

/** As `clock.after`, but what has arrived by then is processed first, and can still cancel. */
export function deadline(clock: Clock, afterMs: number, action: () => void): Cancel {
  let afterInput: NodeJS.Immediate | undefined;
  const cancelTimer = clock.after(afterMs, () => {
    afterInput = setImmediate(action);
  });
  return () => {
    cancelTimer();
    clearImmediate(afterInput);
  };
}
