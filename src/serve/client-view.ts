// SPDX-License-Identifier: Apache-2.0
// What is known of one connected client, as plain values for the admin port, `explain` and tests.
import { clientRange } from './client-range.ts';
import type { ColdStartVerdict } from './cold-start.ts';
import { rangeText } from './istio-range.ts';
import type { ProtocolName } from './protocol.ts';
import { receiveLimit } from './receive-limit.ts';
import { currentSet, isHeldBack, type StreamState } from './stream.ts';
import type { Subscription } from './subscription.ts';

/** Times are epoch milliseconds. */
export interface ClientView {
  readonly streamId: string;
  readonly peer: string;
  readonly protocol: ProtocolName;
  /** It came in over TLS. */
  readonly isEncrypted: boolean;
  /** Of the certificate that it showed; undefined: it showed none. */
  readonly certificateNames: readonly string[] | undefined;
  /** undefined: it never said. */
  readonly nodeId: string | undefined;
  readonly revision: string | undefined;
  /** Which Istio it can be: `1.24–1.29`, `?`. */
  readonly istio: string;
  readonly connectedAtMs: number;
  readonly coldStart: ColdStartVerdict;
  /** It was answered before every registry was read, and no complete snapshot has come since. */
  readonly answeredEarly: boolean;
  /** In the order of asking. */
  readonly types: readonly TypeView[];
}

export interface TypeView {
  /** Type url or collection. */
  readonly typeUrl: string;
  readonly kind: string | undefined;
  /** What it asked for by name; undefined: everything. */
  readonly names: readonly string[] | undefined;
  /** Of the response that would tell it all that it asked for as it is now. */
  readonly currentVersion: string;
  /** held: it waits for the first good read. owed: its answer is due. inFlight: sent, not acknowledged. settled: answered. */
  readonly state: 'held' | 'owed' | 'inFlight' | 'settled';
  readonly sent:
    | { readonly version: string; readonly nonce: string; readonly resources: number; readonly atMs: number }
    | undefined;
  /** The last response was larger than such a client reads unless it is told to. */
  readonly tooLarge: { readonly bytes: number; readonly limitBytes: number; readonly remedy: string } | undefined;
  /** istiod acknowledges whatever it could read: this says "received", never "accepted". */
  readonly acked: { readonly version: string; readonly snapshotCreatedAtMs: number; readonly atMs: number } | undefined;
  readonly nacked: { readonly version: string; readonly message: string; readonly atMs: number } | undefined;
  /** The client has owed an answer to the last response for longer than it may. */
  readonly isOverdue: boolean;
  /** For how long the client has been without what is current; 0: it has it. */
  readonly lagMs: number;
}

/** What a view needs of a stream. */
export interface ViewedStream {
  readonly id: string;
  readonly peer: string;
  readonly isEncrypted: boolean;
  readonly names: readonly string[] | undefined;
  readonly connectedAtMs: number;
  readonly state: StreamState;
  /** Of the last response of each topic. */
  readonly sentBytes: ReadonlyMap<string, number>;
}

export function viewClient(
  stream: ViewedStream,
  coldStart: ColdStartVerdict,
  nowMs: number,
  ackOverdueMs: number,
): ClientView {
  const { state, peer, connectedAtMs } = stream;
  const { identity, subscriptions, released } = state;
  return {
    streamId: stream.id,
    peer,
    protocol: state.protocol,
    isEncrypted: stream.isEncrypted,
    certificateNames: stream.names,
    nodeId: identity?.nodeId || undefined,
    revision: identity?.revision,
    istio: rangeText(clientRange(state)),
    connectedAtMs,
    coldStart,
    answeredEarly: released,
    types: [...subscriptions.values()].map((sub) => viewType(stream, sub, nowMs, ackOverdueMs)),
  };
}

function viewType(
  { state, sentBytes }: ViewedStream,
  sub: Subscription,
  nowMs: number,
  ackOverdueMs: number,
): TypeView {
  const limit = receiveLimit(state);
  const bytes = sentBytes.get(sub.topic) ?? 0;
  const { topic, kind, all, names, delivery, last, acked, nacked, behindSinceMs } = sub;
  return {
    typeUrl: topic,
    kind,
    names: all ? undefined : [...names],
    currentVersion: currentSet(state, sub).version,
    state: delivery.kind === 'owed' && isHeldBack(state, sub) ? 'held' : delivery.kind,
    sent: last && { version: last.version, nonce: last.nonce, resources: last.resources, atMs: last.sentAtMs },
    tooLarge: limit && bytes > limit.bytes ? { bytes, limitBytes: limit.bytes, remedy: limit.remedy } : undefined,
    acked: acked && {
      version: acked.response.version,
      snapshotCreatedAtMs: acked.response.snapshotCreatedAtMs,
      atMs: acked.atMs,
    },
    nacked: nacked && { version: nacked.response.version, message: nacked.message, atMs: nacked.atMs },
    isOverdue: isOverdue(sub, nowMs, ackOverdueMs),
    lagMs: behindSinceMs === undefined ? 0 : Math.max(0, nowMs - behindSinceMs),
  };
}

function isOverdue({ delivery, last }: Subscription, nowMs: number, ackOverdueMs: number): boolean {
  const isOwed = delivery.kind === 'inFlight' && !delivery.answered;
  return isOwed && last !== undefined && nowMs - last.sentAtMs > ackOverdueMs;
}
