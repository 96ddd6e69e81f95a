// SPDX-License-Identifier: Apache-2.0
// What an istiod of today asks a config source for, in its order: the mesh config, then its collections by kind (1.30 and newer;
// read in its source, and seen on the wire). Who serves must never rely on such a list: new releases add types.

export const ISTIOD_TYPE_URLS: readonly string[] = [
  'core/v1alpha1/MeshConfig',
  'security.istio.io/v1/AuthorizationPolicy',
  'networking.istio.io/v1/DestinationRule',
  'networking.istio.io/v1alpha3/EnvoyFilter',
  'networking.istio.io/v1/Gateway',
  'security.istio.io/v1/PeerAuthentication',
  'networking.istio.io/v1beta1/ProxyConfig',
  'security.istio.io/v1/RequestAuthentication',
  'networking.istio.io/v1/ServiceEntry',
  'networking.istio.io/v1/Sidecar',
  'telemetry.istio.io/v1/Telemetry',
  'extensions.istio.io/v1alpha1/TrafficExtension',
  'networking.istio.io/v1/VirtualService',
  'extensions.istio.io/v1alpha1/WasmPlugin',
  'networking.istio.io/v1/WorkloadEntry',
  'networking.istio.io/v1/WorkloadGroup',
];
