// SPDX-License-Identifier: Apache-2.0
// A ServiceEntry as far as checks compare it: what a bridge serves, would publish, or istiod holds.
import type { Turn } from '../app/turn.ts';
import { resourceKey } from '../snapshot/resource.ts';

export interface EntrySeen {
  /** `namespace/name`. */
  readonly name: string;
  readonly version: string;
  readonly hosts: readonly string[];
}

/** What a turn would publish. */
export function entriesMade({ converted, resources }: Pick<Turn, 'converted' | 'resources'>): readonly EntrySeen[] {
  const versions = new Map(resources.map((resource) => [resourceKey(resource), resource.version]));
  return converted.flatMap(({ entry }) => {
    if (entry === undefined) return [];
    return { name: entry.name, version: versions.get(resourceKey(entry)) ?? '', hosts: entry.spec.hosts };
  });
}
