// A real Spring Cloud Eureka server: one class and a pom, built into a runnable jar.
import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStep, contentKey, type Peer, pathInPeers } from './peer.ts';
import { JAVA, MAVEN } from './tool.ts';

const PROJECT = pathInPeers('java/eureka-server');
const SOURCES = ['pom.xml', 'src/main/java/io/footbridge/test/EurekaServer.java'].map((path) => join(PROJECT, path));

export const eurekaPeer: Peer = {
  name: 'Eureka server',
  cacheName: `eureka-server-${contentKey(SOURCES)}.jar`,
  buildTools: [MAVEN],
  runTools: [JAVA],
  buildNotice: 'a quarter of a minute, and a download of about 60 MB',
  async build(target) {
    // Maven writes beside its sources, which are none of its business: it works on a copy.
    const copy = mkdtempSync(join(tmpdir(), 'footbridge-eureka-'));
    try {
      cpSync(PROJECT, copy, { recursive: true });
      await buildStep('mvn', ['-q', '-B', 'package'], copy);
      const jar = readdirSync(join(copy, 'target')).find((name) => name.endsWith('.jar'));
      if (jar === undefined) throw new Error('the Maven build of the Eureka server made no jar');
      copyFileSync(join(copy, 'target', jar), target);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  },
};
