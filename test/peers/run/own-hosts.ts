// A test file with an /etc/hosts of its own, so that a name has the addresses that the test wants. The file runs once more in a
// mount namespace, which ends with the process.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tool } from '../build/tool.ts';
import { type Namespace, runInside } from './run-inside.ts';

const UNSHARE_MOUNTS = [...(process.getuid?.() === 0 ? [] : ['--map-root-user']), '--mount'];

export const MOUNT_NAMESPACE: Tool = {
  name: 'A mount namespace',
  command: 'unshare',
  versionArguments: [...UNSHARE_MOUNTS, 'mount', '--bind', '/etc/hosts', '/etc/hosts'],
  purpose: 'tests give a name several addresses in an /etc/hosts of their own, which takes root (or user namespaces)',
};

const HOSTS_OF_ITS_OWN: Namespace = {
  unshare: UNSHARE_MOUNTS,
  variable: 'TEST_HOSTS_OF_ITS_OWN',
  title: 'with hosts of its own',
};

/** Calls `suite`, which declares tests, where `hosts` is the content of /etc/hosts. Outside, the test file `file` is one test. */
export function withOwnHosts(
  file: string,
  need: { readonly skip: string | false },
  hosts: string,
  suite: () => void | Promise<void>,
): void {
  runInside(file, need, HOSTS_OF_ITS_OWN, () => replaceHosts(hosts), suite);
}

function replaceHosts(hosts: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-hosts-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'hosts'), hosts);
  execFileSync('mount', ['--bind', join(folder, 'hosts'), '/etc/hosts']);
}
