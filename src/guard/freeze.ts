// SPDX-License-Identifier: Apache-2.0
// The freeze: a person says that something stays as it is, whatever its registry says, until a time or until they say otherwise.
// Which freezes there are, and what each is about; what it means for a registry stands in frozen-step.ts.
import { sameItems } from '../lib/same-objects.ts';
import { type FreezeOrder, targetText } from '../model/freeze-order.ts';
import { type ServiceKey, serviceKey } from '../model/service.ts';
import type { Freeze } from './guarded.ts';
import type { GuardMemory } from './memory.ts';

/** How much of one registry is frozen. */
export type FrozenPart =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'everything' }
  | { readonly kind: 'services'; readonly keys: ReadonlySet<ServiceKey> };

/** More by hand at once would be a mistake of a script. */
export const MOST_FREEZES_BY_HAND = 100;

/**
 * The freezes at `nowMs`: those by hand as long as their time goes on, and one for each that is configured (at most one for a
 * target), which keeps its beginning while its reason or its end is changed. The same array when nothing changed.
 */
export function freezesAfter(
  freezes: readonly Freeze[],
  configured: readonly FreezeOrder[],
  nowMs: number,
): readonly Freeze[] {
  const orders = new Map(configured.map((order) => [targetText(order.target), order]));
  const kept = freezes.flatMap((freeze): readonly Freeze[] => {
    if (freeze.origin === 'hand') return [freeze];
    const target = targetText(freeze.target);
    const order = orders.get(target);
    orders.delete(target);
    return order === undefined ? [] : [isSameOrder(freeze, order) ? freeze : { ...freeze, ...order }];
  });
  const all = [...kept];
  for (const order of orders.values()) all.push(begun(all, order, 'configuration', nowMs));
  const after = all.filter(({ untilMs }) => untilMs === undefined || untilMs > nowMs);
  return sameItems(freezes, after) ? freezes : after;
}

/** The memory with one more freeze by hand. undefined: there are too many. */
export function addFreeze(
  memory: GuardMemory,
  order: FreezeOrder,
  nowMs: number,
): { readonly memory: GuardMemory; readonly freeze: Freeze } | undefined {
  const { freezes } = memory;
  if (freezes.filter(({ origin }) => origin === 'hand').length >= MOST_FREEZES_BY_HAND) return undefined;
  const freeze = begun(freezes, order, 'hand', nowMs);
  return { memory: { ...memory, freezes: [...freezes, freeze] }, freeze };
}

/** The memory without a freeze by hand; the same object when there is none of this name (any more). */
export function removeFreeze(memory: GuardMemory, id: string): GuardMemory {
  const freezes = memory.freezes.filter((freeze) => freeze.id !== id || freeze.origin !== 'hand');
  return freezes.length === memory.freezes.length ? memory : { ...memory, freezes };
}

export function frozenPartOf(freezes: readonly Freeze[], registry: string): FrozenPart {
  const keys = new Set<ServiceKey>();
  for (const { target } of freezes) {
    if (target.kind === 'all') return { kind: 'everything' };
    if (target.registry !== registry) continue;
    if (target.kind === 'registry') return { kind: 'everything' };
    keys.add(serviceKey(registry, target.service));
  }
  return keys.size === 0 ? { kind: 'nothing' } : { kind: 'services', keys };
}

/** The freezes that a service, or with `service` undefined a whole registry, is under. */
export function freezesOver(
  freezes: readonly Freeze[],
  registry: string,
  service: string | undefined,
): readonly Freeze[] {
  return freezes.filter(({ target }) => {
    if (target.kind === 'all') return true;
    return target.registry === registry && (target.kind === 'registry' || target.service === service);
  });
}

/** When the first of them ends by its time; undefined: none does. */
export function nextThawAtMs(freezes: readonly Freeze[]): number | undefined {
  const ends = freezes.flatMap(({ untilMs }) => untilMs ?? []);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function begun(others: readonly Freeze[], order: FreezeOrder, origin: Freeze['origin'], nowMs: number): Freeze {
  const { target, reason, untilMs } = order;
  const place = target.kind === 'all' ? 'all' : target.registry;
  let [id, atMs] = [freezeId(place, nowMs), nowMs];
  // Several within a millisecond are told apart by a moment that nobody else has.
  while (others.some((other) => other.id === id)) id = freezeId(place, ++atMs);
  return { id, target, reason, untilMs, sinceMs: nowMs, origin };
}

function freezeId(place: string, sinceMs: number): string {
  return `${place}-freeze-${new Date(sinceMs).toISOString().replace(/[-:.]/g, '')}`;
}

function isSameOrder(one: FreezeOrder, other: FreezeOrder): boolean {
  return one.reason === other.reason && one.untilMs === other.untilMs;
}
