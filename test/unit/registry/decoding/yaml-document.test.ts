import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYamlDocument, parseYamlDocumentInSteps } from '../../../../src/registry/decoding/yaml-document.ts';
import { printYaml } from '../../../../src/registry/file/print-yaml.ts';

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

describe('a tag', () => {
  for (const [text, value] of [
    ['!!binary name: x', new Map([['name', 'x']])],
    ['name: !!binary eA==', new Map([['name', 'eA==']])],
    ['when: !!timestamp 2026-01-01', new Map([['when', '2026-01-01']])],
    [
      'names: !!set { a, b }',
      new Map([
        [
          'names',
          new Map([
            ['a', null],
            ['b', null],
          ]),
        ],
      ]),
    ],
    ['name: !ours x', new Map([['name', 'x']])],
  ] as const) {
    test(`changes nothing of what was typed: ${text}`, () => {
      assert.deepEqual(parseYamlDocument(text), { kind: 'parsed', value });
    });
  }

  test('is no reason why what was parsed cannot be printed', () => {
    const parsed = parseYamlDocument('- !!binary name: x\n');
    assert.equal(parsed.kind === 'parsed' && printYaml(parsed.value), '- name: x\n');
  });
});
