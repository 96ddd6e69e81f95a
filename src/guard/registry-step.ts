// SPDX-License-Identifier: Apache-2.0
// What one reading does to what the guard remembers of one registry. Pure; knows neither the other registries nor the
// seniority of names. debounce.ts, hold.ts and grace.ts say when; here stands what follows from it.

import { changedMap } from '../lib/changed-map.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import { isDebounceOver, stillMissing } from './debounce.ts';
import { doubtAfterFirstRead, doubtAfterRead } from './doubt.ts';
import { drainEndMs, drainingAfter, stillDraining } from './drain.ts';
import { gracesAfter } from './grace.ts';
import type { Missing } from './guarded.ts';
import { hasHeld, holdTimeMs, isEverythingGone, isHoldConfirmed } from './hold.ts';
import type { RegistryMemory } from './memory.ts';
import { changedKeys, missingAfter, withoutRemoved } from './missing.ts';
import type { ObservedContent, ObservedReading, ObservedRegistry } from './observed.ts';
import type { GuardOptions } from './options.ts';
import { shownAfter } from './shown-after.ts';
import { countsOf, type Window, windowAt, windowFrom, withArrivals, withoutConfirmed } from './window.ts';

type Services = ReadonlyMap<ServiceKey, Service>;

/**
 * The memory of a registry after one look at it; the same object when nothing changed.
 *
 *   reading   what it shows                              what becomes of it
 *   -------   ----------------------------------------   ------------------------------------------------------------
 *   waiting   nothing                                    nothing: what was remembered stays
 *   first     the first content, live or stale           shown as it is
 *   first     no instance at all                         a doubt: nothing is believed to be complete until a good read
 *                                                        after the hold time
 *   any       a higher scope revision                    what is not listed goes at once, also what waited for its
 *                                                        debounce or was in grace; what is held stays held
 *   any       a higher scope revision, and nothing left  as if the registry had said so: a hold (a scope that matches
 *                                                        nothing is a typing error more often than it is meant)
 *   stale     an error                                   nothing, for ever: no timer ends either
 *   stale     while it is doubted, a content that no     as live, for this one look: a good read that an error overtook
 *             look has seen                              before it was looked at, or what a failed one read all the same
 *   restored  what a former process read                 as stale: the memory that was restored with it is what it was
 *   live      a new service or instance, new content     shown at once
 *   live      an instance back, or replaced at the       shown as now listed; its debounce, hold or grace is over
 *             same address and port
 *   live      an instance that was up is down, starting    shown as up, until its drain ends while live (drain.ts)
 *             or out of service
 *   live      an instance vanished                       shown as it was, until its debounce ends while live
 *   live      too much is gone, measured against the     a hold: shown as they were, with those still debounced; what
 *             start of the window or the read before     others of its service took the place of is debounced as ever
 *   live      all instances of the registry vanished     a hold, also where they were few
 *   live      held, and its service lists as many as     replaced: debounced from now on
 *             at the start of the window
 *   live      held, read after the hold time             removed without a further debounce, and no loss any more
 *   any       held, and released by hand (release.ts)    debounced from now on, and no loss any more
 *   live      the last instance of a service removed     shown with its last instances as `gone`: the grace
 *   live      grace over, nothing of the registry held   the service goes
 *
 * Why nothing ends while stale, although a good read did show the removal: that read is the last thing known, and the
 * instance may be back since. The first good read says so or confirms it, and costs nothing: what is missing then goes in
 * that same step. So the promise stays without exception: an error removes nothing.
 *
 * Why a doubt makes an exception: whoever ends it by hand means what the registry lists now. Without the read that was overtaken
 * the bridge would be complete with nothing, and istiod would delete what the registry does list.
 *
 * Why a hold outlives a change of scope: what it holds was missing before the operator changed anything, so the change
 * does not explain it, and an edit made while a registry is down must not delete everything that it forgot.
 *
 * A service that is listed without an instance counts as not listed.
 */
export function registryStep(
  memory: RegistryMemory | undefined,
  observed: ObservedRegistry,
  nowMs: number,
  options: GuardOptions,
): RegistryMemory | undefined {
  const { registry, reading, scopeRevision } = observed;
  if (reading.kind === 'waiting') return memory;
  const { services } = reading.content;
  if (memory === undefined) return afterFirstRead(services, scopeRevision, nowMs);
  const isMeant = memory.scopeRevision < scopeRevision && !isEverythingGone(memory.listed, services);
  const inScope = isMeant ? rescoped(memory, reading, nowMs, options) : memory;
  const isGood = reading.kind === 'live' || isOvertaken(reading, inScope);
  const after = isGood ? afterRead(inScope, reading.content, registry, nowMs, options) : inScope;
  return after.scopeRevision === scopeRevision ? after : { ...after, scopeRevision };
}

/** When a live registry wants another look although it says nothing new; undefined = never. No hold ends by time. */
export function registryWakeAtMs(memory: RegistryMemory, options: GuardOptions): number | undefined {
  let earliestMs = Number.POSITIVE_INFINITY;
  for (const list of memory.missing.values()) {
    for (const { kind, sinceMs } of list) {
      if (kind === 'debounced') earliestMs = Math.min(earliestMs, sinceMs + options.removalDebounceMs);
    }
  }
  for (const list of memory.draining.values()) {
    for (const one of list) earliestMs = Math.min(earliestMs, drainEndMs(one, options));
  }
  if (!hasHeld(memory.missing)) {
    for (const sinceMs of memory.graces.values()) earliestMs = Math.min(earliestMs, sinceMs + options.emptyGraceMs);
  }
  return earliestMs === Number.POSITIVE_INFINITY ? undefined : earliestMs;
}

function isOvertaken(reading: ObservedReading, { doubtedSinceMs, listed }: RegistryMemory): boolean {
  return reading.kind === 'stale' && doubtedSinceMs !== undefined && reading.content.services !== listed;
}

function afterFirstRead(services: Services, scopeRevision: number, nowMs: number): RegistryMemory {
  const none = new Map();
  const nothing = { listed: none, missing: none, graces: none, draining: none, shown: none };
  const shown = shownAfter(nothing, { ...nothing, listed: services }, services.keys(), new Map());
  const doubtedSinceMs = doubtAfterFirstRead(services, nowMs);
  const window = windowFrom(countsOf(services, nothing.missing), nowMs);
  return { scopeRevision, doubtedSinceMs, ...nothing, listed: services, window, shown };
}

function rescoped(
  memory: RegistryMemory,
  { kind, content }: Exclude<ObservedReading, { readonly kind: 'waiting' }>,
  nowMs: number,
  options: GuardOptions,
): RegistryMemory {
  const listed = content.services;
  const touched = new Set([...memory.shown.keys(), ...listed.keys()]);
  const held = [...memory.missing].map(([key, missing]): [ServiceKey, readonly Missing[] | undefined] => {
    const still = stillMissing(missing, listed.get(key)).filter(({ kind }) => kind === 'held');
    return [key, still.length === 0 ? undefined : still];
  });
  const missing = changedMap(memory.missing, held);
  const window = windowFrom(countsOf(listed, missing), nowMs);
  // A good read of the new scope may also say that somebody is down.
  const draining =
    kind === 'live'
      ? drainingAfter(memory, { listed, missing }, changedKeys(memory.listed, listed), nowMs, options)
      : stillDraining(memory.draining, { listed, missing });
  const after = { ...memory, listed, window, missing, graces: new Map(), draining };
  return { ...after, shown: shownAfter(memory, after, touched, new Map()) };
}

function afterRead(
  former: RegistryMemory,
  content: ObservedContent,
  registry: string,
  nowMs: number,
  options: GuardOptions,
): RegistryMemory {
  const listed = content.services;
  const changed = changedKeys(former.listed, listed);
  const memory = { ...former, window: windowAfter(former, listed, changed, nowMs, options) };
  const holdMs = holdTimeMs(registry, options);
  const all = missingAfter(memory, listed, changed, registry, nowMs, options);
  const { missing, removed } = withoutRemoved(all, (one) => {
    return isDebounceOver(one, options.removalDebounceMs, nowMs) || isHoldConfirmed(one, holdMs, content.readAtMs);
  });
  const window = withoutConfirmed(memory.window, heldIn(removed), listed);
  const emptied = new Map([...removed].filter(([key]) => !missing.has(key) && !hasInstances(listed.get(key))));
  const graces = gracesAfter(memory.graces, listed, emptied.keys(), hasHeld(missing), nowMs, options.emptyGraceMs);
  const draining = drainingAfter(memory, { listed, missing }, changed, nowMs, options);
  const drained = changedKeys(memory.draining, draining);
  const touched = new Set([...changed, ...memory.missing.keys(), ...memory.graces.keys(), ...drained]);
  const shown = shownAfter(memory, { listed, missing, graces, draining }, touched, emptied);
  const doubtedSinceMs = doubtAfterRead(memory.doubtedSinceMs, holdMs, content.readAtMs);
  const isSame = listed === former.listed && missing === former.missing && graces === former.graces;
  if (isSame && draining === former.draining && doubtedSinceMs === former.doubtedSinceMs) return former;
  return { ...memory, doubtedSinceMs, listed, window, missing, graces, draining, shown };
}

function windowAfter(
  { window, listed: former, missing }: RegistryMemory,
  listed: Services,
  changed: readonly ServiceKey[],
  nowMs: number,
  { removalWindowMs }: GuardOptions,
): Window {
  if (changed.length === 0) return window;
  const now = windowAt(window, () => countsOf(former, missing), nowMs, removalWindowMs);
  return withArrivals(now, listed, changed);
}

function heldIn(removed: ReadonlyMap<ServiceKey, readonly Missing[]>): ReadonlyMap<ServiceKey, number> {
  return new Map([...removed].map(([key, list]) => [key, list.filter(({ kind }) => kind === 'held').length]));
}

function hasInstances(service: Service | undefined): boolean {
  return service !== undefined && service.instances.length > 0;
}
