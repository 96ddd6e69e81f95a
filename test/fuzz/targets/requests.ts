// The four protocols of the port, each with requests as raw bytes and as messages.
import fc from 'fast-check';
import { envoy, istio } from '../../../src/proto/messages.gen.js';
import { delta } from '../../../src/serve/delta.ts';
import { meshConfig } from '../../../src/serve/mesh-config.ts';
import { resourceSource } from '../../../src/serve/resource-source.ts';
import { sotw } from '../../../src/serve/sotw.ts';
import { LARGE } from '../inputs/growth.ts';
import {
  delta as deltaMessages,
  type Message,
  meshConfig as meshConfigMessages,
  sink,
  sotw as sotwMessages,
} from '../inputs/messages.ts';
import { mutatedBytes } from '../inputs/mutated-bytes.ts';
import type { Target } from '../target.ts';
import { type Between, ServedConversation, type Spoken } from './served.ts';

const { DiscoveryRequest, DeltaDiscoveryRequest } = envoy.service.discovery.v3;
const { RequestResources, MeshConfigRequest } = istio.mcp.v1alpha1;

interface Step<Request> {
  readonly request: Request;
  /** Its nonce is that of the last response, where there was one. */
  readonly isAnswer: boolean;
  readonly between: Between;
}

const between = fc.constantFrom<Between>('nothing', 'publish', 'minute', 'written');
const BUDGET = { perCase: 20_000, perByte: 45 };
const MOST_REQUESTS = 6;

interface Protocol<Request extends Message> extends Spoken<Request> {
  readonly name: string;
  readonly messages: fc.Arbitrary<Request>;
  readonly topicOf: (request: Request) => string | null | undefined;
}

function rawTarget<Request extends Message>(protocol: Protocol<Request>): Target<readonly Step<Uint8Array>[]> {
  const seeds = fc.sample(protocol.messages, { numRuns: 40, seed: 7 }).map((message) => encoded(protocol, message));
  const step = fc.record({ request: mutatedBytes(seeds, LARGE), isAnswer: fc.constant(false), between });
  return {
    name: `${protocol.name}-bytes`,
    inputs: fc.array(step, { minLength: 1, maxLength: 3 }),
    sizeOf: (steps) => sum(steps.map(({ request }) => request.length)),
    decode(steps) {
      const conversation = new ServedConversation(protocol);
      for (const { request: bytes, between: then } of steps) {
        conversation.receiveBytes(bytes);
        conversation.pass(then);
      }
      return conversation.end();
    },
    budget: BUDGET,
  };
}

function messageTarget<Request extends Message>(protocol: Protocol<Request>): Target<readonly Step<Request>[]> {
  const step = fc.record({ request: protocol.messages, isAnswer: fc.boolean(), between });
  return {
    name: `${protocol.name}-messages`,
    inputs: fc.array(step, { minLength: 1, maxLength: MOST_REQUESTS }),
    sizeOf: (steps) => sum(steps.map(({ request }) => encoded(protocol, request).length)),
    decode(steps) {
      const conversation = new ServedConversation(protocol);
      for (const { request, isAnswer, between: then } of steps) {
        const nonce = isAnswer ? conversation.nonceOf(protocol.topicOf(request) ?? '') : '';
        const sent = nonce === '' ? request : { ...request, responseNonce: nonce };
        conversation.receiveBytes(encoded(protocol, sent));
        conversation.pass(then);
      }
      return conversation.end();
    },
    budget: BUDGET,
  };
}

function encoded<Request>({ codec }: Spoken<Request>, request: Request): Uint8Array {
  return codec.encode(request).finish();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const protocols = {
  sotw: { name: 'xds-sotw', adapter: sotw, codec: DiscoveryRequest, messages: sotwMessages, topicOf: typeUrlOf },
  delta: {
    name: 'xds-delta',
    adapter: delta,
    codec: DeltaDiscoveryRequest,
    messages: deltaMessages,
    topicOf: typeUrlOf,
  },
  source: {
    name: 'mcp-resource-source',
    adapter: resourceSource,
    codec: RequestResources,
    messages: sink,
    topicOf: collectionOf,
  },
  mesh: {
    name: 'mcp-aggregated',
    adapter: meshConfig,
    codec: MeshConfigRequest,
    messages: meshConfigMessages,
    topicOf: typeUrlOf,
  },
};

function typeUrlOf({ typeUrl }: { readonly typeUrl?: string | null }): string | null | undefined {
  return typeUrl;
}

function collectionOf({ collection }: { readonly collection?: string | null }): string | null | undefined {
  return collection;
}

export const requestTargets = {
  sotwBytes: rawTarget(protocols.sotw),
  sotwMessages: messageTarget(protocols.sotw),
  deltaBytes: rawTarget(protocols.delta),
  deltaMessages: messageTarget(protocols.delta),
  sourceBytes: rawTarget(protocols.source),
  sourceMessages: messageTarget(protocols.source),
  meshBytes: rawTarget(protocols.mesh),
  meshMessages: messageTarget(protocols.mesh),
};
