// SPDX-License-Identifier: Apache-2.0
// THE PIPELINE, in order. One turn takes what the registries say and returns what is to be served; the only thing that it
// remembers is the guard's memory, and the only effect of it is left to the caller (publishing).
//
//     registry ─▶ limits ─▶ guard ─▶ convert ─▶ admit ─▶ encode ─▶ (snapshot ─▶ serve)
//
// `serve` and `convert` both run exactly this, so what `footbridge convert` prints is what istiod is sent.
import { createGate } from '../admit/gate.ts';
import { type ConvertObserver, createConverter } from '../convert/convert.ts';
import { createEncoder } from '../convert/encode.ts';
import type { Converted } from '../convert/entry.ts';
import { addFreeze, removeFreeze } from '../guard/freeze.ts';
import { emptyGuardMemory, type GuardMemory, guardStep } from '../guard/guard.ts';
import type { Freeze, Guarded } from '../guard/guarded.ts';
import { releaseHold } from '../guard/release.ts';
import { withRestored } from '../guard/restored-memory.ts';
import type { FreezeOrder } from '../model/freeze-order.ts';
import type { Excess } from '../registry/limit/excess.ts';
import { createSliceLimit, type LimitedSlices } from '../registry/limit/limit-slices.ts';
import type { Slice } from '../registry/registry.ts';
import type { Resource } from '../snapshot/resource.ts';
import type { PipelineOptions } from './options.ts';

export interface Turn {
  /** What is taken in of what the registries say. */
  readonly slices: readonly Slice[];
  /** What is left out of it, by registry. */
  readonly excess: ReadonlyMap<string, Excess>;
  readonly guarded: Guarded;
  /** What conversion made, before the gate: for `explain`. */
  readonly proposed: readonly Converted[];
  /** The same after the gate, in the same order: its entry, if any is left, and every problem on its way. */
  readonly converted: readonly Converted[];
  readonly resources: readonly Resource[];
  /** What the guard remembers after it: with it another process can go on from here. */
  readonly memory: GuardMemory;
}

export interface TurnStages {
  /** Runs every stage once. Unchanged services cost an identity comparison. */
  run(slices: readonly Slice[], nowMs: number): Turn;
  /** What the next turn will take in of these slices. */
  takenIn(slices: readonly Slice[]): readonly Slice[];
  /** Ends a hold by hand, which the next run shows. False: there is no hold of that name (any more). */
  release(holdId: string, nowMs: number): boolean;
  /** Freezes by hand, from the next run on. undefined: there are too many. */
  freeze(order: FreezeOrder, nowMs: number): Freeze | undefined;
  /** Ends a freeze by hand, which the next run shows. False: there is none of that name by hand (any more). */
  thaw(freezeId: string): boolean;
  /** The same with other options: stages are made anew, the guard keeps its memory. */
  withOptions(options: PipelineOptions): TurnStages;
  /** The same, as if what the guard of another process remembered, of registries that this one knows nothing of, had been seen by this one. */
  withMemory(memory: GuardMemory): TurnStages;
}

export function createTurnStages(options: PipelineOptions, observer: ConvertObserver = {}): TurnStages {
  return stages(options, observer, emptyGuardMemory);
}

function stages(options: PipelineOptions, observer: ConvertObserver, initial: GuardMemory): TurnStages {
  const limit = createSliceLimit(options.limits);
  const converter = createConverter(options.convert, observer);
  const gate = createGate(options.admit);
  const encode = createEncoder(observer);
  let memory = initial;
  let last:
    | { readonly from: readonly Slice[]; readonly beside: GuardMemory; readonly limited: LimitedSlices }
    | undefined;
  const limitOnce = (slices: readonly Slice[]): LimitedSlices => {
    // What is there decides only where there is too much.
    if (last?.from === slices && (last.beside === memory || last.limited.excess.size === 0)) return last.limited;
    const limited = limit(slices, (registry) => memory.registries.get(registry));
    last = { from: slices, beside: memory, limited };
    return limited;
  };
  return {
    takenIn: (slices) => limitOnce(slices).slices,
    run(from, nowMs) {
      const { slices, excess } = limitOnce(from);
      const step = guardStep(memory, slices, nowMs, options.guard);
      memory = step.memory;
      const proposed = converter.convert(step.guarded);
      const { seniority } = step.guarded;
      const converted = gate.admit(proposed, (key) => seniority.get(key)?.presentSinceMs ?? Number.POSITIVE_INFINITY);
      const resources = converted.flatMap(({ entry }) => (entry === undefined ? [] : [encode(entry)]));
      return { slices, excess, guarded: step.guarded, proposed, converted, resources, memory };
    },
    release(holdId, nowMs) {
      const former = memory;
      memory = releaseHold(former, holdId, nowMs);
      return memory !== former;
    },
    freeze(order, nowMs) {
      const added = addFreeze(memory, order, nowMs);
      memory = added?.memory ?? memory;
      return added?.freeze;
    },
    thaw(freezeId) {
      const former = memory;
      memory = removeFreeze(former, freezeId);
      return memory !== former;
    },
    withOptions: (next) => stages(next, observer, memory),
    withMemory: (restored) => stages(options, observer, withRestored(memory, restored)),
  };
}
