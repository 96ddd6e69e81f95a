// SPDX-License-Identifier: Apache-2.0
// The single mutable cell of the program: which snapshot is served now. Everyone who serves listens here.
import type { Cancel } from '../lib/clock.ts';
import type { Snapshot } from './snapshot.ts';

type Listener = (snapshot: Snapshot) => void;

export class SnapshotStore {
  #current: Snapshot;
  /** Wrapped, so that one function may listen twice and each cancel ends its own. */
  readonly #listeners = new Set<{ readonly tell: Listener }>();

  constructor(first: Snapshot) {
    this.#current = first;
  }

  current(): Snapshot {
    return this.#current;
  }

  /**
   * Makes `snapshot` the served one and tells every listener. Listeners must not throw. A listener that publishes again
   * overtakes: those that were not told yet hear of the newest alone, never of an older one after it.
   */
  publish(snapshot: Snapshot): void {
    this.#current = snapshot;
    for (const listener of [...this.#listeners]) {
      if (this.#current !== snapshot) return;
      if (this.#listeners.has(listener)) listener.tell(snapshot);
    }
  }

  onPublish(tell: Listener): Cancel {
    const listener = { tell };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
