// Stock control planes of Istio, each out of a Go module of its own in go/, whose go.mod decides the version; and an oracle that
// asks the newest of these versions whether it accepts a ServiceEntry.
import { readFileSync } from 'node:fs';
import { buildStep, contentKey, type Peer, pathInPeers } from './peer.ts';
import { GO } from './tool.ts';

const PILOT_DISCOVERY = 'istio.io/istio/pilot/cmd/pilot-discovery';

/** `20260827124520-eed52ebb66ad`: date and commit of the istio.io/istio that the module's go.mod asks for. */
function istioVersion(module: string): string {
  const path = `go/${module}/go.mod`;
  const [, version] = /^\s*istio\.io\/istio v0\.0\.0-(\S+)/m.exec(readFileSync(pathInPeers(path), 'utf8')) ?? [];
  if (version === undefined) throw new Error(`${path} names no version of istio.io/istio`);
  return version;
}

function goPeer(module: string, goPackage: string, about: Pick<Peer, 'name' | 'cacheName' | 'buildNotice'>): Peer {
  const folder = pathInPeers(`go/${module}`);
  const build = (target: string) => buildStep('go', ['build', '-buildvcs=false', '-o', target, goPackage], folder);
  return { ...about, buildTools: [GO], runTools: [], build };
}

export const istiodPeer = goPeer('istiod', PILOT_DISCOVERY, {
  name: 'istiod',
  cacheName: `istiod-${istioVersion('istiod')}`,
  buildNotice: 'about 5 minutes and 3 GB of Go caches the first time',
});

/** Of February 2024, between 1.21 and 1.22: ServiceEntry is still `v1alpha3` to it. */
export const istiodPeer2024 = goPeer('istiod-2024', PILOT_DISCOVERY, {
  name: 'istiod of 2024',
  cacheName: `istiod-${istioVersion('istiod-2024')}`,
  buildNotice: 'about 3 minutes and 2 GB of Go caches the first time',
});

/** Of August 2020, the last line that reads its config sources by legacy MCP. */
export const pilotPeer = goPeer('pilot-2020', PILOT_DISCOVERY, {
  name: 'Pilot of the 1.8 line',
  cacheName: `pilot-${istioVersion('pilot-2020')}`,
  buildNotice: 'about 3 minutes and 1 GB of Go caches the first time',
});

/** Programs of ours on that Istio's libraries of legacy MCP. */
function pilotProgram(program: string, name: string): Peer {
  const sources = [`${program}/main.go`, 'lines/lines.go'].map((file) => pathInPeers('go/pilot-2020', file));
  return goPeer('pilot-2020', `./${program}`, {
    name,
    cacheName: `${program}-${istioVersion('pilot-2020')}-${contentKey(sources)}`,
    buildNotice: 'seconds after Pilot was built',
  });
}

export const sinkPeer = pilotProgram('sink', 'sink of legacy MCP');

export const galleyPeer = pilotProgram('galley', 'server of Galley');

/** Programs of ours on the libraries of the newest one. */
function istiodProgram(program: string, about: Pick<Peer, 'name' | 'buildNotice'>): Peer {
  const key = contentKey([pathInPeers('go/istiod', program, 'main.go')]);
  return goPeer('istiod', `./${program}`, { ...about, cacheName: `${program}-${istioVersion('istiod')}-${key}` });
}

export const oraclePeer = istiodProgram('oracle', {
  name: 'validation oracle',
  buildNotice: 'half a minute after istiod was built',
});

export const deltaPeer = istiodProgram('delta', {
  name: 'client of incremental xDS',
  buildNotice: 'seconds after istiod was built',
});
