// SPDX-License-Identifier: Apache-2.0
// Applies the cold-start rule to the connected clients: gathers the facts, asks serve/cold-start.ts, releases whom it says
// may be answered, and looks again when a bound runs out or something changed. Idle while the snapshot is complete.
import type { Cancel, Clock } from '../lib/clock.ts';
import { isLookingOnly } from './client-identity.ts';
import { clientRange } from './client-range.ts';
import { type ColdStartClient, type ColdStartVerdict, judge, type KnownProcess, mayHoldEntries } from './cold-start.ts';
import { neverWaits } from './istio-range.ts';
import { type AskReadiness, readyAddress } from './istiod-ready.ts';
import { OwnReadiness } from './own-readiness.ts';
import { ProcessMemory } from './process-memory.ts';
import { isLegacy } from './protocol.ts';
import type { ServedStream } from './served-stream.ts';
import { isHeldBack, type StreamEffect } from './stream.ts';

export interface ColdStartWatchDeps {
  readonly boundMs: number | undefined;
  /** Clients of legacy MCP are taken to hold nothing unless they say that they do. */
  readonly answersLegacy: boolean;
  readonly clock: Clock;
  readonly askReadiness: AskReadiness;
  readonly streams: () => Iterable<ServedStream>;
  readonly isComplete: () => boolean;
  readonly release: (stream: ServedStream, waitedMs: number) => void;
}

export class ColdStartWatch {
  readonly #deps: ColdStartWatchDeps;
  readonly #memory: ProcessMemory;
  readonly #readiness: OwnReadiness;
  /** By stream id. */
  readonly #processes = new Map<string, KnownProcess>();
  #verdicts: ReadonlyMap<string, ColdStartVerdict> = new Map();
  /** When the last client left that may hold entries of ours. */
  #holderLeftAtMs: number | undefined;
  /** When one was last known to be connected to another replica. Not told to others, or two of them would remind each other for ever. */
  #heldElsewhereAtMs = Number.NEGATIVE_INFINITY;
  #cancelReview: Cancel = () => {};
  #reviewAtMs = Number.POSITIVE_INFINITY;
  #isClosed = false;

  constructor(deps: ColdStartWatchDeps) {
    this.#deps = deps;
    this.#memory = new ProcessMemory(deps.clock.now());
    const { clock, askReadiness: ask } = deps;
    this.#readiness = new OwnReadiness({ clock, ask, onChange: () => this.reviewSoon() });
  }

  /** For the admin pages. */
  verdict(stream: ServedStream): ColdStartVerdict {
    return this.#verdicts.get(stream.id) ?? { kind: 'notWaiting' };
  }

  stepped(stream: ServedStream, effects: readonly StreamEffect[]): void {
    for (const effect of effects) this.#learn(stream, effect);
    this.reviewSoon();
  }

  closed(stream: ServedStream): void {
    if (this.#isHolder(stream)) this.#holderLeftAtMs = this.#deps.clock.now();
    this.#processes.delete(stream.id);
    this.#readiness.forget(stream.id);
    this.reviewSoon();
  }

  /** Many streams may change in one turn of the event loop: they are looked at together. */
  reviewSoon(): void {
    if (!this.#deps.isComplete()) {
      this.#reviewIn(0);
      return;
    }
    this.#verdicts = new Map();
    this.#readiness.close();
  }

  /** How long ago a client was here that may hold entries of ours; undefined: none was. */
  heldAgoMs(): number | undefined {
    const nowMs = this.#deps.clock.now();
    for (const stream of this.#deps.streams()) if (this.#isHolder(stream)) return 0;
    return this.#holderLeftAtMs === undefined ? undefined : nowMs - this.#holderLeftAtMs;
  }

  /** Such a client was connected to another replica of this bridge then: to this one it is one that left. */
  heldElsewhere(atMs: number): void {
    this.#heldElsewhereAtMs = Math.max(this.#heldElsewhereAtMs, atMs);
    this.reviewSoon();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelReview();
    this.#readiness.close();
  }

  #learn(stream: ServedStream, effect: StreamEffect): void {
    const { process } = stream.state.identity ?? {};
    if (process === undefined) return;
    if (effect.kind === 'introduced') {
      this.#processes.set(stream.id, this.#memory.meet(process, this.#deps.clock.now()));
    } else if (givesEntries(stream, effect)) {
      this.#memory.answered(process);
    }
  }

  #reviewIn(delayMs: number): void {
    const { clock } = this.#deps;
    const atMs = clock.now() + delayMs;
    if (this.#isClosed || atMs >= this.#reviewAtMs) return;
    this.#cancelReview();
    this.#reviewAtMs = atMs;
    this.#cancelReview = clock.after(delayMs, () => {
      this.#reviewAtMs = Number.POSITIVE_INFINITY;
      this.#review();
    });
  }

  #review(): void {
    const { boundMs, clock, streams, isComplete, release } = this.#deps;
    if (isComplete()) return;
    const nowMs = clock.now();
    const all = [...streams()];
    if (boundMs !== undefined) this.#readiness.watch(this.#whomToAsk(all));
    const holderLeftAtMs = Math.max(this.#holderLeftAtMs ?? Number.NEGATIVE_INFINITY, this.#heldElsewhereAtMs);
    this.#verdicts = judge(
      all.map((stream) => this.#facts(stream)),
      { boundMs, holderLeftAtMs, nowMs },
    );
    for (const stream of all) {
      const verdict = this.#verdicts.get(stream.id);
      if (verdict?.kind === 'waitUntil') this.#reviewIn(verdict.atMs - nowMs);
      if (verdict?.kind === 'answer') release(stream, verdict.waitedMs);
    }
  }

  #isHolder(stream: ServedStream): boolean {
    return stream.state.subscriptions.size > 0 && mayHoldEntries(this.#facts(stream));
  }

  #facts(stream: ServedStream): ColdStartClient {
    const { protocol, identity, subscriptions, released } = stream.state;
    const isWaiting = [...subscriptions.values()].some((sub) => !sub.last && isHeldBack(stream.state, sub));
    const process = this.#processes.get(stream.id);
    const notReadySinceMs = this.#readiness.notReadySinceMs(stream.id);
    // What this bridge itself gave it is no less there for its not being ready.
    const emptySinceMs = process?.wasAnswered === true ? undefined : notReadySinceMs;
    return {
      streamId: stream.id,
      standing: released ? 'released' : isWaiting ? 'waiting' : 'other',
      looksOnly: identity !== undefined && isLookingOnly(identity),
      // Over legacy MCP Pilot waits for every collection, in every release.
      neverWaits: !isLegacy(protocol) && neverWaits(clientRange(stream.state)),
      process,
      emptySinceMs: isLegacy(protocol) ? this.#legacyEmptySinceMs(stream) : emptySinceMs,
    };
  }

  /** Those that wait and whose age says nothing. */
  #whomToAsk(streams: readonly ServedStream[]): ReadonlyMap<string, string> {
    const addresses = new Map<string, string>();
    for (const stream of streams) {
      const { standing, neverWaits, process } = this.#facts(stream);
      const address = readyAddress(stream.peer, stream.state.identity);
      const isTold = process?.wasYoung === true;
      if (standing === 'waiting' && !neverWaits && !isTold && address !== undefined) addresses.set(stream.id, address);
    }
    return addresses;
  }

  /** Nothing of legacy MCP tells a process that has just started from one that runs, but a list of what it holds. */
  #legacyEmptySinceMs({ state, connectedAtMs }: ServedStream): number | undefined {
    if (!this.#deps.answersLegacy) return undefined;
    const saysItHolds = [...state.subscriptions.values()].some(({ held }) => held !== undefined && held.size > 0);
    const wasGiven = [...state.subscriptions.values()].some(({ kind, last }) => {
      return last?.complete === true && kind !== undefined && state.publishedKinds.has(kind);
    });
    return saysItHolds || wasGiven ? undefined : connectedAtMs;
  }
}

/**
 * An answer out of the whole of every registry counts when it leaves; an early one when it was acknowledged, since a client
 * that lost its connection before it could read it is as unready as it was.
 */
function givesEntries({ state }: ServedStream, effect: StreamEffect): boolean {
  if (effect.kind !== 'send' && effect.kind !== 'acked') return false;
  const sub = state.subscriptions.get(effect.topic);
  if (sub?.kind === undefined || !state.publishedKinds.has(sub.kind)) return false;
  return effect.kind === 'acked' || sub.last?.complete === true;
}
