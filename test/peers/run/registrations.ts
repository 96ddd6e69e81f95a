// What is registered in a real ZooKeeper, by its own account: nodes that last as long as the session of whoever made them.
import type { ZooKeeperServer } from './zookeeper-server.ts';

export interface Registration {
  readonly session: string;
  /** Decoded: `/dubbo/io.acme.Greeting/providers/dubbo://10.20.0.17:20880/io.acme.Greeting?…`. */
  readonly path: string;
}

export async function registrations(zookeeper: ZooKeeperServer): Promise<readonly Registration[]> {
  const found: Registration[] = [];
  let session = '';
  for (const line of (await zookeeper.ask('dump')).split('\n')) {
    if (line.startsWith('0x')) session = line;
    else if (line.startsWith('\t/')) found.push({ session, path: decodeURIComponent(line.trim()) });
  }
  return found;
}
