// SPDX-License-Identifier: Apache-2.0
// What a bridge writes down so that the next process begins where this one ended: the model of each registry as it was read last,
// after its scope, with what the guard remembers. Not bytes of entries: what is restored goes through the pipeline again, so
// another configuration holds from the first answer on. Secrets are no part of the model.
import type { Freeze, Seniority } from '../guard/guarded.ts';
import type { RegistryMemory } from '../guard/memory.ts';
import type { ServiceKey } from '../model/service.ts';

export interface SavedState {
  readonly writtenAtMs: number;
  readonly registries: readonly SavedRegistry[];
  readonly seniority: ReadonlyMap<ServiceKey, Seniority>;
  readonly freezes: readonly Freeze[];
}

export interface SavedRegistry {
  /** Name and kind in the configuration: which registry it is. Its address may change, that of a server moves. */
  readonly name: string;
  readonly kind: string;
  /** Stands for the scope that `memory` was read with; equal for equal scopes. */
  readonly scope: string;
  /** Of the last good read: the age of the state is counted from here, whenever it was written. */
  readonly readAtMs: number;
  readonly memory: RegistryMemory;
}

/** Whose state it is; equal on replicas. */
export interface BridgeName {
  readonly namespace: string;
  readonly instance: string;
}
