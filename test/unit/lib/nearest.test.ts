import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../../src/lib/nearest.ts';

const KEYS = ['guard', 'guard.removalDebounce', 'hosts', 'hostTemplate', 'yieldHosts', 'serve.port'];

test('the nearest key is found through swapped, missing, doubled and wrongly cased letters', () => {
  const table = [
    ['gaurd', 'guard'],
    ['guards', 'guard'],
    ['HOSTS', 'hosts'],
    ['host-template', 'hostTemplate'],
    ['host_template', 'hostTemplate'],
    ['guard.removaldebounce', 'guard.removalDebounce'],
    ['serve.prot', 'serve.port'],
  ] as const;
  for (const [written, expected] of table) assert.equal(nearest(written, KEYS), expected);
});

test('nothing is suggested for what is near to nothing, or too long to be a key', () => {
  for (const written of ['zookeeper', '', 'x', 'h'.repeat(10_000)]) assert.equal(nearest(written, KEYS), undefined);
});
