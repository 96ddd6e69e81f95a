// SPDX-License-Identifier: Apache-2.0
// One stream of one client as a pure state machine: events in, new state and effects out. It decides when what is sent and
// what is held back. It knows no wire format: how a protocol's messages become events stands in that protocol's file.
import type { Changes } from '../snapshot/changes.ts';
import { emptySet, type ResourceSet, type Snapshot, setForOldIstio, subset } from '../snapshot/snapshot.ts';
import { type ClientIdentity, takesVersions } from './client-identity.ts';
import { readsOldForm } from './old-form.ts';
import type { ProtocolName } from './protocol.ts';
import type { NamesChange, Response, Subscription, Wants } from './subscription.ts';
import * as subscription from './subscription.ts';

/** What holds for as long as the stream is open. */
export interface StreamOpening {
  readonly protocol: ProtocolName;
  /** Before a count. It must differ from that of every other stream that this client may have had, unless it subscribes anew. */
  readonly noncePrefix: string;
  /** Minor release of Istio that a client of legacy MCP is taken for while what it asks for does not tell. */
  readonly legacyMinor: number;
  readonly publishedKinds: ReadonlySet<string>;
  /** Topics that it may ask for. */
  readonly mostSubscriptions: number;
}

export interface StreamState extends StreamOpening {
  readonly noncesMade: number;
  readonly snapshot: Snapshot;
  readonly identity: ClientIdentity | undefined;
  /** By topic (type url or collection), in the order of asking. */
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  /** This client may be answered from an incomplete snapshot (serve/cold-start.ts), until there is a complete one. */
  readonly released: boolean;
}

export type StreamEvent =
  | { readonly kind: 'introduced'; readonly identity: ClientIdentity }
  /** `resourceKind`: what the snapshot calls it; undefined: nothing is ever published under this topic. */
  | {
      readonly kind: 'asked';
      readonly topic: string;
      readonly resourceKind: string | undefined;
      readonly wants: Wants;
    }
  /** Other names from here on. */
  | ({ readonly kind: 'adjusted'; readonly topic: string } & NamesChange)
  /** `news`: what it wants from here on. */
  | { readonly kind: 'acked'; readonly topic: string; readonly news: Wants['news'] }
  | { readonly kind: 'nacked'; readonly topic: string; readonly news: Wants['news']; readonly message: string }
  /** The protocol found nothing to do in a request. */
  | { readonly kind: 'ignored'; readonly topic: string; readonly reason: IgnoreReason }
  | { readonly kind: 'published'; readonly snapshot: Snapshot }
  | { readonly kind: 'released' }
  /** It is this stream's turn to be sent what is due. */
  | { readonly kind: 'turn' }
  /** The transport took the response. */
  | { readonly kind: 'written'; readonly topic: string };

export type IgnoreReason =
  | 'no topic'
  | 'name too long'
  | 'too many topics'
  | 'too many names'
  | 'not answered yet'
  | 'stale nonce'
  | 'nothing new in it';

export interface Send {
  readonly kind: 'send';
  readonly topic: string;
  /** What the client has when it has taken this. */
  readonly set: ResourceSet;
  /** What of it has to be told; undefined: all of it. */
  readonly changes: Changes | undefined;
  /** Whether each resource carries its version. */
  readonly withVersions: boolean;
  readonly nonce: string;
}

export type StreamEffect =
  | Send
  | { readonly kind: 'introduced'; readonly identity: ClientIdentity }
  | { readonly kind: 'held'; readonly topic: string }
  | { readonly kind: 'acked'; readonly topic: string; readonly response: Response }
  | { readonly kind: 'nacked'; readonly topic: string; readonly response: Response; readonly message: string }
  | { readonly kind: 'ignored'; readonly topic: string; readonly reason: IgnoreReason };

export interface Step {
  readonly state: StreamState;
  readonly effects: readonly StreamEffect[];
}

export function openStream(opening: StreamOpening, snapshot: Snapshot): StreamState {
  return { ...opening, snapshot, noncesMade: 0, identity: undefined, subscriptions: new Map(), released: false };
}

/** `atMs`: epoch milliseconds. */
export function step(state: StreamState, event: StreamEvent, atMs: number): Step {
  switch (event.kind) {
    case 'introduced':
      return { state: { ...state, identity: event.identity }, effects: [event] };
    case 'asked':
      return sendEmpty(asked(state, event, atMs), atMs);
    case 'adjusted':
      return sendEmpty({ state: adjusted(state, event, atMs), effects: [] }, atMs);
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
      return sendEmpty({ state: change(state, event.topic, subscription.written), effects: [] }, atMs);
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

/** What the client should have of this topic now. */
export function currentSet(state: StreamState, sub: Subscription): ResourceSet {
  const whole = wholeSet(state, sub);
  return sub.all ? whole : subset(whole, sub.names);
}

function wholeSet(state: StreamState, { kind, topic }: Subscription): ResourceSet {
  const set = kind === undefined ? undefined : state.snapshot.kinds.get(kind);
  if (set === undefined) return emptySet(kind ?? topic);
  return readsOldForm(state) ? setForOldIstio(set) : set;
}

function isDue(state: StreamState, sub: Subscription): boolean {
  return !isHeldBack(state, sub) && subscription.isDue(sub, currentSet(state, sub));
}

function asked(state: StreamState, event: Extract<StreamEvent, { kind: 'asked' }>, atMs: number): Step {
  const { topic, resourceKind, wants } = event;
  const former = state.subscriptions.get(topic);
  const sub =
    former === undefined
      ? subscription.subscribe(topic, resourceKind, wants, atMs)
      : subscription.askAgain(former, wants.news);
  const next = { ...state, subscriptions: new Map(state.subscriptions).set(topic, sub) };
  return { state: next, effects: isHeldBack(next, sub) ? [{ kind: 'held', topic }] : [] };
}

function adjusted(state: StreamState, event: Extract<StreamEvent, { kind: 'adjusted' }>, atMs: number): StreamState {
  return change(state, event.topic, (sub) => {
    const next = subscription.adjust(sub, event, wholeSet(state, sub));
    return subscription.compared(next, currentSet(state, next), atMs);
  });
}

function answered(state: StreamState, event: Extract<StreamEvent, { kind: 'acked' | 'nacked' }>, atMs: number): Step {
  const { news, ...answer } = event;
  const response = state.subscriptions.get(answer.topic)?.last;
  if (response === undefined) return { state, effects: [] };
  const next = change(state, answer.topic, (former) => {
    const sub = { ...former, news };
    if (answer.kind === 'nacked') return subscription.nacked(sub, answer.message, atMs);
    return subscription.compared(subscription.acked(sub, atMs), currentSet(state, sub), atMs);
  });
  return { state: next, effects: [{ ...answer, response }] };
}

function published(state: StreamState, snapshot: Snapshot, atMs: number): StreamState {
  // From its first complete snapshot on, a released client holds what every other one holds, and is guarded like them.
  const next = { ...state, snapshot, released: state.released && !snapshot.complete };
  const compare = (sub: Subscription) => subscription.compared(sub, currentSet(next, sub), atMs);
  return { ...next, subscriptions: new Map([...state.subscriptions].map(([topic, sub]) => [topic, compare(sub)])) };
}

/** A response without resources costs nothing, so it waits for no turn: istiod starts only when all of its many types are answered. */
function sendEmpty(step: Step, atMs: number): Step {
  return sendDue(step, atMs, (resources) => resources === 0);
}

function sendDue(step: Step, atMs: number, isWanted: (resources: number) => boolean): Step {
  let { state } = step;
  const effects: StreamEffect[] = [...step.effects];
  for (const sub of step.state.subscriptions.values()) {
    if (!isDue(state, sub)) continue;
    const set = currentSet(state, sub);
    const changes = subscription.changesFor(sub, set);
    if (!isWanted(changes?.changed.length ?? set.resources.size)) continue;
    const nonce = `${state.noncePrefix}${state.noncesMade + 1}`;
    const response = { ...describeResponse(state.snapshot, set, nonce, atMs), askedAtMs: sub.askedAtMs };
    state = {
      ...change(state, sub.topic, (it) => subscription.sent(it, response, set, changes)),
      noncesMade: state.noncesMade + 1,
    };
    const withVersions = takesVersions(state.identity);
    effects.push({ kind: 'send', topic: sub.topic, set, changes, withVersions, nonce });
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

function change(state: StreamState, topic: string, to: (sub: Subscription) => Subscription): StreamState {
  const sub = state.subscriptions.get(topic);
  if (sub === undefined) return state;
  return { ...state, subscriptions: new Map(state.subscriptions).set(topic, to(sub)) };
}
