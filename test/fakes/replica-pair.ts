// Two replicas of one bridge as programs of their own: the bundle twice, each with a registry that the test can take away and no disk
// that outlives it. Each asks the other at `localhost` and its admin port.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { BUNDLE } from '../e2e/bundle.ts';
import { Child } from '../peers/run/child.ts';
import { freePort } from '../peers/run/free-port.ts';
import { waitFor } from '../peers/run/wait-for.ts';
import { tempDir } from './temp-dir.ts';

export interface Replica {
  readonly grpc: string;
  readonly adminPort: number;
  /** undefined: its registry cannot be read. */
  registrySays(text: string | undefined): void;
  /** As a pod on another node: nothing of a former process is there but its ports. */
  start(changes?: { readonly instance?: string; readonly tokenFile?: string }): Promise<void>;
  kill(): Promise<void>;
  lines(): readonly string[];
  page(path: string, token?: string): Promise<Response>;
}

export const TOKEN = 'replicas-of-shop-test';

export async function replicaPair(t: TestContext): Promise<readonly [Replica, Replica]> {
  const directory = tempDir(t);
  const tokens = join(directory, 'token');
  writeFileSync(tokens, `${TOKEN}\n`);
  const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const [grpcA, adminA, grpcB, adminB] = ports;
  const make = (name: string, grpcPort: number, adminPort: number, otherAdmin: number): Replica => {
    const registryPath = join(directory, `${name}.yaml`);
    let child: Child | undefined;
    t.after(() => child?.kill());
    return {
      grpc: `127.0.0.1:${grpcPort}`,
      adminPort,
      lines: () => child?.lines ?? [],
      registrySays(text) {
        if (text === undefined) return rmSync(registryPath, { force: true });
        writeFileSync(`${registryPath}.new`, text);
        renameSync(`${registryPath}.new`, registryPath);
      },
      async start({ instance = 'test', tokenFile = tokens } = {}) {
        const config = `namespace: shop
instance: ${instance}
registries: { file: { kind: file, path: ${JSON.stringify(registryPath)}, pollInterval: 100ms, holdFor: 1h } }
replicas: { service: localhost, port: ${otherAdmin}, tokenFile: ${JSON.stringify(tokenFile)} }
serve: { port: ${grpcPort} }
admin: { port: ${adminPort} }
publish: { quietPeriod: 5ms, ceiling: 50ms }
guard: { removalDebounce: 100ms, emptyGrace: 1s }
coldStart: { bound: 4s }
shutdown: { drainDelay: 0s, stagger: 0s, deadline: 5s }
`;
        writeFileSync(join(directory, `${name}-config.yaml`), config);
        const args = [BUNDLE, 'serve', '--config', join(directory, `${name}-config.yaml`)];
        const started = new Child({ name: `replica-${name}`, command: process.execPath, args });
        child = started;
        await waitFor(async () => {
          if (!started.isRunning) throw new Error(started.describe());
          return (await fetch(`http://127.0.0.1:${adminPort}/readyz`)).status === 200;
        }, `replica ${name} is ready`);
      },
      async kill() {
        await child?.kill();
      },
      page: (path, token) =>
        fetch(`http://127.0.0.1:${adminPort}${path}`, {
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        }),
    };
  };
  return [make('a', grpcA, adminA, adminB), make('b', grpcB, adminB, adminA)];
}
