// SPDX-License-Identifier: Apache-2.0
// The services of legacy MCP, as gRPC knows them. What they have besides (the incremental method of the aggregated service) is
// answered by the library as unimplemented, as Galley did.
import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { istio } from '../proto/messages.gen.js';
import type { Admission } from './access/admission.ts';
import { streamHandler, streamMethod } from './bind-call.ts';
import type { Clients } from './clients.ts';
import { type MeshConfigRequest, meshConfig } from './mesh-config.ts';
import { type RequestResources, resourceSource } from './resource-source.ts';

const messages = istio.mcp.v1alpha1;

export const RESOURCE_SOURCE_NAME = 'istio.mcp.v1alpha1.ResourceSource';
export const MESH_CONFIG_NAME = 'istio.mcp.v1alpha1.AggregatedMeshConfigService';

export const resourceSourceDefinition = {
  EstablishResourceStream: streamMethod<RequestResources, istio.mcp.v1alpha1.Resources.$Properties>(
    `/${RESOURCE_SOURCE_NAME}/EstablishResourceStream`,
    messages.RequestResources,
    messages.Resources,
  ),
};

export const meshConfigDefinition = {
  StreamAggregatedResources: streamMethod<MeshConfigRequest, istio.mcp.v1alpha1.MeshConfigResponse.$Properties>(
    `/${MESH_CONFIG_NAME}/StreamAggregatedResources`,
    messages.MeshConfigRequest,
    messages.MeshConfigResponse,
  ),
};

export function resourceSourceHandlers(clients: Clients, admission: Admission): UntypedServiceImplementation {
  return { EstablishResourceStream: streamHandler(clients, admission, resourceSource) };
}

export function meshConfigHandlers(clients: Clients, admission: Admission): UntypedServiceImplementation {
  return { StreamAggregatedResources: streamHandler(clients, admission, meshConfig) };
}
