import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from 'yaml';
import { MOST_ALIASES_IN_ALL, type YamlRefusal, yamlRefusal } from '../../../src/lib/yaml-refusal.ts';

function refusalOf(text: string): YamlRefusal | undefined {
  return yamlRefusal(parseDocument(text, { uniqueKeys: false }).contents);
}

describe('a key that stands twice in one map is refused where it stands the second time', () => {
  const cases: readonly (readonly [text: string, at: number | undefined])[] = [
    ['a: 1\nb: 2\na: 3', 10],
    ['{a: 1, a: 2}', 7],
    ['- x\n- {b: 1, "b": 2}', 13],
    ['a: {b: {c: 1, c: 2}}', 14],
    ['? {x: 1, x: 2}\n: a', 9],
    ['b: {c: 1, c: 2}\nb: 3', 10],
    ['a: 1\nb: {a: 1}', undefined],
    ['1: a\n"1": b', undefined],
    ['[a, a]', undefined],
    ['a', undefined],
    ['', undefined],
  ];
  for (const [text, at] of cases) {
    const refusal = at === undefined ? undefined : { kind: 'repeated-key', at };
    test(JSON.stringify(text), () => assert.deepEqual(refusalOf(text), refusal));
  }

  test('as the parser itself does', () => {
    for (const [text, at] of cases) {
      const own = parseDocument(text).errors.find(({ code }) => code === 'DUPLICATE_KEY');
      assert.equal(own?.pos[0], at, text);
    }
  });
});

describe('aliases', () => {
  const text = (count: number) => `- &a x\n${'- *a\n'.repeat(count - 1)}- {k: *a}`;

  test('are taken as far as anybody writes them', () => assert.equal(refusalOf(text(MOST_ALIASES_IN_ALL)), undefined));
  test('are refused beyond that, wherever they stand', () =>
    assert.deepEqual(refusalOf(text(MOST_ALIASES_IN_ALL + 1)), { kind: 'too-many-aliases' }));
});
