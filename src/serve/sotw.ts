// SPDX-License-Identifier: Apache-2.0
// State-of-the-world xDS as istiod's config source client speaks it (Istio 1.9 and newer): what a DiscoveryRequest means
// to a stream, and the bytes of a DiscoveryResponse. The oddities of the protocol stand here, each once.
import { envoy } from '../proto/messages.gen.js';
import { readIdentity } from './client-identity.ts';
import type { Send, StreamEvent, StreamState } from './stream.ts';
import { kindOf } from './type-url.ts';

export type DiscoveryRequest = envoy.service.discovery.v3.DiscoveryRequest.$Properties;

/** A response in three pieces, of which the large one is shared by all clients. */
export interface PreparedResponse {
  readonly head: Uint8Array;
  readonly body: Uint8Array;
  readonly tail: Uint8Array;
}

/** istiod asks for 16 types; a stranger may not make us remember any number of them, nor long ones. */
const MAX_TYPES = 200;
const MAX_TYPE_URL = 500;
const MAX_MESSAGE = 1000;

/**
 * What a request means, in order. `resource_names` is not looked at: istiod sends none, and the answer to other clients is
 * the whole set too, which the protocol allows.
 */
export function readRequest(state: StreamState, request: DiscoveryRequest): readonly StreamEvent[] {
  const event = readTypeRequest(state, request);
  // The node comes with the first request of a stream only (a client may repeat it, or never send it): the first one counts.
  const identity = state.identity === undefined ? readIdentity(request) : undefined;
  return identity === undefined ? [event] : [{ kind: 'introduced', identity }, event];
}

function readTypeRequest(state: StreamState, request: DiscoveryRequest): StreamEvent {
  const typeUrl = request.typeUrl ?? '';
  const nonce = request.responseNonce ?? '';
  const sub = state.subscriptions.get(typeUrl);
  // The first request for a type on a stream subscribes, whatever its nonce and version: istiod, in every release, opens
  // with a nonce that nobody issued (the text of the current time), and after a reconnect begins just so again.
  if (sub === undefined) return readFirstRequest(state, typeUrl);
  if (sub.last === undefined) return { kind: 'ignored', typeUrl, reason: 'not answered yet' };
  // A nonce only means something against the last one that *we* sent for *this* type on *this* stream.
  if (nonce === sub.last.nonce) return readAnswer(request, typeUrl);
  // Without any nonce it is no answer but a new question: the whole set again, under the same version if it is the same.
  if (nonce === '') return { kind: 'asked', typeUrl, resourceKind: sub.kind };
  return { kind: 'ignored', typeUrl, reason: 'stale nonce' };
}

function readFirstRequest(state: StreamState, typeUrl: string): StreamEvent {
  if (typeUrl === '') return { kind: 'ignored', typeUrl, reason: 'no type' };
  if (typeUrl.length > MAX_TYPE_URL) {
    return { kind: 'ignored', typeUrl: typeUrl.slice(0, MAX_TYPE_URL), reason: 'type url too long' };
  }
  if (state.subscriptions.size >= MAX_TYPES) return { kind: 'ignored', typeUrl, reason: 'too many types' };
  return { kind: 'asked', typeUrl, resourceKind: kindOf(typeUrl) };
}

/** istiod itself never sends `error_detail`: it only logs what it drops. Other clients do refuse. */
function readAnswer({ errorDetail }: DiscoveryRequest, typeUrl: string): StreamEvent {
  if (!errorDetail) return { kind: 'acked', typeUrl };
  return { kind: 'nacked', typeUrl, message: (errorDetail.message ?? '').slice(0, MAX_MESSAGE) };
}

/**
 * The response to send. Fields of a protobuf message may come in any order on the wire, and pieces of one may simply be
 * joined: so the resources, by far the most of it, are the same bytes for everyone.
 */
export function prepareResponse({ typeUrl, set, withVersions, nonce }: Send): PreparedResponse {
  const { DiscoveryResponse } = envoy.service.discovery.v3;
  return {
    head: DiscoveryResponse.encode({ versionInfo: set.version, typeUrl }).finish(),
    body: set.joined(withVersions),
    tail: DiscoveryResponse.encode({ nonce }).finish(),
  };
}
