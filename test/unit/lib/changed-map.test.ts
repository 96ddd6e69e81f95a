import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changedMap } from '../../../src/lib/changed-map.ts';

const base: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['b', 2],
  ['c', 3],
]);

describe('changed map', () => {
  const rows: readonly (readonly [string, readonly (readonly [string, number | undefined])[], string])[] = [
    ['a value is set in its place', [['b', 9]], 'a1 b9 c3'],
    ['a new key goes to the end', [['d', 4]], 'a1 b2 c3 d4'],
    ['undefined deletes', [['b', undefined]], 'a1 c3'],
    [
      'the later of two changes of one key holds',
      [
        ['b', undefined],
        ['b', 2],
      ],
      'a1 c3 b2',
    ],
    [
      'a change that is taken back within the list still leaves the values',
      [
        ['d', 4],
        ['d', undefined],
      ],
      'a1 b2 c3',
    ],
  ];
  for (const [promise, changes, expected] of rows) {
    test(promise, () => {
      const changed = changedMap(base, changes);
      assert.equal([...changed].map((entry) => entry.join('')).join(' '), expected);
      assert.equal(base.size, 3, 'the base is never changed');
      assert.equal(base.get('b'), 2);
    });
  }

  test('is the base itself when everything is so already', () => {
    assert.equal(changedMap(base, []), base);
    assert.equal(
      changedMap(base, [
        ['a', 1],
        ['d', undefined],
      ]),
      base,
    );
  });
});
