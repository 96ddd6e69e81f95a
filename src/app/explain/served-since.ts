// SPDX-License-Identifier: Apache-2.0
// Since which snapshot each resource is served as it is now. Holds one record for each served resource and no history.
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { SnapshotChanges } from '../snapshot-changes.ts';
import type { ServedSince } from './input.ts';

export class ServedSinceBook {
  readonly #since = new Map<string, ServedSince>();

  /** `changes` leads from the former snapshot to this one. */
  published({ serial, createdAtMs }: Snapshot, { added, updated, removed }: SnapshotChanges): void {
    const since = { serial, atMs: createdAtMs };
    for (const name of [...added, ...updated]) this.#since.set(name, since);
    for (const name of removed) this.#since.delete(name);
  }

  /** undefined: no resource of this name is served. */
  of(resourceName: string): ServedSince | undefined {
    return this.#since.get(resourceName);
  }
}
