// SPDX-License-Identifier: Apache-2.0
// The aggregated discovery service of xDS, as gRPC knows it.
import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { envoy } from '../proto/messages.gen.js';
import type { Admission } from './access/admission.ts';
import { streamHandler, streamMethod } from './bind-call.ts';
import type { Clients } from './clients.ts';
import { delta } from './delta.ts';
import { sotw } from './sotw.ts';

const { DiscoveryRequest, DiscoveryResponse, DeltaDiscoveryRequest, DeltaDiscoveryResponse } =
  envoy.service.discovery.v3;

export const ADS_NAME = 'envoy.service.discovery.v3.AggregatedDiscoveryService';

export const adsDefinition = {
  StreamAggregatedResources: streamMethod<
    envoy.service.discovery.v3.DiscoveryRequest.$Properties,
    envoy.service.discovery.v3.DiscoveryResponse.$Properties
  >(`/${ADS_NAME}/StreamAggregatedResources`, DiscoveryRequest, DiscoveryResponse),
  DeltaAggregatedResources: streamMethod<
    envoy.service.discovery.v3.DeltaDiscoveryRequest.$Properties,
    envoy.service.discovery.v3.DeltaDiscoveryResponse.$Properties
  >(`/${ADS_NAME}/DeltaAggregatedResources`, DeltaDiscoveryRequest, DeltaDiscoveryResponse),
};

export function adsHandlers(clients: Clients, admission: Admission): UntypedServiceImplementation {
  return {
    StreamAggregatedResources: streamHandler(clients, admission, sotw),
    DeltaAggregatedResources: streamHandler(clients, admission, delta),
  };
}
