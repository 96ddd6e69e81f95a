import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hasPrintedAsPromised, printsAsPromised } from './printed.ts';

describe('what a page promises', () => {
  const cases: readonly (readonly [title: string, promised: string, actual: string, holds: boolean])[] = [
    ['holds when every line is there', 'a\nb', 'a\nb', true],
    ['fails when a line is missing', 'a\nb', 'a', false],
    ['fails when a line is too much', 'a', 'a\nb', false],
    ['fails when a word differs', 'two entries', 'two services', false],
    ['takes … within a line for anything', 'version … of …', 'version 12 of now', true],
    ['takes … alone for any lines, none included', '…\nb\n…', 'b', true],
    ['finds what stands behind …', '…\nb', 'a\na\nb', true],
    ['reads no pattern but …', 'a.c', 'abc', false],
  ];
  for (const [title, promised, actual, holds] of cases)
    test(title, () => assert.equal(printsAsPromised(promised.split('\n'), actual.split('\n')), holds));

  test('of a command that still runs may stand between other lines', () => {
    assert.ok(hasPrintedAsPromised(['b'], ['a', 'b', 'c']));
    assert.ok(!hasPrintedAsPromised(['b'], ['a', 'c']));
  });
});
