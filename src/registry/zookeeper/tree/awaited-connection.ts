// SPDX-License-Identifier: Apache-2.0
// A reader for whoever reads once: waits for a connection as long as that makes sense, and says why when it does not come.
import type { Clock } from '../../../lib/clock.ts';
import { type ZooKeeperFailure, zooKeeperFailure } from '../failure.ts';
import type { SessionState, ZooKeeperReader } from '../reader.ts';

/** Long enough for one round over three servers, short enough for a person who waits. */
const PATIENCE_MS = 15_000;

export class AwaitedConnection {
  readonly reader: ZooKeeperReader;
  readonly #clock: Clock;
  #onConnected: () => void = () => {};
  /** A lost session can become a new attempt without a reason of its own: the last reason stays. */
  #failure: ZooKeeperFailure | undefined;

  /** Starts the reader. */
  constructor(reader: ZooKeeperReader, clock: Clock) {
    this.reader = reader;
    this.#clock = clock;
    reader.start((state) => this.#take(state));
  }

  /** undefined: there is a connection. */
  async wait(): Promise<ZooKeeperFailure | undefined> {
    if (isConnected(this.reader.state())) return undefined;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(PATIENCE_MS, resolve);
      this.#onConnected = () => {
        cancel();
        resolve();
      };
    });
    if (isConnected(this.reader.state())) return undefined;
    return (
      this.#failure ?? zooKeeperFailure('ZOOKEEPER_UNREACHABLE', `No server was connected within ${PATIENCE_MS} ms`)
    );
  }

  #take(state: SessionState): void {
    if ('failure' in state) this.#failure = state.failure ?? this.#failure;
    else this.#onConnected();
  }
}

function isConnected(state: SessionState): boolean {
  return state.kind === 'connected' || state.kind === 'reconnected';
}
