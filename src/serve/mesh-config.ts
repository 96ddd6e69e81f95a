// SPDX-License-Identifier: Apache-2.0
// The service before ResourceSource, as tools of Istio 1.0 and Pilot 1.1 (with USE_MCP_LEGACY=1) speak it: what a
// MeshConfigRequest means to a stream, and the bytes of a MeshConfigResponse. A topic is a collection or the url of a message.
import { istio } from '../proto/messages.gen.js';
import { type Frame, field } from '../snapshot/frame.ts';
import type { Adapter, PreparedResponse } from './adapter.ts';
import { readSinkIdentity } from './client-identity.ts';
import { kindOfCollection } from './collection.ts';
import { introduction, readTopicRequest } from './read-request.ts';
import type { Send, StreamEvent, StreamState } from './stream.ts';
import { WHOLE_SET } from './subscription.ts';

const { MeshConfigResponse } = istio.mcp.v1alpha1;

export type MeshConfigRequest = istio.mcp.v1alpha1.MeshConfigRequest.$Properties;

export const meshConfig: Adapter<MeshConfigRequest> = { protocol: 'aggregated', read, prepare };

/** `version_info` is not looked at: Galley 1.1 compared it, and so sent what was refused again at once, and again. */
function read(state: StreamState, request: MeshConfigRequest): readonly StreamEvent[] {
  const event = readTopicRequest(state, {
    topic: request.typeUrl ?? '',
    nonce: request.responseNonce ?? '',
    refusal: request.errorDetail ?? undefined,
    kindOf: kindOfCollection,
    wants: WHOLE_SET,
  });
  return [...introduction(state, () => readSinkIdentity(request.sinkNode ?? undefined)), event];
}

/** Tag of `repeated Resource resources = 2`; in Istio 1.0 `repeated Envelope envelopes`, of the same form. */
const RESOURCES_TAG = 0x12;

const resourceFrame: Frame = ({ bytes }) => field(RESOURCES_TAG, [bytes]);

function prepare({ topic, set, nonce }: Send): PreparedResponse {
  return {
    head: MeshConfigResponse.encode({ versionInfo: set.version, typeUrl: topic }).finish(),
    body: set.joined(resourceFrame),
    tail: MeshConfigResponse.encode({ nonce }).finish(),
  };
}
