import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { writePrivateFile } from '../../../src/lib/write-private-file.ts';
import { tempDir } from '../../fakes/temp-dir.ts';

describe('a private file', () => {
  test('is readable by its owner alone, and nothing is left beside it', async (t) => {
    const directory = tempDir(t);
    assert.deepEqual(await writePrivateFile(join(directory, 'a'), 'text'), { kind: 'written' });
    assert.equal(readFileSync(join(directory, 'a'), 'utf8'), 'text');
    assert.equal(statSync(join(directory, 'a')).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(directory), ['a']);
  });

  test('replaces one that others could read', async (t) => {
    const path = join(tempDir(t), 'a');
    writeFileSync(path, 'a longer text', { mode: 0o644 });
    assert.deepEqual(await writePrivateFile(path, 'text'), { kind: 'written' });
    assert.equal(readFileSync(path, 'utf8'), 'text');
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  test('never takes the place of what is no file, seen through links', async (t) => {
    const directory = tempDir(t);
    mkdirSync(join(directory, 'a'));
    symlinkSync('a', join(directory, 'b'));
    for (const name of ['a', 'b'])
      assert.deepEqual(await writePrivateFile(join(directory, name), ''), {
        kind: 'failed',
        why: 'it is no regular file',
      });
    assert.deepEqual(readdirSync(directory), ['a', 'b']);
  });

  test('that the disk has no room for leaves the former one as it was, and nothing beside it', (t) => {
    const path = join(tempDir(t), 'a');
    writeFileSync(path, 'whole');
    const script = `import { writePrivateFile } from './src/lib/write-private-file.ts';
      console.log(JSON.stringify(await writePrivateFile(process.argv[1], 'x'.repeat(9_000_000))));`;
    // A limit on the size of files cuts a write short as a full disk does: what is over it fails only at the next one.
    const limited = `trap '' XFSZ; ulimit -f 8000; exec "$0" --import tsx --input-type=module --eval "$1" "$2"`;
    const said = execFileSync('sh', ['-c', limited, process.execPath, script, path], { encoding: 'utf8' });
    assert.deepEqual(JSON.parse(said), { kind: 'failed', why: 'EFBIG' });
    assert.equal(readFileSync(path, 'utf8'), 'whole');
    assert.deepEqual(readdirSync(join(path, '..')), ['a']);
  });

  test('that cannot be written says why', async (t) => {
    const directory = tempDir(t);
    writeFileSync(join(directory, 'a'), '');
    assert.deepEqual(await writePrivateFile(join(directory, 'none', 'x'), ''), { kind: 'failed', why: 'ENOENT' });
    assert.deepEqual(await writePrivateFile(join(directory, 'a', 'x'), ''), { kind: 'failed', why: 'ENOTDIR' });
  });
});
