// The bundle as it is run, operated by hand: what needs a token, what is frozen and outlives the process that froze it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { tempDir } from '../fakes/temp-dir.ts';
import { waitFor } from '../peers/run/wait-for.ts';
import { runBundle, serveBundle } from './bundle.ts';

const REGISTRY = `services:
  - { name: orders, instances: [{ id: orders-1, address: 10.0.0.1, port: 8080 }] }
`;

describe('a bridge that is operated by hand', () => {
  test('does not start with a token that nobody could send, and says which file it is', async (t) => {
    const folder = tempDir(t);
    const registry = join(folder, 'registry.yaml');
    writeFileSync(registry, REGISTRY);
    const flags = ['--namespace=shop', '--instance=a', '--serve.port=0', '--admin.port=0'];
    const rest = ['--registries.file.kind=file', `--registries.file.path=${registry}`];
    for (const [content, why] of [
      [undefined, /token cannot be read \(ENOENT\)/],
      ['', /less than 16 characters/],
    ] as const) {
      const tokenFile = join(folder, 'token');
      if (content !== undefined) writeFileSync(tokenFile, content);
      const child = runBundle(t, ['serve', ...flags, ...rest, `--admin.tokenFile=${tokenFile}`]);
      assert.equal((await child.ended()).code, 1);
      assert.match(child.lines.join('\n'), why);
    }
  });

  test('freezes what who has the token tells it to, also after a restart', async (t) => {
    const tokenFile = join(tempDir(t), 'token');
    writeFileSync(tokenFile, 'correct-horse-battery-staple\n');
    const flags = [`--admin.tokenFile=${tokenFile}`, `--state.file=${tokenFile}.state`];
    const { admin, child: bridge, configPath } = await serveBundle(t, REGISTRY, '', flags);
    const command = async (...argv: readonly string[]) => {
      const child = runBundle(t, [...argv, '--server', admin]);
      return { code: (await child.ended()).code, said: child.lines.join('\n') };
    };
    const add = ['freeze', 'add', 'file/orders', '--reason', 'a migration'];
    const added = await waitFor(async () => {
      const answer = await command(...add, '--for', '1h', '--token-file', tokenFile);
      return answer.code === 0 ? answer : undefined;
    }, 'the bridge answers');
    assert.match(added.said, /Service orders of registry file stays as it is until .* UTC \(a migration\)\./);
    assert.equal((await command(...add)).code, 2);
    const listed = await command('freeze', 'list');
    assert.equal(listed.code, 3);
    const [id = ''] = listed.said.split('\n');

    await bridge.kill();
    runBundle(t, ['serve', '--config', configPath, ...flags]);
    await waitFor(async () => (await command('freeze', 'list')).code === 3, 'the next process has the freeze');
    assert.equal((await command('freeze', 'remove', id, '--token-file', tokenFile)).code, 0);
    assert.equal((await command('freeze', 'list')).code, 0);
    assert.deepEqual(await command('release'), { code: 0, said: 'Nothing is held.' });
  });
});
