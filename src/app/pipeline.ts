// SPDX-License-Identifier: Apache-2.0
// Runs the pipeline whenever something may have changed, and publishes when something did. It owns the scheduling and
// the one effect; what a turn does stands in turn.ts.
import type { Freeze } from '../guard/guarded.ts';
import type { GuardMemory } from '../guard/memory.ts';
import type { Cancel, Clock } from '../lib/clock.ts';
import { sameItems } from '../lib/same-objects.ts';
import type { FreezeOrder } from '../model/freeze-order.ts';
import type { Saving } from '../persist/state-writer.ts';
import type { Registry, Slice } from '../registry/registry.ts';
import { type Coalesced, coalesce } from '../snapshot/coalesce.ts';
import { createSnapshot, type Snapshot } from '../snapshot/snapshot.ts';
import type { SnapshotStore } from '../snapshot/store.ts';
import type { Turn, TurnStages } from './turn.ts';

export interface PipelineDeps {
  readonly registry: Registry;
  /** Told of each registry whose hold asks for a fresh read. */
  readonly readAnew: (registry: string) => void;
  readonly stages: TurnStages;
  readonly store: SnapshotStore;
  readonly clock: Clock;
  readonly quietPeriodMs: number;
  readonly ceilingMs: number;
  readonly observer: PipelineObserver;
  /** Asked to write down every turn: what it changed is published when that is done. undefined: nothing to wait for. */
  readonly save?: (turn: Turn) => Promise<Saving> | undefined;
}

export interface PipelineObserver {
  /** A turn is over, whether it published or not. */
  onTurn(turn: Turn, durationMs: number): void;
  /** Another snapshot is served from now on. */
  onPublish(snapshot: Snapshot, former: Snapshot): void;
}

export class Pipeline {
  readonly #deps: PipelineDeps;
  readonly #runSoon: Coalesced;
  #stages: TurnStages;
  /** Of the last turn that was run, and of the last one that is served, in the order of running. */
  #runs = 0;
  #settledRun = 0;
  #last: Turn | undefined;
  #changeSeenAtMs: number | undefined;
  #publishedAtMs: number | undefined;
  #cancelWake: Cancel = () => {};
  #isClosed = false;

  constructor(deps: PipelineDeps) {
    this.#deps = deps;
    this.#stages = deps.stages;
    const { quietPeriodMs, ceilingMs } = deps;
    this.#runSoon = coalesce(deps.clock, { quietPeriodMs, ceilingMs }, () => this.runOnce());
  }

  start(): void {
    this.#deps.registry.start(() => this.changed());
  }

  /** What the registries say now, as far as it is taken in. */
  slices(): readonly Slice[] {
    return this.#stages.takenIn(this.#deps.registry.slices());
  }

  /** Goes on from what another process remembered of registries that were not read yet, and publishes it at once. */
  restore(memory: GuardMemory): void {
    this.#stages = this.#stages.withMemory(memory);
    this.runOnce();
  }

  /** The last turn that is served, for the admin pages; undefined before the first. */
  last(): Turn | undefined {
    return this.#last;
  }

  /** Epoch ms; undefined before the first publication. */
  publishedAtMs(): number | undefined {
    return this.#publishedAtMs;
  }

  /** Something may have changed: a turn follows after the quiet period. */
  changed(): void {
    this.#changeSeenAtMs ??= this.#deps.clock.now();
    this.#runSoon.trigger();
  }

  /** Other options from here on; what does not change by them is not pushed, since versions are content hashes. */
  replaceStages(change: (stages: TurnStages) => TurnStages): void {
    this.#stages = change(this.#stages);
    this.changed();
  }

  /** Ends a hold by hand; a turn follows. False: there is no hold of that name (any more). */
  release(holdId: string): boolean {
    const isReleased = this.#stages.release(holdId, this.#deps.clock.now());
    if (isReleased) this.changed();
    return isReleased;
  }

  /** Freezes by hand; a turn follows. undefined: there are too many. */
  freeze(order: FreezeOrder): Freeze | undefined {
    const freeze = this.#stages.freeze(order, this.#deps.clock.now());
    if (freeze !== undefined) this.changed();
    return freeze;
  }

  /** Ends a freeze by hand; a turn follows. False: there is none of that name by hand (any more). */
  thaw(freezeId: string): boolean {
    const isThawed = this.#stages.thaw(freezeId);
    if (isThawed) this.changed();
    return isThawed;
  }

  runOnce(): void {
    const { clock, registry, observer, save } = this.#deps;
    // Only for the metric, and nothing depends on it: a Clock counts whole milliseconds, and a turn often takes less than one.
    const startedAt = performance.now();
    const turn = this.#stages.run(registry.slices(), clock.now());
    observer.onTurn(turn, performance.now() - startedAt);
    const changedAtMs = this.#changeSeenAtMs ?? clock.now();
    this.#changeSeenAtMs = undefined;
    const run = ++this.#runs;
    const saving = save?.(turn);
    if (saving === undefined) this.#settle(turn, run, changedAtMs);
    else void saving.then((end) => end === 'settled' && this.#settle(turn, run, changedAtMs));
    this.#wakeFor(turn);
    for (const name of turn.guarded.toReadAnew) this.#deps.readAnew(name);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelWake();
    this.#runSoon.close();
    await this.#deps.registry.close();
  }

  /** A turn that is written down after a newer one is served has nothing to say any more. */
  #settle(turn: Turn, run: number, changedAtMs: number): void {
    if (this.#isClosed || run < this.#settledRun) return;
    this.#settledRun = run;
    const former = this.#last;
    this.#last = turn;
    if (former === undefined || !sameOutcome(former, turn)) this.#publishIfChanged(turn, changedAtMs);
  }

  #publishIfChanged(turn: Turn, changedAtMs: number): void {
    const { store, clock, observer } = this.#deps;
    const former = store.current();
    const about = { serial: former.serial + 1, complete: turn.guarded.complete, createdAtMs: changedAtMs };
    const snapshot = createSnapshot(turn.resources, about);
    if (snapshot.fingerprint === former.fingerprint && snapshot.complete === former.complete) return;
    store.publish(snapshot);
    this.#publishedAtMs = clock.now();
    observer.onPublish(snapshot, former);
  }

  /** Debounces, holds and graces run out although no registry changes. */
  #wakeFor(turn: Turn): void {
    this.#cancelWake();
    const { wakeAtMs } = turn.guarded;
    if (wakeAtMs === undefined) return;
    const delayMs = Math.max(0, wakeAtMs - this.#deps.clock.now());
    this.#cancelWake = this.#deps.clock.after(delayMs, () => this.changed());
  }
}

/** Resources are cached by identity, so most turns (a read that confirmed what was known) end here. */
function sameOutcome(former: Turn, turn: Turn): boolean {
  return former.guarded.complete === turn.guarded.complete && sameItems(former.resources, turn.resources);
}
