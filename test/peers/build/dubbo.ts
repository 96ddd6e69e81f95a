// One small Dubbo program on either of the two lines that estates run. Dubbo listens on every address of the machine whatever
// it is told, so it runs in a network namespace only (run/own-network.ts).
import { classPathPeer } from './maven.ts';
import type { Peer } from './peer.ts';
import { JAVA, NETWORK_NAMESPACE } from './tool.ts';

function dubboPeer(line: string, buildNotice: string): Peer {
  const profile = `dubbo-${line}`;
  const peer = classPathPeer({ name: `Dubbo ${line}`, project: 'dubbo', profile, buildNotice });
  return { ...peer, runTools: [JAVA, NETWORK_NAMESPACE] };
}

export const dubboPeer33 = dubboPeer('3.3', 'a quarter of a minute, and a download of about 40 MB');
export const dubboPeer27 = dubboPeer('2.7', 'a few seconds, and a download of about 25 MB');
