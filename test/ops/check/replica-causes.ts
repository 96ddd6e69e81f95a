// What can be wrong with several bridges behind one name, as the headless Service of a release gives it. To be arranged where
// /etc/hosts is HOSTS: real bridges on two addresses of this machine.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { BUNDLE } from '../../peers/run/bridge.ts';
import { Child } from '../../peers/run/child.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { get } from '../../peers/run/get.ts';
import { scratchFolder } from '../../peers/run/scratch.ts';
import { waitFor } from '../../peers/run/wait-for.ts';
import type { Cause, Scene } from './cause.ts';
import { writeConfig } from './run-check.ts';

const FIRST_POD = '127.0.0.1';
const SECOND_POD = '127.0.0.2';

export const HOSTS = `127.0.0.1 localhost
${FIRST_POD} bridges.example
${SECOND_POD} bridges.example
`;

/** One replica: the same configuration as its sisters but for the address, and the registry as it sees it. */
async function startReplica({ teardown }: Pick<Scene, 'teardown'>, address: string, port: number, services: string) {
  const folder = scratchFolder(teardown, 'replica');
  const adminPort = await freePort();
  writeFileSync(join(folder, 'registry.yaml'), `services: [${services}]\n`);
  const config = {
    namespace: 'payments',
    instance: 'bridge',
    registries: { file: { kind: 'file', path: join(folder, 'registry.yaml') } },
    serve: { address, port },
    admin: { port: adminPort },
    shutdown: { drainDelay: '0s', stagger: '0s' },
  };
  writeFileSync(join(folder, 'footbridge.yaml'), stringify(config));
  const args = [BUNDLE, 'serve', '--config', join(folder, 'footbridge.yaml')];
  const child = new Child({ name: `replica-${address}`, command: process.execPath, args });
  teardown.add('the replica', () => child.stop());
  await waitFor(async () => {
    if (!child.isRunning) throw new Error(child.describe());
    return (await get(`http://127.0.0.1:${adminPort}/readyz`)).status === 200;
  }, 'the replica is ready');
}

const ORDERS = '{ name: orders, instances: [{ id: one, address: 10.0.0.1, port: 8080 }] }';
const BILLS = '{ name: bills, instances: [{ id: two, address: 10.0.0.2, port: 8080 }] }';

/** What the pods see, in their order; the arguments of a check of both. */
export async function replicas(scene: Scene, ...seen: readonly string[]): Promise<readonly string[]> {
  const port = await freePort();
  for (const [place, services] of seen.entries()) {
    await startReplica(scene, place === 0 ? FIRST_POD : SECOND_POD, port, services);
  }
  return ['--config', writeConfig(scene.folder), '--server', `bridges.example:${port}`];
}

export const SAME: readonly string[] = [ORDERS, ORDERS];

export const REPLICA_CAUSES: readonly Cause[] = [
  {
    id: 'server-reachable',
    verdict: 'warned',
    what: 'that one of two bridges behind a name is gone',
    arrange: (scene) => replicas(scene, ORDERS),
    says: /^127\.0\.0\.2:\d+ refuses connections \(ECONNREFUSED\)\.$/,
  },
  {
    id: 'server-replicas',
    verdict: 'warned',
    what: 'that two bridges behind a name serve different entries',
    arrange: (scene) => replicas(scene, ORDERS, `${ORDERS}, ${BILLS}`),
    says: /^Served differently: payments\/bridge\.file\.bills \(127\.0\.0\.1:\d+: none, 127\.0\.0\.2:\d+: [0-9a-f]{16}\)\.$/,
  },
];
