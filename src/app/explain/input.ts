// SPDX-License-Identifier: Apache-2.0
// All that an explanation is made of: the state of a running program, or the turn of a dump.
import type { Config } from '../../config/config.ts';
import type { Outside } from '../../registry/outside.ts';
import type { Slice } from '../../registry/registry.ts';
import type { ClientView } from '../../serve/client-view.ts';
import type { ResourceKey } from '../../snapshot/resource.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Turn } from '../turn.ts';

export interface ExplainInput {
  readonly config: Config;
  readonly nowMs: number;
  /** As the registries are now. */
  readonly slices: readonly Slice[];
  readonly outside: (registry: string) => Outside;
  /** undefined before the first turn. */
  readonly turn: Turn | undefined;
  /** undefined: nothing is served, a dump is explained. */
  readonly served: Served | undefined;
}

/** Those of the last turn, so that all stages speak of the same moment. */
export function slicesOf({ turn, slices }: ExplainInput): readonly Slice[] {
  return turn?.slices ?? slices;
}

export interface Served {
  readonly snapshot: Snapshot;
  readonly clients: readonly ClientView[];
  /** Since which snapshot the resource is served as it is now; undefined: it is not. */
  readonly since: (key: ResourceKey) => ServedSince | undefined;
}

export interface ServedSince {
  readonly serial: number;
  /** When the change was seen that led to the snapshot, epoch ms. */
  readonly atMs: number;
}
