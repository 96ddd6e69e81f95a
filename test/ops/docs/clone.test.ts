// The README in a real clone: `git clone`, a real `npm ci`, and what it shows. The commands of all pages are run in test/e2e/docs.test.ts,
// in a folder that is like this one.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { BLOCKS } from '../../docs/pages.ts';
import { hasPrintedAsPromised } from '../../docs/printed.ts';
import { tempDir } from '../../fakes/temp-dir.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { waitFor } from '../../peers/run/wait-for.ts';

const [install, promised] = BLOCKS.filter(({ page }) => page === 'README.md');

test('a fresh clone shows what the README promises after its first command, and ends at Ctrl-C', async (t) => {
  assert.equal(install?.text.trim(), 'npm ci && npm run demo');
  const clone = join(tempDir(t), 'clone');
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', process.cwd(), clone]);
  const ports = { FOOTBRIDGE_SERVE_PORT: String(await freePort()), FOOTBRIDGE_ADMIN_PORT: String(await freePort()) };
  const shell = spawn('bash', ['-c', `exec 2>&1\n${install?.text}`], {
    cwd: clone,
    env: { ...process.env, ...ports },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const group = -(shell.pid ?? assert.fail('no shell was started'));
  const closed = once(shell, 'close');
  const isOpen = () => shell.exitCode === null && shell.signalCode === null;
  t.after(() => (isOpen() ? void process.kill(group, 'SIGKILL') : undefined));
  let said = '';
  shell.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8').replaceAll(ports.FOOTBRIDGE_SERVE_PORT, '9902');
  });
  await waitFor(
    () => hasPrintedAsPromised(promised?.text.trimEnd().split('\n') ?? [], said.split('\n')),
    'the demo has introduced itself',
    300_000,
  ).catch((error: unknown) => assert.fail(`${String(error)}\n${said}`));
  const page = await fetch(`http://127.0.0.1:${ports.FOOTBRIDGE_ADMIN_PORT}/service?name=thumbnails`);
  assert.match((await page.text()).replaceAll('<wbr>', ''), /ADDRESS_RESERVED/);
  process.kill(group, 'SIGINT');
  await closed;
});
