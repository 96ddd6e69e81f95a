// Which peers a test needs, made ready before it runs. Where a tool is missing the test is skipped loudly; in CI, where
// nothing may be skipped, it is an error.

import { dubboPeer27, dubboPeer33 } from './dubbo.ts';
import { envoyBinary, envoyPeer } from './envoy.ts';
import { eurekaPeer } from './eureka.ts';
import { istiodPeer, oraclePeer } from './istiod.ts';
import { nodeBinary, nodePeer } from './node.ts';
import { buildOnce, cachedPath, obstacles, type Peer } from './peer.ts';
import { springZookeeperPeer } from './spring.ts';
import { zookeeperPeer34, zookeeperPeer35, zookeeperPeer39 } from './zookeeper.ts';

const PEERS = {
  istiod: istiodPeer,
  oracle: oraclePeer,
  envoy: envoyPeer,
  eureka: eurekaPeer,
  node24: nodePeer,
  zookeeper: zookeeperPeer39,
  zookeeper35: zookeeperPeer35,
  zookeeper34: zookeeperPeer34,
  dubbo33: dubboPeer33,
  dubbo27: dubboPeer27,
  springZookeeper: springZookeeperPeer,
} as const satisfies Record<string, Peer>;
export type PeerName = keyof typeof PEERS;
export const PEER_NAMES = Object.keys(PEERS) as readonly PeerName[];

/** Options for `describe` or `test`: builds what is missing, or says in `skip` why it cannot. Throws instead when `CI` is set. */
export async function needPeers(...names: readonly PeerName[]): Promise<{ readonly skip: string | false }> {
  const sentences = [...new Set(names.flatMap((name) => obstacles(PEERS[name])))];
  if (sentences.length > 0) {
    const skip = `Not tested against ${names.join(', ')}. ${sentences.join(' ')}`;
    if (process.env['CI']) throw new Error(skip);
    console.error(`peers: SKIPPED. ${skip}`);
    return { skip };
  }
  for (const name of names) await buildOnce(PEERS[name]);
  return { skip: false };
}

/** Where a peer stands that `needPeers` made: its executable (istiod, oracle, Envoy, Node), jar (Spring Boot) or folder of jars. */
export function peerPath(name: PeerName): string {
  const path = cachedPath(PEERS[name]);
  if (name === 'envoy') return envoyBinary(path);
  return name === 'node24' ? nodeBinary(path) : path;
}
