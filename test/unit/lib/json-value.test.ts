import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { numberOf, objectOf, parsedJson, textOf } from '../../../src/lib/json-value.ts';

test('what is no JSON is undefined', () => {
  assert.deepEqual(parsedJson('{"a":1}'), { a: 1 });
  for (const text of ['', '<html>', '{"a":']) assert.equal(parsedJson(text), undefined);
});

test('only an object is an object', () => {
  assert.deepEqual(objectOf({ a: 1 }), { a: 1 });
  for (const value of [null, undefined, [], 'a', 1, true]) assert.equal(objectOf(value), undefined);
});

describe('a scalar', () => {
  const cases: [value: unknown, text: string | undefined, number: number | undefined][] = [
    ['a', 'a', undefined],
    [' 17 ', '17', 17],
    [17, '17', 17],
    [-1, '-1', -1],
    [1.5, '1.5', undefined],
    [Number.POSITIVE_INFINITY, 'Infinity', undefined],
    [10 ** 15, '1000000000000000', undefined],
    [true, 'true', undefined],
    ['', undefined, undefined],
    [' ', undefined, undefined],
    [null, undefined, undefined],
    [undefined, undefined, undefined],
    [{}, undefined, undefined],
    [['a'], undefined, undefined],
  ];
  for (const [value, text, number] of cases) {
    test(`${JSON.stringify(value)} is the text ${text} and the number ${number}`, () => {
      assert.equal(textOf(value), text);
      assert.equal(numberOf(value), number);
    });
  }
});
