// SPDX-License-Identifier: Apache-2.0
// What a request for whole topics means to a stream, in every protocol that is made of nonces: a question, an answer to what was
// sent, or nothing. Where the protocols differ (how topics are called, what is wanted of them) their own files say so.
import type { ClientIdentity } from './client-identity.ts';
import type { StreamEvent, StreamState } from './stream.ts';
import type { Wants } from './subscription.ts';

export interface TopicRequest {
  readonly topic: string;
  readonly nonce: string;
  /** It refuses what was sent. */
  readonly refusal: Refused | undefined;
  /** Of the topic, as the snapshot calls it. */
  readonly kindOf: (topic: string) => string | undefined;
  readonly wants: Wants;
}

export interface Refused {
  readonly message?: string | null;
}

/** A stranger may not make us remember long names. */
const LONGEST_TOPIC = 500;
const LONGEST_MESSAGE = 1000;

/**
 * Who the client is, if this request is the first on its stream that says so: a client may repeat it, or never send it, and the
 * first one counts. `read`: what the request says of it.
 */
export function introduction(
  { identity }: StreamState,
  read: () => ClientIdentity | undefined,
): readonly Extract<StreamEvent, { kind: 'introduced' }>[] {
  const first = identity === undefined ? read() : undefined;
  return first === undefined ? [] : [{ kind: 'introduced', identity: first }];
}

export function readTopicRequest(state: StreamState, request: TopicRequest): StreamEvent {
  const { topic, nonce, kindOf, wants } = request;
  const sub = state.subscriptions.get(topic);
  // The first request for a topic on a stream subscribes, whatever its nonce and version: istiod, in every release, opens
  // with a nonce that nobody issued (the text of the current time), and after a reconnect begins just so again.
  if (sub === undefined) return readFirstRequest(state, request);
  if (sub.last === undefined) return { kind: 'ignored', topic, reason: 'not answered yet' };
  // A nonce only means something against the last one that *we* sent for *this* topic on *this* stream.
  if (nonce === sub.last.nonce) return readAnswer(topic, wants.news, request.refusal);
  // Without any nonce it is no answer but a new question: the whole set again, under the same version if it is the same.
  if (nonce === '') return { kind: 'asked', topic, resourceKind: kindOf(topic), wants };
  return { kind: 'ignored', topic, reason: 'stale nonce' };
}

export function readFirstRequest(state: StreamState, { topic, kindOf, wants }: TopicRequest): StreamEvent {
  if (topic === '') return { kind: 'ignored', topic, reason: 'no topic' };
  if (topic.length > LONGEST_TOPIC) {
    return { kind: 'ignored', topic: topic.slice(0, LONGEST_TOPIC), reason: 'name too long' };
  }
  if (state.subscriptions.size >= state.mostSubscriptions) return { kind: 'ignored', topic, reason: 'too many topics' };
  return { kind: 'asked', topic, resourceKind: kindOf(topic), wants };
}

/** istiod itself never refuses over xDS: it only logs what it drops. Other clients do, and so does Istio up to 1.8. */
export function readAnswer(topic: string, news: Wants['news'], refusal: Refused | undefined): StreamEvent {
  if (refusal === undefined) return { kind: 'acked', topic, news };
  return { kind: 'nacked', topic, news, message: (refusal.message ?? '').slice(0, LONGEST_MESSAGE) };
}
