import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { runCommandLine } from '../../../src/cli/program.ts';
import { tempDir } from '../../fakes/temp-dir.ts';

async function run(line: readonly string[], isWatched = false) {
  const [data, said, progress]: [string[], string[], string[]] = [[], [], []];
  const output = {
    data: (text: string) => void data.push(text),
    talk: (text: string) => void said.push(text),
    ...(isWatched ? { progress: (text: string) => void progress.push(text) } : {}),
  };
  const code = await runCommandLine(['check', ...line], {}, output);
  return { code, data: data.join('\n'), said: said.join('\n'), progress };
}

/** Ports are those that the system chooses, so that what runs on this machine does not matter. */
function configure(t: TestContext, registry: string, extra = ''): string {
  const directory = tempDir(t);
  const path = join(directory, 'footbridge.yaml');
  writeFileSync(join(directory, 'registry.yaml'), registry);
  writeFileSync(
    path,
    `namespace: shop
instance: test
registries: { file: { kind: file, path: '${join(directory, 'registry.yaml')}' } }
serve: { port: 0 }
admin: { port: 0 }
${extra}`,
  );
  return path;
}

const ORDERS = 'services: [{ name: orders, instances: [{ id: one, address: 10.0.0.1, port: 8080 }] }]';

describe('footbridge check', () => {
  test('ends with 0 where all is well, also with warnings, and says nothing but data', async (t) => {
    const { code, data, said } = await run(['-c', configure(t, ORDERS)]);
    assert.deepEqual([code, said], [0, '']);
    assert.match(data, /checks: 0 failed, 0 warnings/);
    const warned = await run(['-c', configure(t, 'services: []')]);
    assert.equal(warned.code, 0);
    assert.match(warned.data, /checks: 0 failed, 1 warning,/);
  });

  test('ends with 3 when a check has failed', async (t) =>
    assert.equal((await run(['-c', configure(t, 'services: [')])).code, 3));

  test('ends with 2 for a configuration that is not valid, as `config check` does, and still says it as asked', async (t) => {
    const { code, data } = await run(['-c', configure(t, ORDERS, 'nonsense: 1'), '-o', 'json']);
    assert.equal(code, 2);
    const { ok, counts, categories } = JSON.parse(data);
    assert.deepEqual([ok, counts.failed, categories.length], [false, 1, 1]);
  });

  test('tells a person who waits what it is at, in either form', async (t) => {
    const path = configure(t, ORDERS);
    for (const form of ['text', 'json'])
      assert.ok((await run(['-c', path, '-o', form], true)).progress.includes('… services can be listed'));
  });
});
