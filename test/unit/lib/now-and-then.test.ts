import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NowAndThen } from '../../../src/lib/now-and-then.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

test('what happens all the time is said at once, then once in a while with how often it was', () => {
  const clock = new FakeClock();
  const seldom = new NowAndThen(60_000, clock);
  assert.deepEqual([seldom.count(), seldom.count(), seldom.count()], [1, undefined, undefined]);
  clock.advance(60_000);
  assert.deepEqual([seldom.count(), seldom.count()], [3, undefined]);
});
