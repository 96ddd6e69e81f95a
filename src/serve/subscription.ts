// SPDX-License-Identifier: Apache-2.0
// What one stream wants and holds of one type: a pure state machine that says when a response is due. It knows nothing of
// nonces' meaning, of holding back or of bytes; those are the stream's and the protocol's.

/** A response that was sent. */
export interface Response {
  readonly nonce: string;
  /** Of the set that it carried. */
  readonly version: string;
  readonly resources: number;
  /** When the client first asked for the type. */
  readonly askedAtMs: number;
  readonly sentAtMs: number;
  readonly snapshotCreatedAtMs: number;
  /** Made from a snapshot that held the whole of every registry. */
  readonly complete: boolean;
}

export interface Refusal {
  readonly response: Response;
  readonly message: string;
  readonly atMs: number;
}

export interface Acceptance {
  readonly response: Response;
  readonly atMs: number;
}

/**
 * owed      an answer is due whatever it contains: the type was asked for and is not answered yet
 * inFlight  a response is under way; no other may follow until the transport took it *and* the client answered it
 * settled   the client answered the last response; another is due only when the content differs
 */
export type Delivery =
  | { readonly kind: 'owed' }
  | { readonly kind: 'inFlight'; readonly written: boolean; readonly answered: boolean; readonly askedAgain: boolean }
  | { readonly kind: 'settled' };

export interface Subscription {
  /** Verbatim, as the client wrote it. */
  readonly typeUrl: string;
  /** As the snapshot names it; undefined: a type that is always answered with nothing. */
  readonly kind: string | undefined;
  readonly askedAtMs: number;
  readonly delivery: Delivery;
  readonly last: Response | undefined;
  readonly acked: Acceptance | undefined;
  readonly nacked: Refusal | undefined;
  /** Since when the client lacks (as far as it acknowledged) what is current; undefined: it has it. */
  readonly behindSinceMs: number | undefined;
}

export function subscribe(typeUrl: string, kind: string | undefined, atMs: number): Subscription {
  const unanswered = { last: undefined, acked: undefined, nacked: undefined };
  return { typeUrl, kind, askedAtMs: atMs, delivery: { kind: 'owed' }, ...unanswered, behindSinceMs: atMs };
}

/** The client wants the whole set once more, even if it did not change. */
export function askAgain(sub: Subscription): Subscription {
  if (sub.delivery.kind === 'inFlight') return { ...sub, delivery: { ...sub.delivery, askedAgain: true } };
  return { ...sub, delivery: { kind: 'owed' } };
}

/** Whether a response with this version should be sent now. A refused version is not offered again: only other content is. */
export function isDue(sub: Subscription, version: string): boolean {
  if (sub.delivery.kind === 'settled') return sub.last?.version !== version;
  return sub.delivery.kind === 'owed';
}

export function sent(sub: Subscription, response: Response): Subscription {
  return { ...sub, last: response, delivery: { kind: 'inFlight', written: false, answered: false, askedAgain: false } };
}

/** The transport has taken the response. */
export function written(sub: Subscription): Subscription {
  return sub.delivery.kind === 'inFlight' ? landed(sub, { ...sub.delivery, written: true }) : sub;
}

/** The client acknowledged its last response. */
export function acked(sub: Subscription, atMs: number): Subscription {
  if (sub.last === undefined) return sub;
  return answered({ ...sub, acked: { response: sub.last, atMs }, nacked: undefined });
}

/** The client refused its last response. */
export function nacked(sub: Subscription, message: string, atMs: number): Subscription {
  if (sub.last === undefined) return sub;
  return answered({ ...sub, nacked: { response: sub.last, message, atMs } });
}

/** Keeps `behindSinceMs` true to what is current. */
export function compared(sub: Subscription, currentVersion: string, atMs: number): Subscription {
  const behind = sub.acked?.response.version !== currentVersion;
  if (behind === (sub.behindSinceMs !== undefined)) return sub;
  return { ...sub, behindSinceMs: behind ? atMs : undefined };
}

function answered(sub: Subscription): Subscription {
  return sub.delivery.kind === 'inFlight' ? landed(sub, { ...sub.delivery, answered: true }) : sub;
}

function landed(sub: Subscription, flight: Extract<Delivery, { kind: 'inFlight' }>): Subscription {
  if (!flight.written || !flight.answered) return { ...sub, delivery: flight };
  return { ...sub, delivery: { kind: flight.askedAgain ? 'owed' : 'settled' } };
}
