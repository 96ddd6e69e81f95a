import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYamlDocument, parseYamlDocumentInSteps } from '../../../../src/registry/decoding/yaml-document.ts';

describe('a long document', () => {
  const text = `services:\n${Array.from({ length: 1000 }, (_, at) => `  - {name: s${at}, metadata: {zone: z}}\n`).join('')}`;

  test('is parsed in steps, so that others have their turn, with the same result', async () => {
    let pauses = 0;
    const parsed = await parseYamlDocumentInSteps(text, async () => void pauses++);
    assert.ok(pauses >= 2, `${pauses} pauses`);
    assert.deepEqual(parsed, parseYamlDocument(text));
    assert.equal(parsed.kind, 'parsed');
  });
});
