import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ReadQueue } from '../../../../../src/registry/zookeeper/tree/read-queue.ts';

interface Item {
  readonly name: string;
}

function started() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const queue = new ReadQueue<Item>(({ name }) => {
    if (name.startsWith('unwanted')) return undefined;
    begun.push(name);
    return new Promise((resolve) => void ends.push(resolve));
  });
  const push = (count: number, name: string, lane: 'change' | 'whole') => {
    for (let index = 0; index < count; index++) queue.push({ name: `${name}${index}` }, lane);
  };
  const end = async (count: number) => {
    for (const resolve of ends.splice(0, count)) resolve();
    await new Promise(setImmediate);
  };
  return { queue, begun, push, end };
}

describe('the queue of reads', () => {
  test('has 32 reads under way at most', async () => {
    const { begun, push, end } = started();
    push(100, 'w', 'whole');
    assert.equal(begun.length, 32);
    await end(10);
    assert.equal(begun.length, 42);
    await end(1_000);
    await end(1_000);
    assert.equal(begun.length, 100);
    assert.deepEqual(begun.slice(0, 3), ['w0', 'w1', 'w2']);
  });

  test('lets changes and whole re-reads take turns', async () => {
    const { begun, push, end } = started();
    push(32, 'first', 'whole');
    push(3, 'w', 'whole');
    push(3, 'c', 'change');
    await end(6);
    assert.deepEqual(begun.slice(32).sort(), ['c0', 'c1', 'c2', 'w0', 'w1', 'w2']);
    assert.equal(begun.slice(32, 34).filter((name) => name.startsWith('c')).length, 1);
    assert.equal(begun.slice(34, 36).filter((name) => name.startsWith('c')).length, 1);
  });

  test('passes over what needs no read any more', async () => {
    const { begun, push, end } = started();
    push(32, 'first', 'whole');
    push(50_000, 'unwanted', 'whole');
    push(1, 'w', 'whole');
    await end(1);
    assert.equal(begun.at(-1), 'w0');
  });

  test('forgets who waits when it is cleared, and goes on with who comes then', async () => {
    const { queue, begun, push, end } = started();
    push(40, 'w', 'whole');
    push(1, 'c', 'change');
    queue.clear();
    push(1, 'n', 'change');
    await end(1_000);
    assert.deepEqual(begun.slice(32), ['n0']);
  });
});
