// SPDX-License-Identifier: Apache-2.0
// How much is too much to be gone at once: a decision over counts, nothing else. What is gone is what a service had at the
// start of the window, or in the read before, whichever is more, less what it lists.
import type { Service, ServiceKey } from '../model/service.ts';
import type { GuardOptions } from './options.ts';
import type { Window } from './window.ts';

type Services = ReadonlyMap<ServiceKey, Service>;

export interface Loss {
  readonly key: ServiceKey;
  /** At the start of the window. */
  readonly start: number;
  /** The same, or in the read before, whichever is more. At least 1. */
  readonly had: number;
  /** Now. May be more than it had. */
  readonly lists: number;
}

/** One for each service that had an instance. What is held counts as gone. */
export function lossesOf({ start }: Window, former: Services, listed: Services): readonly Loss[] {
  const counts = new Map<ServiceKey, number>(start);
  for (const [key, { instances }] of former) counts.set(key, Math.max(start.get(key) ?? 0, instances.length));
  return [...counts].flatMap(([key, had]) => {
    const lists = listed.get(key)?.instances.length ?? 0;
    return had === 0 ? [] : [{ key, start: start.get(key) ?? 0, had, lists }];
  });
}

/** How many instances of one service are gone, less those that others took the place of. */
export function lostOf({ had, lists }: Loss): number {
  return Math.max(0, had - lists);
}

/**
 * True when more than `removalSharePercent` of the services list nothing any more, or more than that share of the instances is
 * gone; at least `removalMinimum` of them in either case.
 *
 * What one service does alone is not counted among the instances: that it lists nothing any more, or again no fewer than at
 * the start of the window (a deployment that ran two generations side by side). It is measured without it whether the rest
 * lost too much. Two services that do so count in full.
 */
export function isTooMuch(
  losses: readonly Loss[],
  limits: Pick<GuardOptions, 'removalSharePercent' | 'removalMinimum'>,
): boolean {
  const isOver = (lost: number, of: number) =>
    lost >= limits.removalMinimum && lost * 100 > limits.removalSharePercent * of;
  const emptied = losses.filter(({ lists }) => lists === 0);
  if (isOver(emptied.length, losses.length)) return true;
  const own = losses.filter(isOwnAffair);
  const judged = own.length === 1 ? losses.filter((one) => one !== own[0]) : losses;
  return isOver(sum(judged.map(lostOf)), sum(judged.map(({ had }) => had)));
}

function isOwnAffair(loss: Loss): boolean {
  return lostOf(loss) > 0 && (loss.lists === 0 || loss.lists >= loss.start);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
