// SPDX-License-Identifier: Apache-2.0
// Who may be answered before every registry was read. Pure: facts about the connected clients in, a verdict for each out.
//
// A client deletes whatever an answer leaves out. So one that may hold entries of ours waits, for ever if need be: it
// loses nothing by it. An istiod that has just started is different: from 1.16 on it is not ready until every type is
// answered, and one team's broken registry must not keep the control plane of a mesh down. It is answered after a bound,
// if it certainly holds nothing, and only when no other client that may hold entries was here for as long: in a rolling
// restart the old istiods are ended as soon as the new one is ready, and with them the last copy of the entries would go.

export interface ColdStartClient {
  readonly streamId: string;
  /** waiting: asked for what we publish and is held back. released: was answered by this rule on this stream. */
  readonly standing: 'waiting' | 'released' | 'other';
  /** It asks only to look; it keeps nothing that could be lost. */
  readonly looksOnly: boolean;
  /** It is ready without our answer (Istio up to 1.15). */
  readonly neverWaits: boolean;
  /** What is remembered of its process; undefined where the process cannot be told. */
  readonly process: KnownProcess | undefined;
  /**
   * Since when it is taken to hold nothing for another reason than its age: its own `/ready` says that it is not ready, or the
   * configuration says so of clients of its protocol. undefined: there is none.
   */
  readonly emptySinceMs: number | undefined;
}

export interface KnownProcess {
  /** When it first asked us for something, on this stream or an earlier one. */
  readonly firstAskedAtMs: number;
  /** It had only just started when it first asked, and not before this bridge did. */
  readonly wasYoung: boolean;
  /** It was given entries, or acknowledged an early answer, on this stream or an earlier one. */
  readonly wasAnswered: boolean;
}

export type ColdStartVerdict =
  | { readonly kind: 'notWaiting' }
  | { readonly kind: 'waitForRegistries'; readonly because: WaitReason }
  | { readonly kind: 'waitUntil'; readonly atMs: number }
  | { readonly kind: 'answer'; readonly waitedMs: number };

export type WaitReason =
  | 'no bound is configured'
  | 'it is ready without this answer'
  | 'it may hold entries'
  | 'another connected client may hold entries';

export interface ColdStartSituation {
  /** undefined: nobody is ever answered early. */
  readonly boundMs: number | undefined;
  /**
   * When the last client left that may hold entries; undefined: there was none. It may only have lost its connection
   * (istiod 1.16+ dials again within a second, and after a long outage within a minute), so the bound counts from here too.
   */
  readonly holderLeftAtMs: number | undefined;
  readonly nowMs: number;
}

/** By stream id. */
export function judge(
  clients: readonly ColdStartClient[],
  situation: ColdStartSituation,
): ReadonlyMap<string, ColdStartVerdict> {
  const someoneMayHold = clients.some(mayHoldEntries);
  return new Map(clients.map((client) => [client.streamId, judgeOne(client, situation, someoneMayHold)]));
}

/** Whether something could be lost with this client, as far as can be known. */
export function mayHoldEntries(client: ColdStartClient): boolean {
  return !client.looksOnly && client.standing !== 'released' && holdsNothingSinceMs(client) === undefined;
}

function judgeOne(
  client: ColdStartClient,
  { boundMs, holderLeftAtMs = Number.NEGATIVE_INFINITY, nowMs }: ColdStartSituation,
  someoneMayHold: boolean,
): ColdStartVerdict {
  if (client.standing !== 'waiting') return { kind: 'notWaiting' };
  if (boundMs === undefined) return wait('no bound is configured');
  if (client.looksOnly || client.neverWaits) return wait('it is ready without this answer');
  const sinceMs = holdsNothingSinceMs(client);
  if (sinceMs === undefined) return wait('it may hold entries');
  if (someoneMayHold) return wait('another connected client may hold entries');
  const dueAtMs = Math.max(sinceMs, holderLeftAtMs) + boundMs;
  if (nowMs < dueAtMs) return { kind: 'waitUntil', atMs: dueAtMs };
  return { kind: 'answer', waitedMs: nowMs - sinceMs };
}

/**
 * A process that was answered and comes back is not believed to hold nothing more than that: in between it may have been
 * given everything by another replica of this bridge.
 */
function holdsNothingSinceMs({ process, emptySinceMs }: ColdStartClient): number | undefined {
  return process?.wasYoung === true && !process.wasAnswered ? process.firstAskedAtMs : emptySinceMs;
}

function wait(because: WaitReason): ColdStartVerdict {
  return { kind: 'waitForRegistries', because };
}
