// SPDX-License-Identifier: Apache-2.0
// What a reload would change, and whether it may. It decides nothing else: the caller applies a live plan, and keeps the
// running configuration for any other.
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from './load.ts';

export type ReloadPlan =
  | { readonly kind: 'unchanged' }
  /** Every changed key can be applied while running. */
  | { readonly kind: 'live'; readonly keys: readonly string[] }
  /** At least one changed key cannot; nothing of it may be applied. `sentence` says which. */
  | {
      readonly kind: 'restart';
      readonly keys: readonly string[];
      readonly live: readonly string[];
      readonly sentence: string;
    };

/** Compares effective values, not spellings: `60s` and `1m` are the same, and so is a default written out. */
export function planReload(running: Settings, next: Settings): ReloadPlan {
  const changed = [...new Set([...running.keys(), ...next.keys()])].filter(
    (key) => !isDeepStrictEqual(running.get(key)?.value, next.get(key)?.value),
  );
  if (changed.length === 0) return { kind: 'unchanged' };
  // A key on one side alone belongs to a registry that came, went or changed its kind.
  const isLive = (key: string) => [running, next].every((settings) => settings.get(key)?.field.reload === 'live');
  const live = changed.filter(isLive);
  const keys = changed.filter((key) => !isLive(key));
  return keys.length === 0
    ? { kind: 'live', keys: live }
    : { kind: 'restart', keys, live, sentence: sentence(keys, live) };
}

const MOST_NAMED = 10;

function sentence(keys: readonly string[], live: readonly string[]): string {
  const named = keys.slice(0, MOST_NAMED).join(', ');
  const more = keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : '';
  const rest = live.length === 0 ? '' : ` Nothing was applied, not even ${live.slice(0, MOST_NAMED).join(', ')}.`;
  return `The running configuration stays, because a change of ${named}${more} needs a restart.${rest}`;
}
