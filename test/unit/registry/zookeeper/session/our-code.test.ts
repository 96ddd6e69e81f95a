import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runOurs } from '../../../../../src/registry/zookeeper/session/our-code.ts';

test('what our code throws does not reach its caller, and still ends the process', (t) => {
  const later: (() => void)[] = [];
  t.mock.method(process, 'nextTick', (action: () => void) => later.push(action));
  const defect = new Error('a defect');
  runOurs(() => {
    throw defect;
  });
  t.mock.restoreAll();
  assert.equal(later.length, 1);
  assert.throws(() => later[0]?.(), defect);
});
