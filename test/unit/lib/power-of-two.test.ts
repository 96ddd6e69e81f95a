import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPowerOfTwo } from '../../../src/lib/power-of-two.ts';

test('of the first ten counts the first, second, fourth and eighth are told', () => {
  const counts = Array.from({ length: 11 }, (_, count) => count);
  assert.deepEqual(counts.filter(isPowerOfTwo), [1, 2, 4, 8]);
});
