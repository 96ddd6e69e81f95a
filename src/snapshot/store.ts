// SPDX-License-Identifier: Apache-2.0
// The single mutable cell of the program: which snapshot is served now. Everyone who serves listens here.
import type { Cancel } from '../lib/clock.ts';
import type { Snapshot } from './snapshot.ts';

export class SnapshotStore {
  #current: Snapshot;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();

  constructor(first: Snapshot) {
    this.#current = first;
  }

  current(): Snapshot {
    return this.#current;
  }

  /** Makes `snapshot` the served one and tells every listener. Listeners must not throw. */
  publish(snapshot: Snapshot): void {
    this.#current = snapshot;
    for (const listener of [...this.#listeners]) listener(snapshot);
  }

  onPublish(listener: (snapshot: Snapshot) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
