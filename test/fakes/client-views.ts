// A connected client as the server tells of it: it asked for entries alone, and has them.
import type { ClientView, TypeView } from '../../src/serve/client-view.ts';

export const SETTLED_TYPE = {
  typeUrl: 'networking.istio.io/v1/ServiceEntry',
  kind: 'networking.istio.io/ServiceEntry',
  names: undefined,
  currentVersion: 'v',
  state: 'settled',
  sent: undefined,
  tooLarge: undefined,
  acked: undefined,
  nacked: undefined,
  isOverdue: false,
  lagMs: 0,
} as const satisfies TypeView;

export const SETTLED_CLIENT: ClientView = {
  streamId: '1',
  peer: '10.1.1.1:5000',
  isEncrypted: false,
  certificateNames: undefined,
  protocol: 'sotw',
  nodeId: 'sidecar~10.0.0.9~istiod-0.istio-system~istio-system.svc.cluster.local',
  revision: undefined,
  istio: '1.24–1.29',
  connectedAtMs: 1,
  coldStart: { kind: 'notWaiting' },
  answeredEarly: false,
  types: [SETTLED_TYPE],
};
