// SPDX-License-Identifier: Apache-2.0
// An immutable set of resources, by kind, with the bytes of a whole answer joined once and shared by all clients.
import { createHash } from 'node:crypto';
import { byIdentity } from '../lib/by-identity.ts';
import { compareTexts } from '../lib/compare-texts.ts';
import { type Frame, joinFrames } from './frame.ts';
import type { Resource } from './resource.ts';

export interface Snapshot {
  /** Counts publications of this process: for logs and pages, never for clients. */
  readonly serial: number;
  /** Hash over all kinds: equal on replicas that hold the same. */
  readonly fingerprint: string;
  /** True once every configured registry was read: only then may the whole of it be believed. */
  readonly complete: boolean;
  readonly createdAtMs: number;
  readonly kinds: ReadonlyMap<string, ResourceSet>;
}

/** All resources of one kind. */
export interface ResourceSet {
  readonly kind: string;
  /** Ordered by name. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** Hash over names and versions: the version of the answer. */
  readonly version: string;
  /** All resources as fields of an answer, joined. Made when first asked for, then kept. */
  readonly joined: (frame: Frame) => Uint8Array;
}

const EMPTY_VERSION = hashOf([]);

/** Builds a snapshot. Resource names are unique within a kind; a duplicate is a defect and throws. */
export function createSnapshot(
  resources: Iterable<Resource>,
  about: { readonly serial: number; readonly complete: boolean; readonly createdAtMs: number },
): Snapshot {
  const byKind = new Map<string, Resource[]>();
  for (const resource of resources) {
    const same = byKind.get(resource.kind);
    if (same === undefined) byKind.set(resource.kind, [resource]);
    else same.push(resource);
  }
  const kinds = new Map(
    [...byKind].sort(([a], [b]) => compareTexts(a, b)).map(([kind, list]) => [kind, resourceSet(kind, list)]),
  );
  const fingerprint = hashOf([...kinds].map(([kind, set]) => `${kind}=${set.version}`));
  return { ...about, fingerprint, kinds };
}

/** What a client holds that asked for a kind that we have nothing of. */
export function emptySet(kind: string): ResourceSet {
  return { kind, resources: new Map(), version: EMPTY_VERSION, joined: () => new Uint8Array(0) };
}

/** Those of the set that are named. Made once for each set and each list of names, as long as both live. */
export function subset(set: ResourceSet, names: ReadonlySet<string>): ResourceSet {
  return subsetsOf(set)(names);
}

const subsetsOf = byIdentity((set: ResourceSet) =>
  byIdentity((names: ReadonlySet<string>) =>
    resourceSet(
      set.kind,
      [...names].flatMap((name) => set.resources.get(name) ?? []),
    ),
  ),
);

/** As Istio up to 1.4 can take it; the set itself where it takes all of it. */
export const setForOldIstio = byIdentity((set: ResourceSet): ResourceSet => {
  const all = [...set.resources.values()];
  const accepted = all.map((resource) => resource.forOldIstio());
  if (accepted.every((resource, place) => resource === all[place])) return set;
  return resourceSet(
    set.kind,
    accepted.filter((resource) => resource !== undefined),
  );
});

function resourceSet(kind: string, list: readonly Resource[]): ResourceSet {
  const sorted = [...list].sort((a, b) => compareTexts(a.name, b.name));
  const twice = sorted.find(({ name }, at) => sorted[at - 1]?.name === name);
  if (twice !== undefined) throw new Error(`two resources of kind ${kind} are named ${twice.name}`);
  return {
    kind,
    resources: new Map(sorted.map((resource) => [resource.name, resource])),
    version: hashOf(sorted.map(({ name, version }) => `${name}@${version}`)),
    joined: byIdentity((frame: Frame) => joinFrames(sorted, frame)),
  };
}

function hashOf(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line).update('\n');
  return hash.digest('hex').slice(0, 16);
}
