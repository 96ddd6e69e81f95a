// `footbridge check` as people and `helm test` run it: the bundle on plain Node, its answer as JSON, and what it printed whole.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { BUNDLE } from '../../peers/run/bridge.ts';

export interface JudgedCheck {
  readonly id: string;
  readonly subject: string;
  readonly verdict: 'passed' | 'warned' | 'failed' | 'skipped';
  readonly docs: string;
  readonly note?: string;
  readonly why?: string;
  readonly causes?: readonly string[];
  readonly remedy?: string;
}

export interface CheckRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface JudgedRun extends CheckRun {
  readonly checks: readonly JudgedCheck[];
}

export function runCheck(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CheckRun> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [BUNDLE, 'check', ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}

export async function judge(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<JudgedRun> {
  const run = await runCheck([...args, '--output', 'json'], env);
  if (!run.stdout.startsWith('{')) throw new Error(`no JSON: ${run.stdout}${run.stderr}`);
  const { categories } = JSON.parse(run.stdout) as { categories: readonly { checks: readonly JudgedCheck[] }[] };
  return { ...run, checks: categories.flatMap(({ checks }) => checks) };
}

/** Keys of a configuration file; what is left out is as smallest. */
export type ConfigKeys = Readonly<Record<string, unknown>>;

/** Writes a configuration into the folder: a registry file with one service, ports that the system chooses. */
export function writeConfig(folder: string, keys: ConfigKeys = {}): string {
  const registry = join(folder, 'registry.yaml');
  writeFileSync(registry, 'services: [{ name: orders, instances: [{ id: one, address: 10.0.0.1, port: 8080 }] }]\n');
  const smallest = {
    namespace: 'payments',
    instance: 'bridge',
    registries: { file: { kind: 'file', path: registry } },
    serve: { port: 0 },
    admin: { port: 0 },
  };
  const path = join(folder, 'footbridge.yaml');
  writeFileSync(path, stringify({ ...smallest, ...keys }));
  return path;
}
