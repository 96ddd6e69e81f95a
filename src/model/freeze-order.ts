// SPDX-License-Identifier: Apache-2.0
// What a person orders to be frozen, as it is written in the configuration, on the command line and in a request. Pure.

export type FreezeTarget =
  | { readonly kind: 'all' }
  | { readonly kind: 'registry'; readonly registry: string }
  /** `service`: as its registry spells it. */
  | { readonly kind: 'service'; readonly registry: string; readonly service: string };

export interface FreezeOrder {
  readonly target: FreezeTarget;
  /** Why, for whoever finds it. */
  readonly reason: string;
  /** Epoch ms; undefined: until somebody ends it. */
  readonly untilMs: number | undefined;
}

/** In characters. */
export const LONGEST_REASON = 200;
const LONGEST_TARGET = 500;

/** `*`, `east` or `east/ORDERS`. */
export function targetText(target: FreezeTarget): string {
  switch (target.kind) {
    case 'all':
      return '*';
    case 'registry':
      return target.registry;
    case 'service':
      return `${target.registry}/${target.service}`;
  }
}

/** undefined: it is no target. Nobody is asked whether there is such a registry or service. */
export function targetFrom(text: string): FreezeTarget | undefined {
  if (text === '*') return { kind: 'all' };
  const [, registry, service] = /^([a-z0-9]{1,15})(?:\/(.+))?$/s.exec(text) ?? [];
  if (registry === undefined || text.length > LONGEST_TARGET) return undefined;
  return service === undefined ? { kind: 'registry', registry } : { kind: 'service', registry, service };
}

/** One line that says something. */
export function isReason(text: string): boolean {
  return text.trim() !== '' && text.length <= LONGEST_REASON && !/[\p{Cc}\p{Cs}]/u.test(text);
}

/** Epoch ms of `2026-12-01T12:00:00Z` or with another offset from UTC; undefined: it is no such time. */
export function timeFrom(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : atMs;
}
