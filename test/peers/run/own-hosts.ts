// A test file with an /etc/hosts of its own, so that a name has the addresses that the test wants. The file runs once more in a
// mount namespace, which ends with the process.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import type { Tool } from '../build/tool.ts';

const UNSHARE_MOUNTS = [...(process.getuid?.() === 0 ? [] : ['--map-root-user']), '--mount'];

export const MOUNT_NAMESPACE: Tool = {
  name: 'A mount namespace',
  command: 'unshare',
  versionArguments: [...UNSHARE_MOUNTS, 'mount', '--bind', '/etc/hosts', '/etc/hosts'],
  purpose: 'tests give a name several addresses in an /etc/hosts of their own, which takes root (or user namespaces)',
};

/** Tells the second run of a file that it is inside. */
const INSIDE = 'TEST_HOSTS_OF_ITS_OWN';

/** Calls `suite`, which declares tests, where `hosts` is the content of /etc/hosts. Outside, the test file `file` is one test. */
export function withOwnHosts(
  file: string,
  need: { readonly skip: string | false },
  hosts: string,
  suite: () => void | Promise<void>,
): void {
  if (process.env[INSIDE] === undefined) {
    test(`${basename(file)} with hosts of its own`, need, () => runInside(file));
    return;
  }
  // A signal would end Node without its `exit` event, at which the programs that tests started are ended.
  process.once('SIGTERM', () => process.exit(1));
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-hosts-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'hosts'), hosts);
  execFileSync('mount', ['--bind', join(folder, 'hosts'), '/etc/hosts']);
  void suite();
}

async function runInside(file: string): Promise<void> {
  const inside = spawn('unshare', [...UNSHARE_MOUNTS, process.execPath, ...process.execArgv, file], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, [INSIDE]: '1' },
  });
  const end = () => inside.kill('SIGTERM');
  process.once('exit', end);
  const [code, signal] = await once(inside, 'close');
  process.off('exit', end);
  assert.deepEqual({ code, signal }, { code: 0, signal: null }, 'tests failed inside; their report stands above');
}
