// SPDX-License-Identifier: Apache-2.0
// Tells what becomes of a session without filling the log: attempts to connect that fail are told at doubling counts, and so is
// what becomes of connections that end soon after they came up, once there were several.
import { isPowerOfTwo } from '../../../lib/power-of-two.ts';
import type { Log } from '../../../observe/log.ts';
import type { ZooKeeperFailure } from '../failure.ts';
import type { SessionState } from '../reader.ts';

/** So many short-lived connections in a row are told one by one: an incident is followed in full, a plague is not. */
const TOLD_IN_FULL = 8;

export class SessionLog {
  readonly #log: Log;
  #attempts = 0;
  #shortLived = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  changed(state: SessionState): void {
    const shows = this.#shortLived <= TOLD_IN_FULL || isPowerOfTwo(this.#shortLived);
    switch (state.kind) {
      case 'connected':
      case 'reconnected':
        if (shows) this.#log.info(`zookeeper.${state.kind}`, { server: state.server, failedAttempts: this.#attempts });
        this.#attempts = 0;
        return;
      case 'suspended':
      case 'lost':
        if (shows) this.#log.warn(`zookeeper.${state.kind}`, told(state.failure));
    }
  }

  /** A connection ended that was up, and whether it had lasted. */
  ended(hadLasted: boolean): void {
    this.#shortLived = hadLasted ? 0 : this.#shortLived + 1;
  }

  attemptFailed(failure: ZooKeeperFailure): void {
    this.#attempts++;
    if (isPowerOfTwo(this.#attempts)) {
      this.#log.warn('zookeeper.connect_failed', { ...told(failure), failures: this.#attempts });
    }
  }
}

function told(failure: ZooKeeperFailure | undefined): { readonly code?: string; readonly message?: string } {
  return failure === undefined ? {} : { code: failure.code, message: failure.message };
}
