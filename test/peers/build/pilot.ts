// A Pilot of the 1.8 line (August 2020), the last that reads its config sources by legacy MCP, out of the Go module in
// go/pilot-2020, whose go.mod decides the version.
import { readFileSync } from 'node:fs';
import { buildStep, type Peer, pathInPeers } from './peer.ts';
import { GO } from './tool.ts';

const MODULE = 'go/pilot-2020';

function istioVersion(): string {
  const [, version] =
    /^\s*istio\.io\/istio v0\.0\.0-(\S+)/m.exec(readFileSync(pathInPeers(`${MODULE}/go.mod`), 'utf8')) ?? [];
  if (version === undefined) throw new Error(`${MODULE}/go.mod names no version of istio.io/istio`);
  return version;
}

export const pilotPeer: Peer = {
  name: 'Pilot of the 1.8 line',
  cacheName: `pilot-${istioVersion()}`,
  buildTools: [GO],
  runTools: [],
  buildNotice: 'about 3 minutes and 1 GB of Go caches the first time',
  build: (target) =>
    buildStep(
      'go',
      ['build', '-buildvcs=false', '-o', target, 'istio.io/istio/pilot/cmd/pilot-discovery'],
      pathInPeers(MODULE),
    ),
};
