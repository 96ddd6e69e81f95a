// SPDX-License-Identifier: Apache-2.0
// What changed between two snapshots, by name, for events and metrics. It tells and never decides: whether a snapshot is
// served is the store's business, and what a client is sent is that of its stream.
import type { Snapshot } from '../snapshot/snapshot.ts';

export interface SnapshotChanges {
  /** Resource names. */
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
}

/** What a client that held `former` would see change. Pure; compares versions only, as a client does. */
export function snapshotChanges(former: Snapshot, snapshot: Snapshot): SnapshotChanges {
  const before = versions(former);
  const now = versions(snapshot);
  return {
    added: [...now.keys()].filter((name) => !before.has(name)),
    updated: [...now]
      .filter(([name, version]) => before.has(name) && before.get(name) !== version)
      .map(([name]) => name),
    removed: [...before.keys()].filter((name) => !now.has(name)),
  };
}

function versions({ kinds }: Snapshot): Map<string, string> {
  const all = new Map<string, string>();
  for (const { resources } of kinds.values())
    for (const { name, version } of resources.values()) all.set(name, version);
  return all;
}
