import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Cancel } from '../../../src/lib/clock.ts';
import { FanOut } from '../../../src/serve/fan-out.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

function start(concurrency: number) {
  const clock = new FakeClock();
  const fanOut = new FanOut(concurrency, clock);
  const begun: string[] = [];
  const ends = new Map<string, Cancel>();
  const enqueue = (name: string) =>
    fanOut.enqueue((end) => {
      begun.push(name);
      ends.set(name, end);
    });
  return { clock, fanOut, begun, ends, enqueue };
}

describe('FanOut', () => {
  test('gives as many turns at a time as it may, and the rest in order of arrival', () => {
    const { begun, ends, enqueue } = start(2);
    for (const name of ['a', 'b', 'c', 'd']) enqueue(name);
    assert.deepEqual(begun, ['a', 'b']);
    ends.get('b')?.();
    ends.get('b')?.();
    assert.deepEqual(begun, ['a', 'b', 'c']);
    ends.get('a')?.();
    assert.deepEqual(begun, ['a', 'b', 'c', 'd']);
  });

  test('lets a slow one delay the others by one second at most', () => {
    const { clock, begun, ends, enqueue } = start(1);
    enqueue('slow');
    enqueue('next');
    clock.advance(999);
    assert.deepEqual(begun, ['slow']);
    clock.advance(1);
    assert.deepEqual(begun, ['slow', 'next']);
    ends.get('slow')?.();
    enqueue('third');
    assert.deepEqual(begun, ['slow', 'next']);
  });

  test('forgets a cancelled one, waiting or in its turn, and keeps no timer', () => {
    const { clock, begun, enqueue } = start(1);
    const cancelFirst = enqueue('first');
    const cancelSecond = enqueue('second');
    enqueue('third')();
    cancelSecond();
    cancelFirst();
    assert.deepEqual(begun, ['first']);
    assert.equal(clock.pending, 0);
    enqueue('fourth');
    assert.deepEqual(begun, ['first', 'fourth']);
  });

  test('hands out thousands of turns that are over at once', () => {
    const { clock, fanOut } = start(1);
    let end: Cancel = () => {};
    fanOut.enqueue((it) => {
      end = it;
    });
    let count = 0;
    for (let index = 0; index < 20_000; index++) {
      fanOut.enqueue((done) => {
        count++;
        done();
      });
    }
    end();
    assert.equal(count, 20_000);
    assert.equal(clock.pending, 0);
  });
});
