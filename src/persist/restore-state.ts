// SPDX-License-Identifier: Apache-2.0
// Which part of a saved state a process begins with. Pure. Each registry is judged by itself: one that is not restored is read
// as at any first start, and holds back the answer to istiod until then.
import type { GuardMemory, RegistryMemory } from '../guard/memory.ts';
import { restoredMemory } from '../guard/restored-memory.ts';
import { duration } from '../lib/ago.ts';
import { printable } from '../lib/printable.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import { createScope, type ScopeOptions, scopeDigest } from '../registry/scope.ts';
import { refusal, type StateRefusal } from './refusal.ts';
import type { SavedRegistry, SavedState } from './saved-state.ts';

export interface Restoration {
  readonly memory: GuardMemory;
  /** What each restored registry listed, for as long as it cannot be read. */
  readonly contents: ReadonlyMap<string, RestoredContent>;
  readonly refusals: readonly StateRefusal[];
}

export interface RestoredContent {
  readonly services: ReadonlyMap<ServiceKey, Service>;
  readonly readAtMs: number;
  /** It was read with another scope than the one of now, which has yet to be asked. */
  readonly isOtherScope: boolean;
}

export interface ExpectedRegistry {
  readonly kind: string;
  readonly scope: ScopeOptions;
}

/** `expected`: the configured registries. `maxAgeMs` undefined: no state is too old. */
export function restoreState(
  state: SavedState,
  expected: ReadonlyMap<string, ExpectedRegistry>,
  maxAgeMs: number | undefined,
  nowMs: number,
): Restoration {
  const memories = new Map<string, RegistryMemory>();
  const contents = new Map<string, RestoredContent>();
  const refusals: StateRefusal[] = [];
  for (const saved of state.registries) {
    const configured = expected.get(saved.name);
    const refused = judge(saved, configured, maxAgeMs, nowMs);
    if (refused !== undefined) refusals.push(refused);
    if (refused !== undefined || configured === undefined) continue;
    const isOtherScope = saved.scope !== scopeDigest(configured.scope);
    const readAtMs = Math.min(saved.readAtMs, nowMs);
    memories.set(saved.name, isOtherScope ? rescoped(saved.memory, configured.scope) : saved.memory);
    contents.set(saved.name, { services: saved.memory.listed, readAtMs, isOtherScope });
  }
  return { memory: restoredMemory(memories, state.seniority, state.freezes, nowMs), contents, refusals };
}

function judge(
  { name, kind, readAtMs }: SavedRegistry,
  configured: ExpectedRegistry | undefined,
  maxAgeMs: number | undefined,
  nowMs: number,
): StateRefusal | undefined {
  const shown = printable(name, 15);
  if (configured === undefined) return refusal('STATE_OTHER_REGISTRY', 'no registry has this name', shown);
  if (configured.kind !== kind) {
    return refusal('STATE_OTHER_REGISTRY', `it is of kind ${configured.kind} there, not ${printable(kind, 30)}`, shown);
  }
  const ageMs = nowMs - readAtMs;
  if (maxAgeMs === undefined || ageMs <= maxAgeMs) return undefined;
  return refusal('STATE_TOO_OLD', `read ${duration(ageMs)} ago, at most ${duration(maxAgeMs)}`, shown);
}

/**
 * As if the operator had changed the scope while the process ran: what is listed and outside goes at the first step. What is held
 * is not listed, so nobody would ask the scope about it again; it is asked here.
 */
function rescoped(memory: RegistryMemory, scope: ScopeOptions): RegistryMemory {
  const isInScope = createScope(scope);
  const missing = [...memory.missing].flatMap(([key, list]) => {
    const kept = list.filter(({ instance }) => isInScope(instance));
    return kept.length === 0 ? [] : [[key, kept] as const];
  });
  return { ...memory, missing: new Map(missing), scopeRevision: BEFORE_ANY_REVISION };
}

const BEFORE_ANY_REVISION = -1;
