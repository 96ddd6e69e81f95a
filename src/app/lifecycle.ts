// SPDX-License-Identifier: Apache-2.0
// The end of a process: the first SIGTERM or SIGINT starts an orderly stop with a deadline, the second ends it at once.
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../observe/log.ts';

export interface Signals {
  on(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP', handler: () => void): unknown;
  off(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP', handler: () => void): unknown;
}

export interface LifecycleOptions {
  readonly signals: Signals;
  readonly clock: Clock;
  readonly log: Log;
  readonly deadlineMs: number;
  /** Stops everything in order; rejects only by a defect. */
  readonly stop: () => Promise<void>;
  /** Ends the process without further ado. */
  readonly exitNow: (code: number) => void;
  readonly onReload: () => void;
}

/** Waits for the end of the process. Resolves with true when everything stopped in order, false when the deadline cut it. */
export function untilStopped(options: LifecycleOptions): Promise<boolean> {
  const { signals, clock, log, deadlineMs, stop, exitNow, onReload } = options;
  return new Promise((resolve, reject) => {
    let stopping = false;
    const onEnd = (signal: 'SIGTERM' | 'SIGINT') => {
      if (stopping) {
        log.warn('process.ended_at_once', { signal, why: 'second signal' });
        return exitNow(signal === 'SIGTERM' ? 143 : 130);
      }
      stopping = true;
      log.info('process.stopping', { signal, deadlineMs });
      const cancelDeadline = clock.after(deadlineMs, () => {
        log.warn('process.deadline', { deadlineMs });
        finish(false);
      });
      const finish = (inOrder: boolean) => {
        cancelDeadline();
        signals.off('SIGTERM', onTerm);
        signals.off('SIGINT', onInt);
        signals.off('SIGHUP', onReload);
        resolve(inOrder);
      };
      stop().then(() => finish(true), reject);
    };
    const onTerm = () => onEnd('SIGTERM');
    const onInt = () => onEnd('SIGINT');
    signals.on('SIGTERM', onTerm);
    signals.on('SIGINT', onInt);
    signals.on('SIGHUP', onReload);
  });
}
