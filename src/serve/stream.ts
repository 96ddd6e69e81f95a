// SPDX-License-Identifier: Apache-2.0
// One stream of one client as a pure state machine: events in, new state and effects out. It decides when what is sent and
// what is held back. It knows no wire format: how a protocol's messages become events stands in that protocol's file.
import { emptySet, type ResourceSet, type Snapshot } from '../snapshot/snapshot.ts';
import { type ClientIdentity, takesVersions } from './client-identity.ts';
import type { Response, Subscription } from './subscription.ts';
import * as subscription from './subscription.ts';

export interface StreamState {
  readonly publishedKinds: ReadonlySet<string>;
  readonly noncePrefix: string;
  readonly noncesMade: number;
  readonly snapshot: Snapshot;
  readonly identity: ClientIdentity | undefined;
  /** By type url, in the order of asking. */
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  /** This client may be answered from an incomplete snapshot (serve/cold-start.ts), until there is a complete one. */
  readonly released: boolean;
}

export type StreamEvent =
  | { readonly kind: 'introduced'; readonly identity: ClientIdentity }
  /** `resourceKind`: what the snapshot calls it; undefined: nothing is ever published under this url. */
  | { readonly kind: 'asked'; readonly typeUrl: string; readonly resourceKind: string | undefined }
  | { readonly kind: 'acked'; readonly typeUrl: string }
  | { readonly kind: 'nacked'; readonly typeUrl: string; readonly message: string }
  /** The protocol found nothing to do in a request. */
  | { readonly kind: 'ignored'; readonly typeUrl: string; readonly reason: IgnoreReason }
  | { readonly kind: 'published'; readonly snapshot: Snapshot }
  | { readonly kind: 'released' }
  /** It is this stream's turn to be sent what is due. */
  | { readonly kind: 'turn' }
  /** The transport took the response. */
  | { readonly kind: 'written'; readonly typeUrl: string };

export type IgnoreReason = 'no type' | 'type url too long' | 'too many types' | 'not answered yet' | 'stale nonce';

export interface Send {
  readonly kind: 'send';
  readonly typeUrl: string;
  readonly set: ResourceSet;
  /** Whether each resource carries its version. */
  readonly withVersions: boolean;
  readonly nonce: string;
}

export type StreamEffect =
  | Send
  | { readonly kind: 'introduced'; readonly identity: ClientIdentity }
  | { readonly kind: 'held'; readonly typeUrl: string }
  | { readonly kind: 'acked'; readonly typeUrl: string; readonly response: Response }
  | { readonly kind: 'nacked'; readonly typeUrl: string; readonly response: Response; readonly message: string }
  | { readonly kind: 'ignored'; readonly typeUrl: string; readonly reason: IgnoreReason };

export interface Step {
  readonly state: StreamState;
  readonly effects: readonly StreamEffect[];
}

/** `noncePrefix` must differ from that of every other stream that this client may have had. */
export function openStream(noncePrefix: string, publishedKinds: ReadonlySet<string>, snapshot: Snapshot): StreamState {
  const fresh = { noncesMade: 0, identity: undefined, subscriptions: new Map(), released: false };
  return { publishedKinds, noncePrefix, snapshot, ...fresh };
}

/** `atMs`: epoch milliseconds. */
export function step(state: StreamState, event: StreamEvent, atMs: number): Step {
  switch (event.kind) {
    case 'introduced':
      return { state: { ...state, identity: event.identity }, effects: [event] };
    case 'asked':
      return sendEmpty(asked(state, event.typeUrl, event.resourceKind, atMs), atMs);
    case 'acked':
    case 'nacked':
      return sendEmpty(answered(state, event, atMs), atMs);
    case 'ignored':
      return { state, effects: [event] };
    case 'published':
      return sendEmpty({ state: published(state, event.snapshot, atMs), effects: [] }, atMs);
    case 'released':
      return sendEmpty({ state: { ...state, released: true }, effects: [] }, atMs);
    case 'turn':
      return sendDue({ state, effects: [] }, atMs, () => true);
    case 'written':
      return sendEmpty({ state: change(state, event.typeUrl, subscription.written), effects: [] }, atMs);
  }
}

/** Whether a turn would send anything. */
export function wantsTurn(state: StreamState): boolean {
  for (const sub of state.subscriptions.values()) if (isDue(state, sub)) return true;
  return false;
}

/**
 * Whether this type must not be answered now. A client deletes what an answer leaves out, so what we publish is only ever
 * sent from a snapshot that holds the whole of every registry, or to a client that is known to hold nothing of ours.
 */
export function isHeldBack({ snapshot, publishedKinds, released }: StreamState, { kind }: Subscription): boolean {
  if (kind === undefined || snapshot.complete || released) return false;
  return publishedKinds.has(kind) || snapshot.kinds.has(kind);
}

/** What would be sent for this type now. */
export function currentSet(state: StreamState, { kind, typeUrl }: Subscription): ResourceSet {
  return (kind === undefined ? undefined : state.snapshot.kinds.get(kind)) ?? emptySet(kind ?? typeUrl);
}

function isDue(state: StreamState, sub: Subscription): boolean {
  return !isHeldBack(state, sub) && subscription.isDue(sub, currentSet(state, sub).version);
}

function asked(state: StreamState, typeUrl: string, kind: string | undefined, atMs: number): Step {
  const former = state.subscriptions.get(typeUrl);
  const sub = former === undefined ? subscription.subscribe(typeUrl, kind, atMs) : subscription.askAgain(former);
  const next = { ...state, subscriptions: new Map(state.subscriptions).set(typeUrl, sub) };
  return { state: next, effects: isHeldBack(next, sub) ? [{ kind: 'held', typeUrl }] : [] };
}

function answered(state: StreamState, event: Extract<StreamEvent, { kind: 'acked' | 'nacked' }>, atMs: number): Step {
  const { typeUrl } = event;
  const response = state.subscriptions.get(typeUrl)?.last;
  if (response === undefined) return { state, effects: [] };
  const next = change(state, typeUrl, (sub) => {
    if (event.kind === 'nacked') return subscription.nacked(sub, event.message, atMs);
    return subscription.compared(subscription.acked(sub, atMs), currentSet(state, sub).version, atMs);
  });
  return { state: next, effects: [{ ...event, response }] };
}

function published(state: StreamState, snapshot: Snapshot, atMs: number): StreamState {
  // From its first complete snapshot on, a released client holds what every other one holds, and is guarded like them.
  const next = { ...state, snapshot, released: state.released && !snapshot.complete };
  const compare = (sub: Subscription) => subscription.compared(sub, currentSet(next, sub).version, atMs);
  return { ...next, subscriptions: new Map([...state.subscriptions].map(([url, sub]) => [url, compare(sub)])) };
}

/** An empty set costs nothing, so it waits for no turn: istiod starts only when all of its many types are answered. */
function sendEmpty(step: Step, atMs: number): Step {
  return sendDue(step, atMs, (set) => set.resources.size === 0);
}

function sendDue(step: Step, atMs: number, isWanted: (set: ResourceSet) => boolean): Step {
  let { state } = step;
  const effects: StreamEffect[] = [...step.effects];
  for (const sub of step.state.subscriptions.values()) {
    if (!isDue(state, sub)) continue;
    const set = currentSet(state, sub);
    if (!isWanted(set)) continue;
    const nonce = `${state.noncePrefix}${state.noncesMade + 1}`;
    const response = { ...describeResponse(state.snapshot, set, nonce, atMs), askedAtMs: sub.askedAtMs };
    state = {
      ...change(state, sub.typeUrl, (it) => subscription.sent(it, response)),
      noncesMade: state.noncesMade + 1,
    };
    effects.push({ kind: 'send', typeUrl: sub.typeUrl, set, withVersions: takesVersions(state.identity), nonce });
  }
  return { state, effects };
}

function describeResponse(
  snapshot: Snapshot,
  set: ResourceSet,
  nonce: string,
  sentAtMs: number,
): Omit<Response, 'askedAtMs'> {
  const { complete, createdAtMs } = snapshot;
  return {
    nonce,
    version: set.version,
    resources: set.resources.size,
    sentAtMs,
    snapshotCreatedAtMs: createdAtMs,
    complete,
  };
}

function change(state: StreamState, typeUrl: string, to: (sub: Subscription) => Subscription): StreamState {
  const sub = state.subscriptions.get(typeUrl);
  if (sub === undefined) return state;
  return { ...state, subscriptions: new Map(state.subscriptions).set(typeUrl, to(sub)) };
}
