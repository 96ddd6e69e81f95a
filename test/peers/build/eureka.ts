// A real Spring Cloud Eureka server: one class and a pom, built into a runnable jar.
import { bootJarPeer } from './maven.ts';
import type { Peer } from './peer.ts';

export const eurekaPeer: Peer = bootJarPeer({
  name: 'Eureka server',
  project: 'eureka-server',
  buildNotice: 'a quarter of a minute, and a download of about 60 MB',
});
