// The bundle with a state file, killed and started again by a test that also decides what its registry says meanwhile.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { tempDir } from '../fakes/temp-dir.ts';
import { Child } from '../peers/run/child.ts';
import { freePort } from '../peers/run/free-port.ts';
import { waitFor } from '../peers/run/wait-for.ts';
import { BUNDLE } from './bundle.ts';

export interface KeptBundle {
  readonly grpc: string;
  readonly statePath: string;
  readonly directory: string;
  /** What it logged since it was last started. */
  readonly lines: () => readonly string[];
  /** Starts it; resolves when it is ready. `limit`: no file may become larger than so many blocks of 512 bytes. */
  start(extra?: string, limit?: number): Promise<void>;
  /** As the kernel does it: nothing is written any more. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** undefined: the registry cannot be read. */
  registrySays(text: string | undefined): void;
  page(path: string): Promise<string>;
}

export async function keptBundle(t: TestContext, registry: string | undefined): Promise<KeptBundle> {
  const [grpcPort, adminPort] = [await freePort(), await freePort()];
  let child: Child | undefined;
  // Before the directory goes, which it writes into.
  t.after(() => child?.kill());
  const directory = tempDir(t);
  const registryPath = join(directory, 'registry.yaml');
  const configPath = join(directory, 'footbridge.yaml');
  const statePath = join(directory, 'state.json');
  const admin = `http://127.0.0.1:${adminPort}`;

  function registrySays(text: string | undefined): void {
    if (text === undefined) {
      rmSync(registryPath, { force: true });
      return;
    }
    writeFileSync(`${registryPath}.new`, text);
    renameSync(`${registryPath}.new`, registryPath);
  }

  registrySays(registry);
  return {
    grpc: `127.0.0.1:${grpcPort}`,
    statePath,
    directory,
    lines: () => child?.lines ?? [],
    registrySays,
    async start(extra = '', limit = undefined) {
      const config = `namespace: shop
instance: test
registries: { file: { kind: file, path: ${JSON.stringify(registryPath)}, pollInterval: 100ms${extra} } }
state: { file: ${JSON.stringify(statePath)} }
serve: { port: ${grpcPort} }
admin: { port: ${adminPort} }
publish: { quietPeriod: 5ms, ceiling: 50ms }
guard: { removalDebounce: 100ms, emptyGrace: 1s }
shutdown: { drainDelay: 0s, stagger: 0s, deadline: 5s }
`;
      writeFileSync(configPath, config);
      const serve = [process.execPath, BUNDLE, 'serve', '--config', configPath];
      const limited = `trap '' XFSZ; ulimit -f ${limit}; exec "$0" "$@"`;
      const [command = '', ...args] = limit === undefined ? serve : ['sh', '-c', limited, ...serve];
      const started = new Child({ name: 'kept-bundle', command, args });
      child = started;
      await waitFor(async () => {
        if (!started.isRunning) throw new Error(started.describe());
        return (await fetch(`${admin}/readyz`)).status === 200;
      }, 'the bundle is ready');
    },
    async kill() {
      await child?.kill();
    },
    async stop() {
      await child?.stop();
    },
    page: async (path) => (await fetch(`${admin}${path}`)).text(),
  };
}
