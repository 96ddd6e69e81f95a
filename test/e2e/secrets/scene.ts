// A bridge over all the planted secrets, as it is run, with a log at its most talkative.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { runCommandLine } from '../../../src/cli/program.ts';
import { tempDir } from '../../fakes/temp-dir.ts';
import { Child } from '../../peers/run/child.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { waitFor } from '../../peers/run/wait-for.ts';
import { BUNDLE } from '../bundle.ts';
import { type Planted, plantSecrets } from './planted-secrets.ts';

export interface Scene {
  readonly planted: Planted;
  readonly child: Child;
  readonly config: string;
  readonly state: string;
  readonly admin: string;
  readonly grpc: string;
  readonly page: (path: string, token?: string) => Promise<string>;
  /** What a command says, with the environment of the bridge. */
  readonly command: (...args: readonly string[]) => Promise<string>;
}

/** `preload`: a module that the process loads first. */
export async function aScene(t: TestContext, preload?: string): Promise<Scene> {
  const planted = await plantSecrets(t);
  const [grpcPort, adminPort] = [await freePort(), await freePort()];
  let child: Child | undefined;
  // Before the directory goes, which it writes into.
  t.after(() => child?.kill());
  const directory = tempDir(t);
  const [config, state] = [join(directory, 'footbridge.yaml'), join(directory, 'state.json')];
  const admin = `http://127.0.0.1:${adminPort}`;
  writeFileSync(
    config,
    `namespace: shop
instance: test
registries:${planted.registries}serve: { port: ${grpcPort}, tls: ${planted.serveTls} }
admin: { port: ${adminPort}, tokenFile: ${planted.adminTokenFile} }
state: { file: ${state} }
replicas: ${planted.replicas}
publish: { quietPeriod: 5ms, ceiling: 50ms }
log: { level: debug }
shutdown: { drainDelay: 0s, stagger: 0s, deadline: 5s }
`,
  );
  const args = [...(preload === undefined ? [] : ['--import', preload]), BUNDLE, 'serve', '--config', config];
  const started = new Child({ name: 'bundle-secrets', command: process.execPath, args, env: planted.env });
  child = started;
  return {
    planted,
    child: started,
    config,
    state,
    admin,
    grpc: `127.0.0.1:${grpcPort}`,
    page: async (path, token) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      return (await fetch(`${admin}${path}`, { headers })).text();
    },
    command: async (...rest) => {
      const lines: string[] = [];
      const output = { data: (line: string) => void lines.push(line), talk: (line: string) => void lines.push(line) };
      await runCommandLine(rest, planted.env, output);
      return lines.join('\n');
    },
  };
}

/** Resolves when something of every registry is served. */
export async function isServing(scene: Scene): Promise<void> {
  await waitFor(
    async () => {
      if (!scene.child.isRunning) throw new Error(scene.child.describe());
      const services = await scene.page('/debug/services');
      return ['app0', 'app1', 'app2', 'app3', 'app4', 'dubbo-orders', 'spring-orders', 'file-orders'].every((name) =>
        services.includes(`${name}.shop.`),
      );
    },
    'every registry was read',
    60_000,
  );
}
