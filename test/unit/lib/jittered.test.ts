import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jittered } from '../../../src/lib/jittered.ts';

test('an interval varies by a tenth to each side, in whole milliseconds', () => {
  assert.deepEqual(
    [0, 0.5, 0.999].map((random) => jittered(10_000, random)),
    [9_000, 10_000, 10_998],
  );
});
