import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readInput, readTextFile } from '../../../src/lib/read-text.ts';
import { tempDir } from '../../fakes/temp-dir.ts';

test('a file is read whole, and one that cannot be is told with its path and the reason', async (t) => {
  const [there, missing] = [join(tempDir(t), 'there'), join(tempDir(t), 'missing')];
  writeFileSync(there, 'a\nb');
  for (const read of [readTextFile, readInput]) {
    assert.deepEqual(await read(there), { kind: 'text', text: 'a\nb' });
    assert.deepEqual(await read(missing), { kind: 'unreadable', message: `${missing} cannot be read: ENOENT.` });
  }
});
