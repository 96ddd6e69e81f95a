import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sameEntries, sameItems } from '../../../src/lib/same-objects.ts';

const one = { name: 'one' };
const two = { name: 'two' };

describe('lists', () => {
  test('are the same when they hold the same objects in the same places', () => {
    assert.ok(sameItems([one, two], [one, two]));
    assert.ok(sameItems([], []));
  });
  for (const [what, other] of [
    ['an equal object that is another one', [one, { ...two }]],
    ['another order', [two, one]],
    ['one less', [one]],
    ['one more', [one, two, two]],
  ] as const) {
    test(`differ by ${what}`, () => assert.ok(!sameItems([one, two], other)));
  }
});

describe('maps', () => {
  const map = new Map([
    ['a', one],
    ['b', two],
  ]);
  test('are the same when they hold the same objects under the same keys, in whatever order', () => {
    assert.ok(sameEntries(map, map));
    assert.ok(sameEntries(map, new Map([...map].reverse())));
  });
  for (const [what, other] of [
    ['an equal object that is another one', [...map.entries()].map(([key, value]) => [key, { ...value }] as const)],
    ['another key', [['a', one] as const, ['c', two] as const]],
    ['one less', [['a', one] as const]],
    ['one more', [...map, ['c', two] as const]],
  ] as const) {
    test(`differ by ${what}`, () => assert.ok(!sameEntries(map, new Map(other))));
  }
});
