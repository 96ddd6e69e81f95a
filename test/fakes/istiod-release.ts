// What tells the config-source clients of istiod's releases apart: read in their source, and put down here in one place.

const LEGACY_NODE_ID = 'sidecar~10.0.0.9~test-1.default~default.svc.cluster.local';
/** What Go's client accepts unless it is told otherwise. */
const GO_RECEIVE_BYTES = 4 * 1024 * 1024;

export interface IstiodRelease {
  readonly minor: number;
  /** After MeshConfig, in its order. */
  readonly types: readonly string[];
  readonly nodeId: (pod: string) => string;
  readonly tellsRevision: boolean;
  /** The largest message that it takes; -1: no bound. */
  readonly receiveBytes: number;
  /** Whether it is ready only when every type was answered. Others are ready at once. */
  readonly waits: boolean;
  /** Whether it drops a resource without a creation time; later ones take 1970 for it. */
  readonly needsCreateTime: boolean;
  /** What becomes of a resource that it holds already, by the version that came with it. Without one every release rewrites it. */
  readonly onVersion: (held: string, came: string) => 'rewrite' | 'skip' | 'conflict';
  /** It comes back from so many lost streams: of each it puts a note where ten have room and nobody takes them away. */
  readonly survivesDisconnects: number;
}

/** Minor release of Istio 1: 9 to 31. */
export function istiodRelease(minor: number): IstiodRelease {
  return {
    minor,
    types: typesOf(minor),
    nodeId: (pod) =>
      minor <= 11 ? LEGACY_NODE_ID : `sidecar~10.0.0.9~${pod}.istio-system~istio-system.svc.cluster.local`,
    tellsRevision: minor >= 13,
    receiveBytes: minor <= 11 ? GO_RECEIVE_BYTES : -1,
    waits: minor >= 16,
    needsCreateTime: minor <= 13,
    onVersion: versionRule(minor),
    survivesDisconnects: minor === 10 || minor === 11 ? 10 : Number.POSITIVE_INFINITY,
  };
}

function versionRule(minor: number): IstiodRelease['onVersion'] {
  if (minor <= 10) return () => 'rewrite';
  // Under "now", and so under no version that can come again.
  if (minor === 11) return (_, came) => (came === '' ? 'rewrite' : 'conflict');
  return (held, came) => (came !== '' && came === held ? 'skip' : 'rewrite');
}

/** What a release asks for besides MeshConfig, in its order. */
export function typesOf(minor: number): readonly string[] {
  const version = minor >= 24 ? 'v1' : undefined;
  const networking = (kind: string, old = 'v1alpha3') => `networking.istio.io/${version ?? old}/${kind}`;
  const security = (kind: string) => `security.istio.io/${version ?? 'v1beta1'}/${kind}`;
  const types = [
    ...(minor >= 12 ? ['extensions.istio.io/v1alpha1/WasmPlugin'] : []),
    ...(minor >= 30 ? ['extensions.istio.io/v1alpha1/TrafficExtension'] : []),
    networking('DestinationRule'),
    'networking.istio.io/v1alpha3/EnvoyFilter',
    networking('Gateway'),
    ...(minor >= 13 ? ['networking.istio.io/v1beta1/ProxyConfig'] : []),
    ...['ServiceEntry', 'Sidecar', 'VirtualService', 'WorkloadEntry'].map((kind) => networking(kind)),
    ...(minor >= 8 ? [networking('WorkloadGroup')] : []),
    ...['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'].map(security),
    ...(minor >= 10 ? [`telemetry.istio.io/${version ?? 'v1alpha1'}/Telemetry`] : []),
  ];
  const kind = (typeUrl: string) => typeUrl.slice(typeUrl.lastIndexOf('/'));
  return minor >= 18 ? types.sort((a, b) => (kind(a) < kind(b) ? -1 : 1)) : types;
}
