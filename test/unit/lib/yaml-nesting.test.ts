import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isNestedTooDeeply } from '../../../src/lib/yaml-nesting.ts';

describe('a YAML text is nested too deeply to be parsed', () => {
  const cases: readonly (readonly [what: string, text: (count: number) => string])[] = [
    ['by brackets', (count) => `a: ${'['.repeat(count)}`],
    ['by braces', (count) => `a: ${'{'.repeat(count)}`],
    ['by lists on one line', (count) => '- '.repeat(count)],
    ['by keys on one line', (count) => '? '.repeat(count)],
    ['by both of them', (count) => `${'- '.repeat(count - 1)}[`],
    ['by brackets that close nothing', (count) => `a:\n  ${']'.repeat(count)}`],
  ];
  for (const [what, text] of cases) {
    test(`${what}: 64 may be, 65 not`, () => {
      assert.equal(isNestedTooDeeply(text(64)), false);
      assert.equal(isNestedTooDeeply(text(65)), true);
    });
  }

  test('by its indentation', () => {
    assert.equal(isNestedTooDeeply(`a:\n${' '.repeat(256)}b: 1\n`), false);
    assert.equal(isNestedTooDeeply(`a:\n${' '.repeat(257)}b: 1\n`), true);
  });

  test('not by many that stand beside each other', () => {
    assert.equal(isNestedTooDeeply('- [a, {b: c}]\n- "]]"\n'.repeat(1000)), false);
  });
});
