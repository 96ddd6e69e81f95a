import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearest, nearestNames } from '../../../src/lib/nearest.ts';

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

/** As the books have it, over the whole table. */
function plainDistance(a: string, b: string): number {
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  const table: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    table.push(row);
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (isSame ? 0 : 1)));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) row[j] = Math.min(at(i, j), at(i - 2, j - 2) + 1);
    }
  }
  return at(a.length, b.length);
}

test('a name is near exactly when its distance, counted over the whole table, is at most a third of it', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(word, word, (written, name) => {
      const most = Math.max(1, Math.floor(Math.max(written.length, name.length) / 3));
      assert.equal(nearest(written, [name]) === name, plainDistance(written, name) <= most);
    }),
    { numRuns: 2000 },
  );
});

test('of many names the nearest come first, those that are equally near in the order given', () => {
  const names = ['orderz', 'order', 'ordrs', 'payments', 'orders'];
  assert.deepEqual(
    nearestNames('orders', names, (name) => name, 3),
    ['orders', 'orderz', 'order'],
  );
});
