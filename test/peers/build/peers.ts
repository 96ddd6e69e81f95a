// Which peers a test needs, made ready before it runs. Where a tool is missing the test is skipped loudly; in CI, where
// nothing may be skipped, it is an error.

import { dubboPeer27, dubboPeer33 } from './dubbo.ts';
import { envoyBinary, envoyPeer } from './envoy.ts';
import { eurekaPeer } from './eureka.ts';
import { helmBinary, helmPeer3, helmPeer4 } from './helm.ts';
import { deltaPeer, galleyPeer, istiodPeer, istiodPeer2024, oraclePeer, pilotPeer, sinkPeer } from './istiod.ts';
import { kubernetesValidatePeer, kubernetesValidatePython } from './kubernetes-validate.ts';
import { nodeBinary, nodePeer } from './node.ts';
import { buildOnce, cachedPath, obstacles, type Peer } from './peer.ts';
import { springZookeeperPeer } from './spring.ts';
import { missingSentence, type Tool } from './tool.ts';
import { zookeeperPeer34, zookeeperPeer35, zookeeperPeer39 } from './zookeeper.ts';

const PEERS = {
  istiod: istiodPeer,
  istiod2024: istiodPeer2024,
  oracle: oraclePeer,
  delta: deltaPeer,
  pilot: pilotPeer,
  sink: sinkPeer,
  galley: galleyPeer,
  envoy: envoyPeer,
  eureka: eurekaPeer,
  node24: nodePeer,
  zookeeper: zookeeperPeer39,
  zookeeper35: zookeeperPeer35,
  zookeeper34: zookeeperPeer34,
  dubbo33: dubboPeer33,
  dubbo27: dubboPeer27,
  springZookeeper: springZookeeperPeer,
  helm4: helmPeer4,
  helm3: helmPeer3,
  kubernetesValidate: kubernetesValidatePeer,
} as const satisfies Record<string, Peer>;
export type PeerName = keyof typeof PEERS;
export const PEER_NAMES = Object.keys(PEERS) as readonly PeerName[];

/** Options for `describe` or `test`: `skip` says in sentences why it cannot run here. */
export interface Needs {
  readonly skip: string | false;
}

/** Builds what is missing, or says why it cannot. Throws instead when `CI` is set. */
export async function needPeers(...names: readonly PeerName[]): Promise<Needs> {
  const needs = needed(
    names,
    names.flatMap((name) => obstacles(PEERS[name])),
  );
  if (needs.skip === false) for (const name of names) await buildOnce(PEERS[name]);
  return needs;
}

/** The same for programs of this machine that are used as they are. */
export function needTools(...tools: readonly Tool[]): Needs {
  return needed(
    tools.map(({ command }) => command),
    tools.flatMap((tool) => missingSentence(tool) ?? []),
  );
}

function needed(names: readonly string[], sentences: readonly string[]): Needs {
  if (sentences.length === 0) return { skip: false };
  const skip = `Not tested against ${names.join(', ')}. ${[...new Set(sentences)].join(' ')}`;
  if (process.env['CI']) throw new Error(skip);
  console.error(`peers: SKIPPED. ${skip}`);
  return { skip };
}

/**
 * Where a peer stands that `needPeers` made: its executable (the Go programs, Envoy, Node, Helm; Python for kubernetes-validate),
 * jar (Spring Boot) or folder of jars.
 */
export function peerPath(name: PeerName): string {
  const path = cachedPath(PEERS[name]);
  if (name === 'envoy') return envoyBinary(path);
  if (name === 'helm4' || name === 'helm3') return helmBinary(path);
  if (name === 'kubernetesValidate') return kubernetesValidatePython(path);
  return name === 'node24' ? nodeBinary(path) : path;
}
