// SPDX-License-Identifier: Apache-2.0
// What changed between two snapshots, resource by resource, for events and metrics. It tells and never decides: whether a snapshot is
// served is the store's business, and what a client is sent is that of its stream.
import { type ResourceKey, resourceKey } from '../snapshot/resource.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

export interface SnapshotChanges {
  readonly added: readonly ResourceKey[];
  readonly updated: readonly ResourceKey[];
  readonly removed: readonly ResourceKey[];
}

/** What a client that held `former` would see change. Pure; compares versions only, as a client does. */
export function snapshotChanges(former: Snapshot, snapshot: Snapshot): SnapshotChanges {
  const before = versions(former);
  const now = versions(snapshot);
  return {
    added: [...now.keys()].filter((key) => !before.has(key)),
    updated: [...now].filter(([key, version]) => before.has(key) && before.get(key) !== version).map(([key]) => key),
    removed: [...before.keys()].filter((key) => !now.has(key)),
  };
}

function versions({ kinds }: Snapshot): ReadonlyMap<ResourceKey, string> {
  const all = [...kinds.values()].flatMap(({ resources }) => [...resources.values()]);
  return new Map(all.map((resource) => [resourceKey(resource), resource.version]));
}
