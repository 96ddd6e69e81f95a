// SPDX-License-Identifier: Apache-2.0
// What to read next, and when: pure decisions over a small memory of former reads. The rules come from how Eureka's servers
// work: a delta covers the last 180 s of one server only, its hash is blind to identity, some changes are in no delta at
// all, and caches of 30 s can make a delta newer than the full list that is read right after it.
import { jittered } from '../../lib/jittered.ts';

export interface PlanOptions {
  readonly delta: boolean;
  readonly fullIntervalMs: number;
  readonly pollIntervalMs: number;
}

export interface ReadMemory {
  /** Name of the server of the last good read, and when that was. */
  readonly server: string;
  readonly goodAtMs: number;
  readonly fullAtMs: number;
  /** After this long the next full read is due; carries its jitter. */
  readonly fullAfterMs: number;
  /** A delta failed or disagreed: only a full read makes the estate certain again. */
  readonly doubted: boolean;
  /** Disagreeing deltas with nothing but full reads between them. */
  readonly mismatches: number;
  /** Pauses with no agreeing delta between them: each is twice as long. */
  readonly pauses: number;
  /** While it lasts, every read of this server is a full one. */
  readonly pause: Pause | undefined;
}

export interface Pause {
  readonly reason: 'refused' | 'mismatch';
  readonly sinceMs: number;
  readonly forMs: number;
}

export type FullReason = 'delta-off' | 'first' | 'server-changed' | 'gap' | 'doubted' | 'paused' | 'due';

export type Planned = { readonly kind: 'delta' } | { readonly kind: 'full'; readonly reason: FullReason };

/** Servers forget changes after 180 s; a third of that is left for the server's caches and our own delays. */
const LONGEST_GAP_MS = 120_000;
/** One period of the server's response cache: asked earlier, it gives the same answer. */
const CACHE_PERIOD_MS = 30_000;
const FIRST_PAUSE_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 60 * 60_000;
const FIRST_RETRY_MS = 1_000;

/** The first reason that applies, top down, makes it a full read. */
export function planRead(memory: ReadMemory | undefined, server: string, nowMs: number, options: PlanOptions): Planned {
  if (!options.delta) return full('delta-off');
  if (memory === undefined) return full('first');
  if (memory.server !== server) return full('server-changed');
  if (!isWithin(nowMs, memory.goodAtMs, LONGEST_GAP_MS)) return full('gap');
  if (memory.doubted) return full('doubted');
  if (memory.pause !== undefined && isWithin(nowMs, memory.pause.sinceMs, memory.pause.forMs)) return full('paused');
  if (!isWithin(nowMs, memory.fullAtMs, memory.fullAfterMs)) return full('due');
  return { kind: 'delta' };
}

/** `random` in [0, 1) spreads the next periodic full read. Another server is a new beginning for its deltas. */
export function afterFull(
  memory: ReadMemory | undefined,
  server: string,
  nowMs: number,
  options: PlanOptions,
  random: number,
): ReadMemory {
  const known = memory?.server === server ? memory : undefined;
  return {
    server,
    goodAtMs: nowMs,
    fullAtMs: nowMs,
    fullAfterMs: jittered(options.fullIntervalMs, random),
    doubted: false,
    mismatches: known?.mismatches ?? 0,
    pauses: known?.pauses ?? 0,
    pause: known?.pause,
  };
}

export function afterDelta(memory: ReadMemory, nowMs: number): ReadMemory {
  return { ...memory, goodAtMs: nowMs, doubted: false, mismatches: 0, pauses: 0, pause: undefined };
}

/** A delta that failed in any way: it may have told of something that is now missing. */
export function afterFailedDelta(memory: ReadMemory): ReadMemory {
  return { ...memory, doubted: true };
}

/** The server gives no deltas (403 where it is turned off, 404 where it knows none): not asked for again for an hour. */
export function afterRefusedDelta(memory: ReadMemory, nowMs: number): ReadMemory {
  return { ...memory, pause: { reason: 'refused', sinceMs: nowMs, forMs: LONGEST_PAUSE_MS } };
}

/**
 * The hash disagreed. Once: a full read at once. Twice in a row, with a full read between: deltas of this server cannot be
 * relied on for now (caches that race, remote regions), so they pause, and the full read waits (`mismatchWaitMs`).
 */
export function afterMismatch(memory: ReadMemory, nowMs: number): ReadMemory {
  if (memory.mismatches === 0) return { ...memory, doubted: true, mismatches: 1 };
  const forMs = Math.min(FIRST_PAUSE_MS * 2 ** memory.pauses, LONGEST_PAUSE_MS);
  const pause: Pause = { reason: 'mismatch', sinceMs: nowMs, forMs };
  return { ...memory, doubted: true, mismatches: 0, pauses: memory.pauses + 1, pause };
}

/** How long the full read after one more mismatch must wait: until the cache has turned over, if one did not help. */
export function mismatchWaitMs(memory: ReadMemory): number {
  return memory.mismatches === 0 ? 0 : CACHE_PERIOD_MS;
}

/** Pause before the next poll, after `failures` failed ones in a row: quick at first, then no faster than the rhythm. */
export function nextDelayMs(failures: number, waitMs: number, options: PlanOptions, random: number): number {
  const { pollIntervalMs } = options;
  // The exponent is bounded so that a week of failures does not overflow.
  const delayMs =
    failures === 0 ? pollIntervalMs : Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20), pollIntervalMs);
  return Math.max(jittered(delayMs, random), waitMs);
}

function full(reason: FullReason): Planned {
  return { kind: 'full', reason };
}

/** False also when the clock was set back: an age below zero proves nothing. */
function isWithin(nowMs: number, sinceMs: number, limitMs: number): boolean {
  const ageMs = nowMs - sinceMs;
  return ageMs >= 0 && ageMs < limitMs;
}
