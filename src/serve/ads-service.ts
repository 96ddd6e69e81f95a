// SPDX-License-Identifier: Apache-2.0
// The aggregated discovery service of xDS, as gRPC knows it.
import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { envoy } from '../proto/messages.gen.js';
import { streamHandler, streamMethod } from './bind-call.ts';
import type { Clients } from './clients.ts';
import { sotw } from './sotw.ts';

const { DiscoveryRequest, DiscoveryResponse } = envoy.service.discovery.v3;

export const ADS_NAME = 'envoy.service.discovery.v3.AggregatedDiscoveryService';

export const adsDefinition = {
  StreamAggregatedResources: streamMethod<
    envoy.service.discovery.v3.DiscoveryRequest.$Properties,
    envoy.service.discovery.v3.DiscoveryResponse.$Properties
  >(`/${ADS_NAME}/StreamAggregatedResources`, DiscoveryRequest, DiscoveryResponse),
};

export function adsHandlers(clients: Clients): UntypedServiceImplementation {
  return { StreamAggregatedResources: streamHandler(clients, sotw) };
}
