// SPDX-License-Identifier: Apache-2.0
// THE PIPELINE, in order. One turn takes what the registries say and returns what is to be served; the only thing that it
// remembers is the guard's memory, and the only effect of it is left to the caller (publishing).
//
//     registry ─▶ guard ─▶ convert ─▶ admit ─▶ encode ─▶ (snapshot ─▶ serve)
//
// `serve` and `convert` both run exactly this, so what `footbridge convert` prints is what istiod is sent.
import { createGate } from '../admit/gate.ts';
import { type ConvertObserver, createConverter } from '../convert/convert.ts';
import { createEncoder } from '../convert/encode.ts';
import type { Converted } from '../convert/entry.ts';
import { emptyGuardMemory, type GuardMemory, guardStep } from '../guard/guard.ts';
import type { Guarded } from '../guard/guarded.ts';
import { releaseHold } from '../guard/release.ts';
import type { Slice } from '../registry/registry.ts';
import type { Resource } from '../snapshot/resource.ts';
import type { PipelineOptions } from './options.ts';

export interface Turn {
  readonly slices: readonly Slice[];
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
  /** Ends a hold by hand, which the next run shows. False: there is no hold of that name (any more). */
  release(holdId: string, nowMs: number): boolean;
  /** The same with other options: stages are made anew, the guard keeps its memory. */
  withOptions(options: PipelineOptions): TurnStages;
  /** The same, as if what the guard of a former process remembered had been seen by this one. */
  withMemory(memory: GuardMemory): TurnStages;
}

export function createTurnStages(options: PipelineOptions, observer: ConvertObserver = {}): TurnStages {
  return stages(options, observer, emptyGuardMemory);
}

function stages(options: PipelineOptions, observer: ConvertObserver, initial: GuardMemory): TurnStages {
  const converter = createConverter(options.convert, observer);
  const gate = createGate(options.admit);
  const encode = createEncoder(observer);
  let memory = initial;
  return {
    run(slices, nowMs) {
      const step = guardStep(memory, slices, nowMs, options.guard);
      memory = step.memory;
      const proposed = converter.convert(step.guarded);
      const converted = proposed.map((unit) => gate.admit(unit));
      const resources = converted.flatMap(({ entry }) => (entry === undefined ? [] : [encode(entry)]));
      return { slices, guarded: step.guarded, proposed, converted, resources, memory };
    },
    release(holdId, nowMs) {
      const former = memory;
      memory = releaseHold(former, holdId, nowMs);
      return memory !== former;
    },
    withOptions: (next) => stages(next, observer, memory),
    withMemory: (restored) => stages(options, observer, restored),
  };
}
