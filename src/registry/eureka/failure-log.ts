// SPDX-License-Identifier: Apache-2.0
// Says that reading fails without filling the log: the first failure, then at doubling counts, then that it is over.
import { isPowerOfTwo } from '../../lib/power-of-two.ts';
import type { Log } from '../../observe/log.ts';
import type { ReadFailure } from './read-failure.ts';

export class FailureLog {
  readonly #log: Log;
  #failures = 0;
  #sinceMs = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Failed reads in a row. */
  get failures(): number {
    return this.#failures;
  }

  failed(failure: ReadFailure, nowMs: number): void {
    if (this.#failures === 0) this.#sinceMs = nowMs;
    this.#failures++;
    if (!isPowerOfTwo(this.#failures)) return;
    const fields = { code: failure.code, message: failure.message, failures: this.#failures };
    if (failure.code === 'EUREKA_UNEXPECTED') this.#log.error('eureka.read_failed', fields);
    else this.#log.warn('eureka.read_failed', fields);
  }

  succeeded(nowMs: number): void {
    if (this.#failures === 0) return;
    this.#log.info('eureka.read_recovered', {
      failures: this.#failures,
      afterMs: Math.max(0, nowMs - this.#sinceMs),
    });
    this.#failures = 0;
  }
}
