// SPDX-License-Identifier: Apache-2.0
// Binds state-of-the-world xDS to gRPC: the service's definition, and one call as the transport of one stream.
import { type handleBidiStreamingCall, type ServiceDefinition, status } from '@grpc/grpc-js';
import { envoy } from '../proto/messages.gen.js';
import type { Clients } from './clients.ts';
import type { StreamEnd } from './observer.ts';
import { type DiscoveryRequest, type PreparedResponse, prepareResponse, readRequest } from './sotw.ts';

const { DiscoveryRequest: RequestCodec, DiscoveryResponse: ResponseCodec } = envoy.service.discovery.v3;

export type DiscoveryResponse = envoy.service.discovery.v3.DiscoveryResponse.$Properties;

export const ADS_NAME = 'envoy.service.discovery.v3.AggregatedDiscoveryService';
export const STREAM_AGGREGATED_RESOURCES = `/${ADS_NAME}/StreamAggregatedResources`;

export const adsDefinition = {
  StreamAggregatedResources: {
    path: STREAM_AGGREGATED_RESOURCES,
    requestStream: true,
    responseStream: true,
    requestSerialize: (request: DiscoveryRequest) => toBuffer(RequestCodec.encode(request).finish()),
    requestDeserialize: (bytes: Buffer): DiscoveryRequest => RequestCodec.decode(bytes),
    // The library insists on a Buffer here: it answers a bare Uint8Array with INTERNAL.
    responseSerialize: ({ head, body, tail }: PreparedResponse) => Buffer.concat([head, body, tail]),
    responseDeserialize: (bytes: Buffer): DiscoveryResponse => ResponseCodec.decode(bytes),
  },
} satisfies ServiceDefinition;

/**
 * Serves a call until either side ends it. No listener here is an async function: the rejection of one ends the process
 * and leaves the client waiting.
 */
export function adsHandler(clients: Clients): handleBidiStreamingCall<DiscoveryRequest, PreparedResponse> {
  return (call) => {
    const stream = clients.open({
      peer: call.getPeer(),
      // The callback comes for every write, also for those that the death of the connection overtook. The library
      // serializes one message at a time, and only when the one before was accepted: a client that does not read costs one.
      send: (send, done) => void call.write(prepareResponse(send), done),
      // `destroy` would send nothing, and the client would wait for ever; this is how the library sends a status.
      end: (end) => void call.emit('error', endStatus(end)),
    });
    const over = () => stream.closed('client');
    call.on('data', (request: DiscoveryRequest) => stream.receive((state) => readRequest(state, request)));
    call.on('end', () => {
      over();
      call.end();
    });
    // All of these may come, in any order, for one and the same end.
    call.on('cancelled', over);
    call.on('error', over);
    call.on('close', over);
  };
}

function endStatus(end: StreamEnd) {
  if (end === 'defect') return { code: status.INTERNAL, details: 'a defect of this bridge; its log says more' };
  return { code: status.UNAVAILABLE, details: 'this replica of the bridge is leaving' };
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
