import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted } from '../../../src/lib/counted.ts';

test('a noun agrees with its number', () => {
  assert.equal(counted(0, 'problem'), '0 problems');
  assert.equal(counted(1, 'problem'), '1 problem');
  assert.equal(counted(2, 'entry', 'entries'), '2 entries');
  assert.equal(counted(1, 'entry', 'entries'), '1 entry');
});
