// A test file with an /etc/hosts of its own, so that a name has the addresses that the test wants, or none. The file runs once more in
// a mount namespace, which ends with the process.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Tool } from '../build/tool.ts';
import { type Namespace, runInside } from './run-inside.ts';

const HOSTS = '/etc/hosts';
const RESOLVERS = '/etc/resolv.conf';
/** Nobody listens there: what the hosts do not name is found by nobody, and that at once. */
const NO_RESOLVER = 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n';
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

/** Inside, nobody finds `name` any more, until what is handed back is called. */
export function forgetName(name: string): () => void {
  if (process.env[HOSTS_OF_ITS_OWN.variable] === undefined) throw new Error('these are the hosts of this machine');
  const isOfName = (line: string): boolean => line.split(/\s+/).includes(name);
  const lines = readFileSync(HOSTS, 'utf8').split('\n');
  writeFileSync(HOSTS, lines.filter((line) => !isOfName(line)).join('\n'));
  return () => writeFileSync(HOSTS, [...lines.filter(isOfName), readFileSync(HOSTS, 'utf8')].join('\n'));
}

function replaceHosts(hosts: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-hosts-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of [
    [HOSTS, hosts],
    [RESOLVERS, NO_RESOLVER],
  ] as const) {
    if (!existsSync(path)) continue;
    const ours = join(folder, basename(path));
    writeFileSync(ours, content);
    execFileSync('mount', ['--bind', ours, path]);
  }
}
