// SPDX-License-Identifier: Apache-2.0
// What leaves the guard: the services that are to be published, and what is being kept back, for people to see.
import type { FreezeOrder } from '../model/freeze-order.ts';
import type { Instance, Service, ServiceKey, Status } from '../model/service.ts';

export interface Guarded {
  /** What conversion works on. The map keeps its identity while nothing in it changed, and each Service keeps its own. */
  readonly services: ReadonlyMap<ServiceKey, Service>;
  /**
   * Every service name ever seen in this process with its seniority, present or departed: the only history that naming
   * may look at. Keeps its identity while unchanged.
   */
  readonly seniority: ReadonlyMap<ServiceKey, Seniority>;
  /** True once every configured registry has had a good read that is believed. Before that the answer to istiod is held. */
  readonly complete: boolean;
  /** What is shown although it is no longer listed, by registry: instances that wait for their debounce or are held. */
  readonly missing: ReadonlyMap<string, ReadonlyMap<ServiceKey, readonly Missing[]>>;
  /** What is routed to although its registry no longer calls it up, by registry. */
  readonly draining: ReadonlyMap<string, ReadonlyMap<ServiceKey, readonly Draining[]>>;
  readonly holds: readonly Hold[];
  /** The oldest first. */
  readonly freezes: readonly Freeze[];
  /** Services without instances that are kept for their grace time, the longest waiting first. */
  readonly graces: readonly Grace[];
  /** Instances whose removal waits for the debounce to pass; held ones are counted by their hold. */
  readonly pendingRemovals: number;
  /**
   * Registries whose holds ask for a fresh read now, of another server where there is one: when a hold has begun, since another
   * server may know better, and when its time is over, since only a read ends it.
   */
  readonly toReadAnew: readonly string[];
  /** When the guard wants to be asked again although nothing changed; undefined = only on change. */
  readonly wakeAtMs: number | undefined;
}

export interface Seniority {
  /** Epoch ms of the first sight; 0 for all that the first good read of a registry brought (cold: no order among them). */
  readonly sinceMs: number;
  /** As `sinceMs`, but of its last arrival: a name that comes back does not take its host from who got it meanwhile. */
  readonly presentSinceMs: number;
  readonly present: boolean;
}

/** An instance that a good read no longer listed and whose removal is not acted on yet. */
export type Missing = Debounced | Held;

/** An ordinary removal, acted on after the debounce. */
export interface Debounced {
  readonly kind: 'debounced';
  /** As it was listed last. */
  readonly instance: Instance;
  /** When the guard learnt of it, or a hold let go of it. */
  readonly sinceMs: number;
  /** The hold that let go of it: where it is held again it belongs to that one, whose time has gone on. */
  readonly formerHold: HoldBeginning | undefined;
}

/** Part of a mass removal that is not believed. */
export interface Held extends HoldBeginning {
  readonly kind: 'held';
  /** As it was listed last. */
  readonly instance: Instance;
}

/** What tells the holds of one registry apart. */
export interface HoldBeginning {
  readonly reason: HoldReason;
  /** When the guard learnt of the loss, or a little later (hold.ts). */
  readonly sinceMs: number;
}

/** `everything-gone`: the registry lists nothing any more. `many-gone`: too much of it is gone (loss.ts). */
export type HoldReason = 'everything-gone' | 'many-gone';

/** What an instance that was up may be called and still keep its traffic for a time. */
export type DrainStatus = Extract<Status, 'out-of-service' | 'down' | 'starting'>;

/** A listed instance that was up, and that is shown as up although it no longer is. */
export interface Draining {
  /** Of the instance. */
  readonly id: string;
  /** What the registry calls it now. */
  readonly status: DrainStatus;
  /** When the guard learnt that it is not up. */
  readonly sinceMs: number;
}

/**
 * A registry's mass removal that is not believed yet, with what is still missing of it. A registry that loses much again before
 * the first hold is over has one for each time.
 */
export interface Hold {
  /** Stable while it lasts, no other hold of the process has it: to release it by. */
  readonly id: string;
  readonly registry: string;
  /** `empty-first-read`: nothing was listed when the registry was first read, and what is missing is not known. */
  readonly reason: HoldReason | 'empty-first-read';
  /** Fixed when the hold begins. */
  readonly sinceMs: number;
  /** When a further good read that still lacks the instances will be believed. */
  readonly confirmableAtMs: number;
  readonly services: number;
  readonly instances: number;
}

export interface Freeze extends FreezeOrder {
  /** Stable while it lasts, also over a restart that restores it; no other freeze has it. Letters, digits and dashes. */
  readonly id: string;
  readonly sinceMs: number;
  /** One out of the configuration ends when it leaves the configuration, and no other way but by its time. */
  readonly origin: 'configuration' | 'hand';
}

export interface Grace {
  readonly key: ServiceKey;
  /** The service goes at the first step after it at which its registry is live and nothing of it is held. */
  readonly untilMs: number;
}
