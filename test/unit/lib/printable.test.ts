import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { printable } from '../../../src/lib/printable.ts';

describe('a text of a stranger', () => {
  for (const [what, text, shown, longest] of [
    ['stays as it is where nothing is wrong with it', 'ORDERS – Bestellungen', 'ORDERS – Bestellungen', undefined],
    ['writes no second line', 'a\nb\r\u2028c', 'a�b��c', undefined],
    ['steers no terminal', '\u001b[31mred\u009b0m\u007f', '�[31mred�0m�', undefined],
    ['is cut with a mark', 'abcdef', 'abcd…', 5],
    ['is not cut at its very length', 'abcde', 'abcde', 5],
  ] as const) {
    test(what, () => assert.equal(printable(text, longest), shown));
  }
});
