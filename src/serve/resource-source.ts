// SPDX-License-Identifier: Apache-2.0
// Legacy MCP as Pilot of Istio 1.1 to 1.8 speaks it to Galley: what a RequestResources means to a stream, and the bytes of a
// Resources. A collection is asked for with an empty nonce, and answered at once, then whenever it changes.
import { istio } from '../proto/messages.gen.js';
import type { Holding } from '../snapshot/changes.ts';
import { type Frame, field } from '../snapshot/frame.ts';
import type { Adapter, PreparedResponse } from './adapter.ts';
import { readSinkIdentity } from './client-identity.ts';
import { kindOfCollection } from './collection.ts';
import { introduction, readTopicRequest } from './read-request.ts';
import type { Send, StreamEvent, StreamState } from './stream.ts';
import { type Wants, WHOLE_SET } from './subscription.ts';

const { Resources } = istio.mcp.v1alpha1;

export type RequestResources = istio.mcp.v1alpha1.RequestResources.$Properties;

export const resourceSource: Adapter<RequestResources> = { protocol: 'resource-source', read, prepare };

function read(state: StreamState, request: RequestResources): readonly StreamEvent[] {
  const event = readTopicRequest(state, {
    topic: request.collection ?? '',
    nonce: request.responseNonce ?? '',
    refusal: request.errorDetail ?? undefined,
    kindOf: kindOfCollection,
    wants: wantsOf(request),
  });
  return [...introduction(state, () => readSinkIdentity(request.sinkNode ?? undefined)), event];
}

/**
 * Only who asks for changes is told changes. Each request says so for what follows it: the refusal of Istio's sink does not, and is
 * followed by the whole set. Of who does not say what it holds the first answer is the whole set.
 */
function wantsOf({ incremental, initialResourceVersions }: RequestResources): Wants {
  if (incremental !== true) return WHOLE_SET;
  const versions = Object.entries(initialResourceVersions ?? {});
  const held: Holding | undefined =
    versions.length === 0 ? undefined : new Map(versions.map(([name, version]) => [name, { version }]));
  return { ...WHOLE_SET, news: 'changes', held };
}

/** Tag of `repeated Resource resources = 3`. */
const RESOURCES_TAG = 0x1a;

const resourceFrame: Frame = ({ bytes }) => field(RESOURCES_TAG, [bytes]);

function prepare({ topic, set, changes, nonce }: Send): PreparedResponse {
  const { joined, removed } = changes ?? { joined: set.joined, removed: [] };
  const incremental = changes !== undefined;
  return {
    head: Resources.encode({ systemVersionInfo: set.version, collection: topic, incremental }).finish(),
    body: joined(resourceFrame),
    tail: Resources.encode({ nonce, removedResources: [...removed] }).finish(),
  };
}
