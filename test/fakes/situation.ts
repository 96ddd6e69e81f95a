// A bridge as its status page sees it; each test replaces what it is about.
import assert from 'node:assert/strict';
import type { Situation } from '../../src/admin/headline.ts';
import type { RegistryView } from '../../src/admin/views.ts';
import { fakeViews } from './fake-views.ts';

const views = fakeViews();
const READY = { conditions: [{ name: 'not draining', isMet: true }], information: [] };
const [STALE] = views.registries();

export function registry(replaced: Partial<RegistryView> = {}): RegistryView {
  assert.ok(STALE !== undefined);
  return { ...STALE, state: 'live', sinceMs: undefined, lastError: undefined, ...replaced };
}

export function situation(state: string, registries = [registry()], held: readonly string[] = []): Situation {
  const overview = views.overview();
  return { overview: { ...overview, snapshot: { ...overview.snapshot, state }, held }, readiness: READY, registries };
}
