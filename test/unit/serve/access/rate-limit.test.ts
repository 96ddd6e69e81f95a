import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RateLimit } from '../../../../src/serve/access/rate-limit.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

function limited(perSecond: number, burst: number) {
  const clock = new FakeClock();
  const limit = new RateLimit({ perSecond, burst }, clock);
  const passed: number[] = [];
  let asked = 0;
  const ask = () => {
    const number = ++asked;
    return limit.take(() => passed.push(number));
  };
  return { clock, passed, ask };
}

describe('a rate limit', () => {
  test('lets a burst pass at once and the rest one after the other, in order', () => {
    const { clock, passed, ask } = limited(2, 3);
    for (let count = 0; count < 6; count++) ask();
    assert.deepEqual(passed, [1, 2, 3]);
    clock.advance(499);
    assert.deepEqual(passed, [1, 2, 3]);
    clock.advance(1);
    assert.deepEqual(passed, [1, 2, 3, 4]);
    clock.advance(1000);
    assert.deepEqual(passed, [1, 2, 3, 4, 5, 6]);
    assert.equal(clock.pending, 0);
  });

  test('lets nobody pass who stands behind others', () => {
    const { clock, passed, ask } = limited(1, 1);
    ask();
    ask();
    clock.advance(999);
    ask();
    clock.advance(1);
    assert.deepEqual(passed, [1, 2]);
    clock.advance(1000);
    assert.deepEqual(passed, [1, 2, 3]);
  });

  test('saves up no more than the burst', () => {
    const { clock, passed, ask } = limited(1, 2);
    clock.advance(3_600_000);
    for (let count = 0; count < 4; count++) ask();
    assert.deepEqual(passed, [1, 2]);
  });

  test('forgets who leaves the line, and sets no timer for an empty one', () => {
    const { clock, passed, ask } = limited(1, 1);
    ask();
    const leave = ask();
    ask();
    leave?.();
    clock.advance(1000);
    assert.deepEqual(passed, [1, 3]);
    ask()?.();
    assert.equal(clock.pending, 0);
  });

  test('of 0 a second is none', () => {
    const { clock, passed, ask } = limited(0, 1);
    for (let count = 0; count < 500; count++) assert.equal(ask(), undefined);
    assert.equal(passed.length, 500);
    assert.equal(clock.pending, 0);
  });
});
