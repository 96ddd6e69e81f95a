// A bridge as its status page sees it; each test replaces what it is about.
import assert from 'node:assert/strict';
import type { Situation } from '../../src/admin/headline.ts';
import type { HoldView } from '../../src/admin/overview.ts';
import type { RegistryView } from '../../src/admin/views.ts';
import { fakeViews, NOW_MS } from './fake-views.ts';

const views = fakeViews();
const READY = { conditions: [{ name: 'not draining', isMet: true }], information: [] };
const [STALE] = views.registries();

export function registry(replaced: Partial<RegistryView> = {}): RegistryView {
  assert.ok(STALE !== undefined);
  return { ...STALE, state: 'live', sinceMs: undefined, lastError: undefined, ...replaced };
}

export function situation(state: string, registries = [registry()], held: readonly string[] = []): Situation {
  const overview = views.overview();
  const snapshot = { ...overview.snapshot, state };
  return { overview: { ...overview, snapshot, holds: held.map(heldBecause) }, readiness: READY, registries };
}

/** A hold of which only the sentence matters. */
export function heldBecause(sentence: string): HoldView {
  const id = 'east-many-gone-20261126T120000000Z';
  const [sinceMs, confirmableAtMs] = [NOW_MS, NOW_MS + 300_000];
  return { id, registry: 'east', reason: 'many-gone', sinceMs, confirmableAtMs, services: 2, instances: 7, sentence };
}
