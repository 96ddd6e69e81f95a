import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { generatedFiles } from '../../tools/generated-files.ts';

test('every generated file is what `npm run generate` would write', async () => {
  for (const [path, content] of await generatedFiles()) {
    assert.ok(readFileSync(path, 'utf8') === content, `${path} is out of date: run npm run generate`);
  }
});
