// SPDX-License-Identifier: Apache-2.0
// Remembers client processes beyond their streams: a process that was young when it first asked and comes back without an
// answer still holds nothing, however old it is by then. Bounded in number and in time.
import type { ClientProcess } from './client-identity.ts';
import type { KnownProcess } from './cold-start.ts';

/**
 * Younger than this at its first request, a process is taken to have been given nothing by anyone before, unless it is older
 * than this bridge: then a bridge that stood here before may have given it everything.
 */
const YOUNG_MS = 30_000;
/** Start times are computed from a wall clock, which may be corrected between two readings. */
const START_TOLERANCE_MS = 2000;
const FORGET_AFTER_MS = 3_600_000;
const MAX_REMEMBERED = 500;

interface Remembered extends KnownProcess {
  readonly nodeId: string;
  readonly startedAtMs: number;
  wasAnswered: boolean;
  seenAtMs: number;
}

export class ProcessMemory {
  readonly #servingSinceMs: number;
  /** Only those that were young when met; in the order of being seen, oldest first. */
  readonly #remembered = new Set<Remembered>();

  /** `servingSinceMs`: when this bridge began, epoch ms of its own clock. */
  constructor(servingSinceMs: number) {
    this.#servingSinceMs = servingSinceMs;
  }

  /** The process behind a new stream. What is returned stays true as more becomes known. */
  meet(process: ClientProcess, nowMs: number): KnownProcess {
    const entry = this.#find(process) ?? this.#firstMeeting(process, nowMs);
    if (!entry.wasYoung) return entry;
    entry.seenAtMs = nowMs;
    this.#remembered.delete(entry);
    this.#remembered.add(entry);
    this.#forget(nowMs);
    return entry;
  }

  /** From now on it holds something of ours. */
  answered(process: ClientProcess): void {
    const known = this.#find(process);
    if (known !== undefined) known.wasAnswered = true;
  }

  get size(): number {
    return this.#remembered.size;
  }

  #find({ nodeId, startedAtMs }: ClientProcess): Remembered | undefined {
    for (const entry of this.#remembered) {
      if (entry.nodeId === nodeId && Math.abs(entry.startedAtMs - startedAtMs) <= START_TOLERANCE_MS) return entry;
    }
    return undefined;
  }

  /** By ages, not by `startedAtMs`: the client's wall clock may be another one than ours. */
  #firstMeeting({ nodeId, startedAtMs, ageMs }: ClientProcess, nowMs: number): Remembered {
    const ownAgeMs = nowMs - this.#servingSinceMs;
    const wasYoung = ageMs <= YOUNG_MS && ageMs <= ownAgeMs + START_TOLERANCE_MS;
    return { nodeId, startedAtMs, firstAskedAtMs: nowMs, wasYoung, wasAnswered: false, seenAtMs: nowMs };
  }

  /** A forgotten process that comes back is no longer young, so it counts as one that may hold entries: it waits. */
  #forget(nowMs: number): void {
    for (const entry of this.#remembered) {
      const isOld = nowMs - entry.seenAtMs > FORGET_AFTER_MS;
      if (!isOld && this.#remembered.size <= MAX_REMEMBERED) return;
      this.#remembered.delete(entry);
    }
  }
}
