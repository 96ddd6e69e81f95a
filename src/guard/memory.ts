// SPDX-License-Identifier: Apache-2.0
// Everything that the guard remembers from step to step: the only history in the pipeline. Plain data (maps, arrays,
// numbers and model objects; no function, no class), never changed in place, so that it can be written down, read back
// and compared. It holds no clock: all times are epoch ms that a step was given.
import type { Service, ServiceKey } from '../model/service.ts';
import type { Draining, Freeze, Missing, Seniority } from './guarded.ts';
import type { Window } from './window.ts';

export interface GuardMemory {
  /** By registry name. A registry is in here from its first good read until it leaves the configuration. */
  readonly registries: ReadonlyMap<string, RegistryMemory>;
  /** What all registries show together. With one registry it is that registry's own map. */
  readonly services: ReadonlyMap<ServiceKey, Service>;
  /** Departed names stand in the order in which they departed. */
  readonly seniority: ReadonlyMap<ServiceKey, Seniority>;
  /** The oldest first. */
  readonly freezes: readonly Freeze[];
}

export interface RegistryMemory {
  readonly scopeRevision: number;
  /** Epoch ms of a first read that listed nothing, as long as it is not believed (doubt.ts). */
  readonly doubtedSinceMs: number | undefined;
  /** What the last good read listed: the registry's own objects. */
  readonly listed: ReadonlyMap<ServiceKey, Service>;
  /** What a loss is measured against. */
  readonly window: Window;
  /** Instances that are shown although they are no longer listed. No key has an empty list. */
  readonly missing: ReadonlyMap<ServiceKey, readonly Missing[]>;
  /** Emptied services and since when (epoch ms). How long they are shown is an option, which can change meanwhile. */
  readonly graces: ReadonlyMap<ServiceKey, number>;
  /** Listed instances that are shown as up although the registry says otherwise, by when it began. No key has an empty list. */
  readonly draining: ReadonlyMap<ServiceKey, readonly Draining[]>;
  /** What the guard lets out: listed services as they are, and made ones where something is missing, draining or in grace. */
  readonly shown: ReadonlyMap<ServiceKey, Service>;
}

/** What a process starts with that restores nothing. */
export const emptyGuardMemory: GuardMemory = {
  registries: new Map(),
  services: new Map(),
  seniority: new Map(),
  freezes: [],
};
