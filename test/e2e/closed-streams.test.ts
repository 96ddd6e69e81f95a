// What a command does when nobody reads what it writes: `footbridge … | head -1`, or a parent that closed its end.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { tempDir } from '../fakes/temp-dir.ts';
import { freePort } from '../peers/run/free-port.ts';

async function endedWithClosed(
  t: TestContext,
  closed: 'stdout' | 'stderr',
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly stdout: string }> {
  const child = spawn(process.execPath, ['dist/footbridge.mjs', ...args], { env: { ...process.env, ...env } });
  t.after(() => child.kill('SIGKILL'));
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child[closed].destroy();
  const [code] = await once(child, 'close');
  return { code, stdout };
}

describe('a command whose reader is gone', () => {
  test('ends well, and the demo takes its folder with it', async (t) => {
    const TMPDIR = tempDir(t);
    const ports = ['--serve.port', String(await freePort()), '--admin.port', String(await freePort())];
    assert.equal((await endedWithClosed(t, 'stdout', ['demo', ...ports], { TMPDIR })).code, 0);
    assert.deepEqual(readdirSync(TMPDIR), []);
  });

  test('goes on where only talk is not read', async (t) => {
    const dump = join(tempDir(t), 'registry.yaml');
    writeFileSync(dump, 'services: [{ name: a, instances: [{ address: 10.0.0.1, port: 80 }] }]');
    const convert = ['convert', '--namespace', 'shop', '--instance', 'x', dump];
    const { code, stdout } = await endedWithClosed(t, 'stderr', convert);
    assert.equal(code, 0);
    assert.match(stdout, /a\.shop\.file/);
  });
});
