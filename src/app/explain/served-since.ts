// SPDX-License-Identifier: Apache-2.0
// Since which snapshot each resource is served as it is now. Holds one record for each served resource and no history.
import type { ResourceKey } from '../../snapshot/resource.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { SnapshotChanges } from '../snapshot-changes.ts';
import type { ServedSince } from './input.ts';

export class ServedSinceBook {
  readonly #since = new Map<ResourceKey, ServedSince>();

  /** `changes` leads from the former snapshot to this one. */
  published({ serial, createdAtMs }: Snapshot, { added, updated, removed }: SnapshotChanges): void {
    const since = { serial, atMs: createdAtMs };
    for (const key of [...added, ...updated]) this.#since.set(key, since);
    for (const key of removed) this.#since.delete(key);
  }

  /** undefined: no such resource is served. */
  of(key: ResourceKey): ServedSince | undefined {
    return this.#since.get(key);
  }
}
