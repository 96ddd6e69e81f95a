// A Spring Cloud application that registers itself in ZooKeeper.
import { bootJarPeer } from './maven.ts';
import type { Peer } from './peer.ts';

export const springZookeeperPeer: Peer = bootJarPeer({
  name: 'Spring Cloud ZooKeeper application',
  project: 'spring-zookeeper',
  buildNotice: 'a quarter of a minute, and a download of about 55 MB',
});
