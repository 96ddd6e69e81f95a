// SPDX-License-Identifier: Apache-2.0
// State-of-the-world xDS as istiod's config source client speaks it (Istio 1.9 and newer): what a DiscoveryRequest means
// to a stream, and the bytes of a DiscoveryResponse. The oddities of the protocol stand here, each once.
import { envoy } from '../proto/messages.gen.js';
import { anyFrame, anyFrameWithoutVersion } from '../snapshot/frame.ts';
import type { Adapter, PreparedResponse } from './adapter.ts';
import { readIdentity } from './client-identity.ts';
import { introduction, readTopicRequest } from './read-request.ts';
import type { Send, StreamEvent, StreamState } from './stream.ts';
import { WHOLE_SET } from './subscription.ts';
import { kindOf } from './type-url.ts';

const { DiscoveryResponse } = envoy.service.discovery.v3;

export type DiscoveryRequest = envoy.service.discovery.v3.DiscoveryRequest.$Properties;

export const sotw: Adapter<DiscoveryRequest> = { protocol: 'sotw', read, prepare };

/** `resource_names` is not looked at: istiod sends none, and the whole set is an answer to other clients too. */
function read(state: StreamState, request: DiscoveryRequest): readonly StreamEvent[] {
  const event = readTopicRequest(state, {
    topic: request.typeUrl ?? '',
    nonce: request.responseNonce ?? '',
    refusal: request.errorDetail ?? undefined,
    kindOf,
    wants: WHOLE_SET,
  });
  return [...introduction(state, () => readIdentity(request)), event];
}

function prepare({ topic, set, withVersions, nonce }: Send): PreparedResponse {
  return {
    head: DiscoveryResponse.encode({ versionInfo: set.version, typeUrl: topic }).finish(),
    body: set.joined(withVersions ? anyFrame : anyFrameWithoutVersion),
    tail: DiscoveryResponse.encode({ nonce }).finish(),
  };
}
