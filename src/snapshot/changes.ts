// SPDX-License-Identifier: Apache-2.0
// What a client that holds one thing has to be told to hold another: compared by name and version, as a client does. Compared
// once for all clients that hold the same.
import { byIdentity } from '../lib/by-identity.ts';
import { type Frame, joinFrames } from './frame.ts';
import type { Resource } from './resource.ts';
import type { ResourceSet } from './snapshot.ts';

/** What a client holds, by name. The resources of a set are one, so that nothing has to be copied to remember it. */
export type Holding = ReadonlyMap<string, { readonly version: string }>;

export interface Changes {
  /** New, or of another version; ordered by name. */
  readonly changed: readonly Resource[];
  readonly removed: readonly string[];
  /** `changed` as fields of an answer, joined. Made when first asked for, then kept. */
  readonly joined: (frame: Frame) => Uint8Array;
}

export const HOLDS_NOTHING: Holding = new Map();

export function changesBetween(held: Holding, set: ResourceSet): Changes {
  return changesFrom(held)(set);
}

/** The same, and what stands under these names whether it changed or not; a name with nothing under it is told as removed. */
export function changesAndNames(changes: Changes, names: ReadonlySet<string>, set: ResourceSet): Changes {
  if (names.size === 0) return changes;
  const told = new Set([...changes.changed.map(({ name }) => name), ...changes.removed, ...names]);
  const changed = [...set.resources.values()].filter(({ name }) => told.has(name));
  return describe(
    changed,
    [...told].filter((name) => !set.resources.has(name)),
  );
}

export function isNothing({ changed, removed }: Changes): boolean {
  return changed.length === 0 && removed.length === 0;
}

const changesFrom = byIdentity((held: Holding) =>
  byIdentity((set: ResourceSet): Changes => {
    if (held === set.resources) return describe([], []);
    const changed = [...set.resources.values()].filter(({ name, version }) => held.get(name)?.version !== version);
    return describe(
      changed,
      [...held.keys()].filter((name) => !set.resources.has(name)),
    );
  }),
);

function describe(changed: readonly Resource[], removed: readonly string[]): Changes {
  return { changed, removed, joined: byIdentity((frame: Frame) => joinFrames(changed, frame)) };
}
