// The whole program in this process, over a registry file of the test's own and on free ports; its configuration is a
// JSON file that can be written anew.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createApp } from '../../src/app/app.ts';
import { watchReloads } from '../../src/app/reload.ts';
import { loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/observe/log.ts';
import { tempDir } from './temp-dir.ts';

/** Dotted key → value. */
export type Keys = Readonly<Record<string, unknown>>;

export interface RunningApp {
  readonly address: string;
  /** Of the admin port. */
  readonly adminUrl: string;
  /** The text of a page of the admin port. */
  readonly page: (path: string) => Promise<string>;
  /** What it logged until now. */
  readonly logLines: readonly string[];
  readonly writeRegistry: (text: string) => void;
  /** Writes these keys on top of the smallest configuration and asks for a reload, as SIGHUP does. */
  readonly reload: (keys: Keys) => void;
}

export async function runApp(t: TestContext, registry: string, keys: Keys = {}): Promise<RunningApp> {
  const directory = tempDir(t);
  const registryPath = join(directory, 'registry.yaml');
  const path = join(directory, 'footbridge.json');
  const textOf = (more: Keys) => JSON.stringify(nested({ ...smallest(registryPath), ...more }));
  const file = { path, text: textOf(keys) };
  writeFileSync(registryPath, registry);
  writeFileSync(path, file.text);
  const loaded = loadConfig({ file, env: {}, flags: {} });
  if (loaded.kind === 'invalid') throw new Error(JSON.stringify(loaded.problems));
  const logLines: string[] = [];
  const app = createApp(loaded, {
    clock: systemClock,
    random: Math.random,
    createLog: (options) => createLog({ ...options, write: (line) => void logLines.push(line) }),
  });
  const reloads = watchReloads(
    app,
    { ...loaded, file },
    { clock: systemClock, env: {}, flags: new Map(), log: app.log },
  );
  t.after(() => {
    reloads.close();
    return app.close();
  });
  const { grpcPort, adminPort } = await app.start();
  return {
    address: `127.0.0.1:${grpcPort}`,
    adminUrl: `http://127.0.0.1:${adminPort}`,
    page: async (page) => (await fetch(`http://127.0.0.1:${adminPort}${page}`)).text(),
    logLines,
    writeRegistry: (text) => replaceFile(registryPath, text),
    reload(next) {
      replaceFile(path, textOf(next));
      reloads.reload();
    },
  };
}

/** At once, so that nobody reads the half of it. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

function smallest(registryPath: string): Keys {
  return {
    namespace: 'shop',
    instance: 'test',
    'registries.file.kind': 'file',
    'registries.file.path': registryPath,
    'registries.file.pollInterval': '100ms',
    'publish.quietPeriod': '5ms',
    'publish.ceiling': '50ms',
    'serve.port': 0,
    'admin.port': 0,
    'shutdown.drainDelay': '0s',
    'shutdown.stagger': '0s',
  };
}

function nested(keys: Keys): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(keys)) {
    const path = key.split('.');
    const last = path.pop() ?? '';
    let section = root;
    for (const name of path) {
      const below = (section[name] ?? {}) as Record<string, unknown>;
      section[name] = below;
      section = below;
    }
    section[last] = value;
  }
  return root;
}
