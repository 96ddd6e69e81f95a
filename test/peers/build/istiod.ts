// A stock istiod and an oracle that asks the same version of Istio whether it accepts a ServiceEntry: both out of the one
// Go module in go/istiod, whose go.mod decides the version.
import { readFileSync } from 'node:fs';
import { buildStep, contentKey, type Peer, pathInPeers } from './peer.ts';
import { GO } from './tool.ts';

const MODULE_FOLDER = pathInPeers('go/istiod');

/** `20260827124520-eed52ebb66ad`: date and commit of the istio.io/istio that go.mod asks for. */
function istioVersion(): string {
  const [, version] =
    /^\s*istio\.io\/istio v0\.0\.0-(\S+)/m.exec(readFileSync(pathInPeers('go/istiod/go.mod'), 'utf8')) ?? [];
  if (version === undefined) throw new Error('go/istiod/go.mod names no version of istio.io/istio');
  return version;
}

async function goBuild(target: string, goPackage: string): Promise<void> {
  await buildStep('go', ['build', '-buildvcs=false', '-o', target, goPackage], MODULE_FOLDER);
}

export const istiodPeer: Peer = {
  name: 'istiod',
  cacheName: `istiod-${istioVersion()}`,
  buildTools: [GO],
  runTools: [],
  buildNotice: 'about 5 minutes and 3 GB of Go caches the first time',
  build: (target) => goBuild(target, 'istio.io/istio/pilot/cmd/pilot-discovery'),
};

export const oraclePeer: Peer = {
  name: 'validation oracle',
  cacheName: `oracle-${istioVersion()}-${contentKey([pathInPeers('go/istiod/oracle/main.go')])}`,
  buildTools: [GO],
  runTools: [],
  buildNotice: 'half a minute after istiod was built',
  build: (target) => goBuild(target, './oracle'),
};
