// The bundle as people run it, on plain Node, with a file registry of the test's own.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { tempDir } from '../fakes/temp-dir.ts';
import { Child } from '../peers/run/child.ts';
import { freePort } from '../peers/run/free-port.ts';
import { waitFor } from '../peers/run/wait-for.ts';

export const BUNDLE = 'dist/footbridge.mjs';

/** Runs the bundle with these arguments; it is ended with the test, if it has not ended by itself. */
export function runBundle(t: TestContext, args: readonly string[], env: Readonly<Record<string, string>> = {}): Child {
  const child = new Child({ name: `bundle-${args[0] ?? ''}`, command: process.execPath, args: [BUNDLE, ...args], env });
  t.after(() => child.kill());
  return child;
}

export interface ServedBundle {
  readonly child: Child;
  readonly grpc: string;
  readonly admin: string;
  readonly configPath: string;
  readonly registryPath: string;
  readonly config: string;
}

export const ORDERS = `services:
  - { name: orders, instances: [{ id: orders-1, address: 10.0.0.1, port: 8080 }] }
`;

/** `serve` on free ports of 127.0.0.1, over a registry file that holds `registry`; resolves when it is ready. */
export async function serveBundle(
  t: TestContext,
  registry = ORDERS,
  extra = '',
  args: readonly string[] = [],
): Promise<ServedBundle> {
  const [grpcPort, adminPort] = [await freePort(), await freePort()];
  const directory = tempDir(t);
  const registryPath = join(directory, 'registry.yaml');
  const configPath = join(directory, 'footbridge.yaml');
  const config = `namespace: shop
instance: test
registries: { file: { kind: file, path: ${JSON.stringify(registryPath)}, pollInterval: 100ms } }
serve: { port: ${grpcPort} }
admin: { port: ${adminPort} }
guard: { removalDebounce: 100ms, emptyGrace: 1s }
shutdown: { drainDelay: 0s, stagger: 0s, deadline: 5s }
${extra}`;
  writeFileSync(registryPath, registry);
  writeFileSync(configPath, config);
  const child = runBundle(t, ['serve', '--config', configPath, ...args]);
  const admin = `http://127.0.0.1:${adminPort}`;
  await waitFor(async () => {
    if (!child.isRunning) throw new Error(child.describe());
    return (await fetch(`${admin}/readyz`)).status === 200;
  }, 'the bundle is ready');
  return { child, grpc: `127.0.0.1:${grpcPort}`, admin, configPath, registryPath, config };
}
