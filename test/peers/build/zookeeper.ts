// Stock ZooKeeper servers of the three lines that estates run: nothing but jars, fetched by Maven.
import { classPathPeer } from './maven.ts';
import type { Peer } from './peer.ts';

function zookeeperPeer(line: string, buildNotice: string): Peer {
  return classPathPeer({ name: `ZooKeeper ${line}`, project: `zookeeper-${line}`, buildNotice });
}

export const zookeeperPeer39 = zookeeperPeer('3.9', 'a few seconds, and a download of about 14 MB');
export const zookeeperPeer35 = zookeeperPeer('3.5', 'a few seconds, and a download of about 4 MB');
export const zookeeperPeer34 = zookeeperPeer('3.4', 'a few seconds, and a download of about 3 MB');
