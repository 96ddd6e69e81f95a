// Why the Service is headless: its name gives the addresses of all pods, and a real istiod that starts tries the next one where the
// first refuses. With only the dead one, which is what one virtual address can lead to, it ends. The names stand in an /etc/hosts
// of the test's own, so the file runs once more in a mount namespace.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needPeers, needTools } from '../../peers/build/peers.ts';
import type { Tool } from '../../peers/build/tool.ts';
import { Bridge, bridgeConfig } from '../../peers/run/bridge.ts';
import { Istiod } from '../../peers/run/istiod.ts';
import { scratchFolder } from '../../peers/run/scratch.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { waitFor } from '../../peers/run/wait-for.ts';

const INSIDE = 'TEST_HOSTS_OF_ITS_OWN';
const UNSHARE_MOUNTS = [...(process.getuid?.() === 0 ? [] : ['--map-root-user']), '--mount'];
const MOUNT_NAMESPACE: Tool = {
  name: 'A mount namespace',
  command: 'unshare',
  versionArguments: [...UNSHARE_MOUNTS, 'mount', '--bind', '/etc/hosts', '/etc/hosts'],
  purpose: 'the test gives a name two addresses in an /etc/hosts of its own, which takes root (or user namespaces)',
};

/** Nobody listens there. */
const DEAD_POD = '127.0.0.2';
const BRIDGE = '127.0.0.1';
const HOSTS = `127.0.0.1 localhost
${DEAD_POD} headless.example
${BRIDGE} headless.example
${DEAD_POD} dead.example
`;

const tools = needTools(MOUNT_NAMESPACE);
const need = tools.skip === false ? await needPeers('istiod') : tools;

if (process.env[INSIDE] === undefined) {
  test('istiod finds the pod that lives (in a mount namespace)', need, async () => {
    const args = [...UNSHARE_MOUNTS, process.execPath, ...process.execArgv, import.meta.filename];
    const inside = spawn('unshare', args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, [INSIDE]: '1' },
    });
    const end = () => inside.kill('SIGTERM');
    process.once('exit', end);
    const [code, signal] = await once(inside, 'close');
    process.off('exit', end);
    assert.deepEqual({ code, signal }, { code: 0, signal: null }, 'tests failed inside; their report stands above');
  });
} else {
  process.once('SIGTERM', () => process.exit(1));
  describe('An istiod that starts', () => {
    const teardown = new Teardown();
    after(() => teardown.run());
    let port: string;

    before(async () => {
      const hosts = join(scratchFolder(teardown, 'hosts'), 'hosts');
      writeFileSync(hosts, HOSTS);
      execFileSync('mount', ['--bind', hosts, '/etc/hosts']);
      teardown.add('/etc/hosts', () => {
        execFileSync('umount', ['/etc/hosts']);
      });
      const bridge = await Bridge.start(teardown, bridgeConfig(['http://127.0.0.1:1/eureka']));
      port = new URL(bridge.address.replace('xds:', 'http:')).port;
    });

    test('is ready where the first address of the name refuses and the second answers', async () => {
      const istiod = await Istiod.start(teardown, { sources: [`xds://headless.example:${port}`] });
      await istiod.untilReady();
    });

    test('ends where the name has only the address that refuses', async () => {
      const istiod = await Istiod.start(teardown, { sources: [`xds://dead.example:${port}`], podName: 'istiod-1' });
      await waitFor(() => !istiod.process.isRunning, 'istiod has ended');
    });
  });
}
