// SPDX-License-Identifier: Apache-2.0
// Incremental xDS: what a DeltaDiscoveryRequest means to a stream, and the bytes of a DeltaDiscoveryResponse. No istiod speaks
// it to a config source yet; other clients of the protocol do.
import { envoy } from '../proto/messages.gen.js';
import { anyOf, type Frame, field } from '../snapshot/frame.ts';
import type { Adapter, PreparedResponse } from './adapter.ts';
import { readIdentity } from './client-identity.ts';
import { introduction, readAnswer, readFirstRequest } from './read-request.ts';
import type { Send, StreamEvent, StreamState } from './stream.ts';
import type { Subscription, Wants } from './subscription.ts';
import { kindOf } from './type-url.ts';

const { DeltaDiscoveryResponse } = envoy.service.discovery.v3;

export type DeltaDiscoveryRequest = envoy.service.discovery.v3.DeltaDiscoveryRequest.$Properties;

export const delta: Adapter<DeltaDiscoveryRequest> = { protocol: 'delta', read, prepare };

/** Nothing of ours is called so: `namespace/name` is at most 317 characters long. */
const LONGEST_NAME = 500;
/** Of all names that one client subscribes to under one type; far above the largest estate. */
const MAX_NAMES = 50_000;

function read(state: StreamState, request: DeltaDiscoveryRequest): readonly StreamEvent[] {
  const { node } = request;
  // The nonce is left out: of a process that speaks this protocol it tells nothing.
  const introduced = introduction(state, () => (node ? readIdentity({ node }) : undefined));
  const sub = state.subscriptions.get(request.typeUrl ?? '');
  return [...introduced, ...(sub === undefined ? [readFirst(state, request)] : readLater(sub, request))];
}

function readFirst(state: StreamState, request: DeltaDiscoveryRequest): StreamEvent {
  const topic = request.typeUrl ?? '';
  const wants = wantsOf(request);
  if (tooMany(wants.names)) return { kind: 'ignored', topic, reason: 'too many names' };
  return readFirstRequest(state, { topic, nonce: '', refusal: undefined, kindOf, wants });
}

/** Whoever names nothing, neither to have nor to be rid of, means everything; whoever named something once must say `*`. */
function wantsOf(request: DeltaDiscoveryRequest): Wants {
  const more = request.resourceNamesSubscribe ?? [];
  const less = request.resourceNamesUnsubscribe ?? [];
  const all = more.includes('*') || (more.length === 0 && less.length === 0);
  const names = new Set(more.filter(canBeOurs));
  const told = Object.entries(request.initialResourceVersions ?? {}).filter(([name]) => all || names.has(name));
  return { news: 'changes', all, names, held: new Map(told.map(([name, version]) => [name, { version }])) };
}

/**
 * One request may be an answer to a response and change the names at the same time; the names count whatever the nonce is. The answer
 * comes first: new names may be answered at once, and it is not about that response.
 */
function readLater(sub: Subscription, request: DeltaDiscoveryRequest): readonly StreamEvent[] {
  const { topic, last } = sub;
  const nonce = request.responseNonce ?? '';
  const isAnswer = last !== undefined && nonce === last.nonce;
  const answer = isAnswer ? [readAnswer(topic, 'changes', request.errorDetail ?? undefined)] : [];
  const events = [...answer, ...readNames(sub, request)];
  if (events.length > 0) return events;
  return [{ kind: 'ignored', topic, reason: nonce === '' ? 'nothing new in it' : 'stale nonce' }];
}

function readNames(sub: Subscription, request: DeltaDiscoveryRequest): readonly StreamEvent[] {
  const { topic, names } = sub;
  const more = (request.resourceNamesSubscribe ?? []).filter((name) => name === '*' || canBeOurs(name));
  const less = request.resourceNamesUnsubscribe ?? [];
  if (more.length === 0 && less.length === 0) return [];
  if (tooMany(new Set([...names, ...more]))) return [{ kind: 'ignored', topic, reason: 'too many names' }];
  return [{ kind: 'adjusted', topic, more, less }];
}

function canBeOurs(name: string): boolean {
  return name !== '*' && name.length <= LONGEST_NAME;
}

function tooMany(names: ReadonlySet<string>): boolean {
  return names.size > MAX_NAMES;
}

/** Tags of `repeated Resource resources = 2` and, in a Resource, of `version = 1`, `resource = 2` and `name = 3`. */
const RESOURCES_TAG = 0x12;
const VERSION_TAG = 0x0a;
const RESOURCE_TAG = 0x12;
const NAME_TAG = 0x1a;

const resourceFrame: Frame = ({ name, version, bytes }) =>
  field(RESOURCES_TAG, [
    ...field(VERSION_TAG, [Buffer.from(version)]),
    ...field(NAME_TAG, [Buffer.from(name)]),
    ...field(RESOURCE_TAG, anyOf(bytes)),
  ]);

function prepare({ topic, set, changes, nonce }: Send): PreparedResponse {
  const { joined, removed } = changes ?? { joined: set.joined, removed: [] };
  return {
    head: DeltaDiscoveryResponse.encode({ systemVersionInfo: set.version, typeUrl: topic }).finish(),
    body: joined(resourceFrame),
    tail: DeltaDiscoveryResponse.encode({ nonce, removedResources: [...removed] }).finish(),
  };
}
