// SPDX-License-Identifier: Apache-2.0
// The reads of one connection. A server is asked for 32 things at a time: more makes nothing faster and the process stutter.
// The others wait in the order in which they came. Each read has its deadline from when it is sent, and each is answered.
import type { Cancel, Clock } from '../../../lib/clock.ts';
import { Queue } from '../../../lib/queue.ts';
import type { Outcome } from '../reader.ts';
import { deadline } from './deadline.ts';

/** Sends the question; `done` is called when there is an outcome. */
export type Ask<Value> = (done: (outcome: Outcome<Value>) => void) => void;

interface Read {
  readonly path: string;
  send(): void;
  abandon(): void;
}

export interface ReadsOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** The read of `path` has no answer in time. */
  readonly onOverdue: (path: string) => void;
}

export const MOST_IN_FLIGHT = 32;

export class Reads {
  readonly #options: ReadsOptions;
  readonly #inFlight = new Set<Read>();
  readonly #waiting = new Queue<Read>();

  constructor(options: ReadsOptions) {
    this.#options = options;
  }

  /** Resolves to `disconnected` when `end` comes first. */
  add<Value>(path: string, ask: Ask<Value>): Promise<Outcome<Value>> {
    return new Promise((resolve) => {
      this.#waiting.add(this.#read(path, ask, resolve));
      this.#sendNext();
    });
  }

  /** Past all that waits. */
  addUrgent<Value>(path: string, ask: Ask<Value>): void {
    this.#read(path, ask, () => {}).send();
  }

  /** Answers all with `disconnected`. Nothing may be added any more. */
  end(): void {
    const left = [...this.#inFlight, ...this.#waiting.takeAll()];
    this.#inFlight.clear();
    for (const read of left) read.abandon();
  }

  #read<Value>(path: string, ask: Ask<Value>, resolve: (outcome: Outcome<Value>) => void): Read {
    let cancelDeadline: Cancel = () => {};
    const read: Read = {
      path,
      send: () => {
        const { clock, timeoutMs, onOverdue } = this.#options;
        this.#inFlight.add(read);
        cancelDeadline = deadline(clock, timeoutMs, () => onOverdue(path));
        ask((outcome) => {
          if (!this.#inFlight.delete(read)) return;
          cancelDeadline();
          resolve(outcome);
          this.#sendNext();
        });
      },
      abandon: () => {
        cancelDeadline();
        resolve({ kind: 'disconnected' });
      },
    };
    return read;
  }

  #sendNext(): void {
    while (this.#inFlight.size < MOST_IN_FLIGHT) {
      const read = this.#waiting.take();
      if (read === undefined) return;
      read.send();
    }
  }
}
